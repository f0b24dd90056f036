package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.control.ControlClient;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BoundFlow;
import io.sluice.control.v1.Grant;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.OpenGrantResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sessions} against a running service, over its socket; no management server is there. */
class SessionsCommandTest {
    private static final String POLICY = """
            policy: jump
            mode: enforce
            zones:
              cell-3: {ports: [cell]}
              ops: {ports: [plant]}
              jump: {broker: true}
            assets:
              plc-3a: {zone: cell-3, address: 10.3.1.10}
              plc-3b: {zone: cell-3, address: 10.3.1.11}
            conduits:
              upload:
                from: jump
                to: cell-3
                protocol: modbus
                allow:
                  - {id: m1, do: read, unit: 1}
            """;

    @TempDir
    Path folder;

    private RunningSluice running;
    private ControlClient control;

    @BeforeEach
    void start() throws Exception {
        running = new RunningSluice(folder, POLICY);
        control = ControlClient.open(running.socket);
    }

    @AfterEach
    void stop() {
        control.close();
        running.close();
    }

    private Grant open(String session, String person, String target) throws Exception {
        OpenGrantResponse response = control.call(c -> c.openGrant(OpenGrantRequest.newBuilder().setSession(session)
                .setPerson(person).setConduit("upload").setTarget(target).setDurationSeconds(600).build()));
        assertTrue(response.hasGrant(), response::toString);
        return response.getGrant();
    }

    private List<String> openSessions() throws Exception {
        return control.call(c -> c.listGrants(ListGrantsRequest.getDefaultInstance())).getGrantsList().stream()
                .map(Grant::getSession).toList();
    }

    private Ran sessions(String... words) {
        return sluice(Stream.concat(Stream.of("sessions", "--socket",
                running.socket.toString()), Stream.of(words)).toArray(String[]::new));
    }

    @Test
    void whoIsInThePlantIsShownWithTheTimeLeft() throws Exception {
        Grant anna = open("s-7f3c", "anna@acme", "plc-3a");
        Grant bert = open("", "bert@acme", "plc-3b");
        BoundFlow flow = BoundFlow.newBuilder().setSourceAddress("10.3.1.250").setSourcePort(40_001).setTargetAddress(
                "10.3.1.10").setTargetPort(502).build();
        control.call(c -> c.bindFlow(BindFlowRequest.newBuilder().setGrant(anna.getId()).setFlow(flow).build()));
        Ran ran = sessions();
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals("""
                  session    person     to      by conduit        left  connections  grant
                  s-7f3c     anna@acme  plc-3a  upload      9 min NN s            1  ANNA
                  (unnamed)  bert@acme  plc-3b  upload      9 min NN s            0  BERT
                """, ran.out().replaceAll("9 min \\d\\d s", "9 min NN s").replace(anna.getId(), "ANNA").replace(bert
                .getId(), "BERT"));
        assertEquals(ran.out().replaceAll("\\d\\d s", ""), sessions("list").out().replaceAll("\\d\\d s", ""));
    }

    @Test
    void scriptsGetTheNamesOfTheControlApi() throws Exception {
        Grant anna = open("s-7f3c", "anna@acme", "plc-3a");
        for (Ran ran : List.of(sessions("--format", "json"), sessions("list", "--format", "json"))) {
            assertEquals(0, ran.exitCode(), ran.err());
            for (String part : List.of("\"grants\" : [", "\"id\" : \"" + anna.getId() + "\"",
                    "\"session\" : \"s-7f3c\"", "\"target\" : \"plc-3a\"", "\"seconds_left\" : 59")) {
                assertTrue(ran.out().contains(part), () -> part + " is missing in " + ran.out());
            }
        }
    }

    @Test
    void aSessionEndsWithAllItsGrantsAndOthersGoOn() throws Exception {
        open("s-7f3c", "anna@acme", "plc-3a");
        open("s-7f3c", "anna@acme", "plc-3b");
        open("s-9", "bert@acme", "plc-3a");
        assertEquals(new Ran(0, """
                ended: session s-7f3c of anna@acme to plc-3a by conduit `upload`
                ended: session s-7f3c of anna@acme to plc-3b by conduit `upload`
                """, ""), sessions("end", "s-7f3c", "--who", "carla", "--because", "shift is over"));
        assertEquals(List.of("s-9"), openSessions());
    }

    @Test
    void oneGrantOfASessionCanBeEnded() throws Exception {
        Grant first = open("s-7f3c", "anna@acme", "plc-3a");
        Grant second = open("s-7f3c", "anna@acme", "plc-3b");
        assertEquals(0, sessions("end", first.getId()).exitCode());
        assertEquals(List.of(second), control.call(c -> c.listGrants(ListGrantsRequest.getDefaultInstance()))
                .getGrantsList().stream().map(g -> g.toBuilder().setSecondsLeft(second.getSecondsLeft()).build())
                .toList());
    }

    @Test
    void allOfThemEndAndThatNoneIsOpenIsNoMistake() throws Exception {
        open("s-7f3c", "anna@acme", "plc-3a");
        open("s-9", "bert@acme", "plc-3a");
        Ran ran = sessions("end", "--all");
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals(2, ran.out().lines().filter(line -> line.startsWith("ended: session ")).count(), ran.out());
        assertEquals(List.of(), openSessions());
        assertEquals(new Ran(0, "no jump session is open\n", ""), sessions("end", "--all"));
        assertEquals(new Ran(0, "no jump session is open\n", ""), sessions());
    }

    @Test
    void aSessionThatIsNotOpenIsSaid() throws Exception {
        open("s-9", "bert@acme", "plc-3a");
        assertEquals(new Ran(1, "", "sluice: no session or grant `s-8` is open: it has ended, or Sluice was restarted;"
                + " `sluice sessions` shows what is open\n"), sessions("end", "s-8"));
        assertEquals(List.of("s-9"), openSessions());
    }

    // Whoever forgets the name must not end everything, nor nothing without a word.
    @Test
    void whatShallEndMustBeSaid() {
        Ran nothing = sessions("end");
        assertEquals(2, nothing.exitCode());
        assertTrue(nothing.err().contains("say which session shall end"), nothing.err());
        Ran both = sessions("end", "s-9", "--all");
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("either a session or --all"), both.err());
        assertEquals(2, sessions("nonsense").exitCode());
    }

    // Before or behind the verb: an option that is read over would end the sessions of another firewall.
    @ParameterizedTest
    @ValueSource(strings = {"sessions --socket %s", "sessions list --socket %s", "sessions --socket %s list",
            "sessions end --all --socket %s", "sessions --socket %s end --all"})
    void whereSluiceDoesNotRunThatIsSaid(String words) {
        Path socket = folder.resolve("none.sock");
        assertEquals(new Ran(3, "", "sluice: Sluice is not running here: no one answers at `" + socket
                + "`; start it by `sluice inline --config FILE`, or say where its socket is by `--socket`\n"),
                sluice(words.formatted(socket).split(" ", -1)));
    }
}
