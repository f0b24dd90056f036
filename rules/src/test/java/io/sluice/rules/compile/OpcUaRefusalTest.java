package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be enforced is refused, with the place and the way out. */
class OpcUaRefusalTest {
    @Test
    void whatAChannelHidesCannotBeJudged() {
        assertEquals(List.of("f:16:9: `o2` needs to read what a message asks, but channel mode `sign_and_encrypt` hides"
                + " it; use `sign`, or allow `encrypted` and let the channel decide"), OpcUaFixture.problemsOf("""
                        channel: {mode: [sign, sign_and_encrypt]}
                        allow:
                          - {id: o2, do: write, node: any}
                        """));
    }

    @Test
    void encryptedNeedsAModeThatEncrypts() {
        assertEquals(List.of("f:15:13: `e` can never apply: no channel mode that is accepted encrypts; add"
                + " `sign_and_encrypt` to `mode`, or name what messages may ask"), OpcUaFixture.problemsOf("""
                        channel: {mode: [sign]}
                        allow: [{id: e, do: encrypted}]
                        """));
    }

    @Test
    void nobodySeesWhoLogsInWhereAllIsEncrypted() {
        assertEquals(List.of("f:15:13: `e` can never apply: who logs in is hidden with everything else, and `user`"
                + " demands to know; leave `user` out and pin the client's certificate"), OpcUaFixture.problemsOf("""
                        channel: {mode: [sign_and_encrypt], user: [username]}
                        allow: [{id: e, do: encrypted}]
                        """));
    }

    @Test
    void encryptedBesideOtherWordsWouldLetClientsEscapeThem() {
        String why = "speaks of `encrypted` and of what messages ask: a client would only have to encrypt to escape the"
                + " other rules; keep `encrypted` alone, or leave it out";
        assertEquals(List.of("f:10:3: conduit `c` " + why), OpcUaFixture.problemsOf("""
                allow:
                  - {id: e, do: encrypted}
                  - {id: r, do: read}
                """));
        assertEquals(List.of("f:14:13: `e` " + why), OpcUaFixture.problemsOf("""
                allow: [{id: e, do: [read, encrypted]}]
                """));
        assertEquals(List.of("f:15:3: conduit `z` together with conduit `c`, which matches the same places, " + why),
                OpcUaFixture.problems(OpcUaFixture.CONDUIT + """
                            allow: [{id: e, do: encrypted}]
                          z:
                            from: ops
                            to: cell
                            protocol: opcua
                            allow: [{id: r, do: read}]
                        """.indent(0)));
    }

    @Test
    void aPinNeedsAChannelThatProvesACertificate() {
        String why = "conduit `c` pins a certificate, but accepts channels without security, which prove none; state"
                + " `mode: [sign]`";
        assertEquals(List.of("f:14:35: " + why), OpcUaFixture.problemsOf("""
                channel: {client_certificate: pinned}
                allow: [{id: a, do: read}]
                """));
        assertEquals(List.of("f:14:21: " + why), OpcUaFixture.problemsOf("""
                channel: {mode: [none, sign], client_certificate: pinned}
                allow: [{id: a, do: read}]
                """));
    }

    @Test
    void aPinNeedsAnAssetWithACertificate() {
        assertEquals(List.of("f:14:49: `server_certificate: pinned` compares with the certificate of asset `opc`, which"
                + " has none; add `certificate: \"sha256:…\"` to it in line 7"), OpcUaFixture.problemsOf("""
                        channel: {mode: [sign], server_certificate: pinned}
                        allow: [{id: a, do: read}]
                        """));
        // Of a zone it is asked of each asset, and those without one do not pass.
        assertEquals(List.of(), OpcUaFixture.problems("""
                  c:
                    from: ops
                    to: opc
                    protocol: opcua
                    channel: {mode: [sign], client_certificate: pinned}
                    allow: [{id: a, do: read}]
                """));
    }

    @Test
    void demandsOfSeveralConduitsMustAgree() {
        assertEquals(List.of("f:20:21: conduit `z` demands `mode none` and conduit `c`, which matches the same places,"
                + " `mode sign`; no connection can be both, so let them agree"), OpcUaFixture.problems(
                        OpcUaFixture.CONDUIT + """
                                    channel: {mode: [sign]}
                                    allow: [{id: a, do: read}]
                                  z:
                                    from: ops
                                    to: cell
                                    protocol: opcua
                                    channel: {mode: [none]}
                                    allow: [{id: b, do: browse}]
                                """.indent(0)));
        assertEquals(List.of("f:16:3: conduit `z` together with conduit `c`, which matches the same places, accepts no"
                + " channel: mode `none` has no security, and `min_security` demands some; use mode `sign`, or leave"
                + " `min_security` out"), OpcUaFixture.problems(OpcUaFixture.CONDUIT + """
                            channel: {mode: [none]}
                            allow: [{id: a, do: read}]
                          z:
                            from: ops
                            to: cell
                            protocol: opcua
                            channel: {min_security: Basic256}
                            allow: [{id: b, do: browse}]
                        """.indent(0)));
    }

    @Test
    void aReplyThatNobodyCanSignIsWarnedAbout() {
        assertEquals(List.of("f:10:3: warning: conduit `c` cannot `reply`: nobody but the server can sign an answer, so"
                + " a refused connection is reset; write `on_deny: reset`"), OpcUaFixture.problemsOf("""
                        on_deny: reply
                        channel: {mode: [sign]}
                        allow: [{id: a, do: read, window: shift}]
                        """));
    }

    @Test
    void anAllowInsideADenyIsRefusedInNamesToo() {
        assertEquals(List.of("f:14:13: `a` can never apply: deny `d` of conduit `c` refuses all of it; narrow the deny"
                + " or remove the allow"), OpcUaFixture.problemsOf("""
                        allow: [{id: a, do: write, node: "i=5", value: 1..5}]
                        deny: [{id: d, do: write, node: ["i=5", "i=6"], value: [-1.5..5.5, "x"]}]
                        """));
        assertEquals(List.of(), OpcUaFixture.problemsOf("""
                allow: [{id: a, do: write, node: "i=5", value: [1..5, "y"], window: shift}]
                deny: [{id: d, do: write, node: "i=5", value: [-1.5..5.5, "x"]}]
                """));
    }
}
