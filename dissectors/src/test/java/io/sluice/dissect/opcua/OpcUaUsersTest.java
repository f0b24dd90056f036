package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Facts;
import org.junit.jupiter.api.Test;

/** Who is logged in: a matter of each session, not of the connection (OPC 10000-4 §5.7). */
class OpcUaUsersTest {
    private static final String ONE = "ns=1;i=1";
    private static final String OTHER = "ns=1;i=2";
    private static final int ANONYMOUS = 321;
    private static final int USER_NAME = 324;
    private static final int UNKNOWN_SERVICE = 9_999;

    private final OpcUaBench bench = OpcUaBench.open("i=85");
    private int id = 10;

    private int asks(String session, int tokenType) {
        bench.ask(++id, OpcUaBytes.request(467, session).none().none().none().none().node("i=" + tokenType).u8(1)
                .bytes(OpcUaBytes.of().string("policy").string("alice").string("secret").none().done()).none().none());
        return id;
    }

    private void answers(int request, long result) {
        assertEquals("ok", bench.answer(request, OpcUaBytes.of().node("i=470").u64(0).u32(5).u32(result).u8(0).u32(0)
                .u8(0, 0, 0).none().none().none()));
    }

    private void logsIn(String session, int tokenType) {
        answers(asks(session, tokenType), 0);
    }

    /** The user of a session, as its next request has it. */
    private int user(String session) {
        bench.ask(++id, OpcUaBytes.request(631, session).f64(0).u32(2).u32(1).node("i=2258").u32(13).none().u16(0)
                .none());
        return bench.facts.trait(OpcUaMeaning.USER);
    }

    @Test
    void twoSessionsOfOneConnectionHaveTheirOwnUsers() {
        logsIn(ONE, USER_NAME);
        assertEquals(Facts.NO_TRAIT, user(OTHER));
        logsIn(OTHER, ANONYMOUS);
        assertEquals(OpcUaMeaning.USERNAME, user(ONE));
        assertEquals(OpcUaMeaning.ANONYMOUS, user(OTHER));
    }

    @Test
    void loginsUnderWayAtOnceAreNotMixedUp() {
        logsIn(ONE, USER_NAME);
        int first = asks(ONE, ANONYMOUS);
        int second = asks(OTHER, USER_NAME);
        answers(second, 0x801F_0000L);
        answers(first, 0);
        assertEquals(OpcUaMeaning.ANONYMOUS, user(ONE));
        assertEquals(Facts.NO_TRAIT, user(OTHER));
    }

    @Test
    void aServiceThatNobodyKnowsIsAskedByTheUserOfItsSession() {
        logsIn(ONE, USER_NAME);
        user(OTHER);
        bench.ask(++id, OpcUaBytes.request(UNKNOWN_SERVICE, ONE));
        assertEquals(OpcUaMeaning.USERNAME, bench.facts.trait(OpcUaMeaning.USER));
        bench.ask(++id, OpcUaBytes.request(UNKNOWN_SERVICE, OTHER));
        assertEquals(Facts.NO_TRAIT, bench.facts.trait(OpcUaMeaning.USER));
    }

    @Test
    void whoClosesASessionIsNotLoggedInToIt() {
        logsIn(ONE, USER_NAME);
        bench.ask(++id, OpcUaBytes.request(473, ONE).u8(1));
        assertEquals(Facts.NO_TRAIT, user(ONE));
    }

    @Test
    void sessionsThatWereClosedLeaveRoomForOthers() {
        for (int session = 1; session < 1_000; session++) {
            logsIn("ns=1;i=" + session, USER_NAME);
            assertEquals(OpcUaMeaning.USERNAME, user("ns=1;i=" + session), "number " + session);
            bench.ask(++id, OpcUaBytes.request(473, "ns=1;i=" + session).u8(1));
        }
    }

    @Test
    void whereALoginMayHavePassedUnseenNobodyIsKnownToBeLoggedIn() {
        logsIn(ONE, USER_NAME);
        bench.session.missed(TO_CLIENT);
        assertEquals(OpcUaMeaning.USERNAME, user(ONE), "no login was under way");
        int login = asks(ONE, ANONYMOUS);
        bench.session.missed(TO_CLIENT);
        assertEquals(Facts.NO_TRAIT, user(ONE), "the answer may be what was missed");
        answers(login, 0);
        assertEquals(OpcUaMeaning.ANONYMOUS, user(ONE), "it was not");
        bench.session.missed(TO_SERVER);
        assertEquals(Facts.NO_TRAIT, user(ONE), "somebody else may have logged in");
    }

    @Test
    void loginsThatAreNeverAnsweredDoNotHideLaterOnes() {
        for (int i = 0; i < 100; i++) {
            asks(OTHER, USER_NAME);
        }
        logsIn(ONE, USER_NAME);
        assertEquals(OpcUaMeaning.USERNAME, user(ONE));
        assertEquals(Facts.NO_TRAIT, user(OTHER));
    }

    @Test
    void loginsThatEndInAFaultAreDoneWith() {
        logsIn(OTHER, USER_NAME);
        for (int i = 0; i < 100; i++) {
            assertEquals("ok", bench.answer(asks(OTHER, ANONYMOUS), OpcUaBytes.response(397)));
        }
        assertEquals(OpcUaMeaning.USERNAME, user(OTHER));
    }
}
