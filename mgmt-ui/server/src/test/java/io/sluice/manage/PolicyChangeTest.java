package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyChangeTest {
    private static final String WIDER = Policies.with("address: 100..119, value: 0..1500",
            "address: 100..121, value: 0..1500").replace("policy: line-3", "policy: line-3b").replace(
                    "  - {from: hmi-3, to: plc-3a, does: write unit 1 holding 120 = 10, then: deny default}\n", "");

    @TempDir
    private Path folder;

    @Test
    void aDraftIsCheckedComparedStagedPutOnTrialAndConfirmed() throws Exception {
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            var check = anna.post("/api/policy/check", Map.of("yaml", WIDER)).json();
            assertTrue(check.get("usable").asBoolean(), check.toString());
            var diff = anna.post("/api/policy/diff", Map.of("yaml", WIDER)).json();
            assertEquals("allowed", diff.at("/changes/0/kind").asText(), diff.toString());
            assertTrue(diff.at("/changes/0/what").asText().contains("120..121"), diff.toString());
            assertTrue(diff.at("/changes/0/danger").asBoolean());
            assertEquals("hmi-setpoints", diff.at("/changes/0/conduit").asText());
            assertEquals(Policies.LINE_3, diff.get("oldYaml").asText());

            assertEquals(204,
                    anna.send("PUT", "/api/policy/draft", Map.of("yaml", WIDER, "note", "two more")).status());
            assertEquals("two more", anna.get("/api/policy/draft").json().get("note").asText());

            var applied = anna.post("/api/policy/apply", Map.of("yaml", WIDER, "confirmWithinSeconds", 60, "note",
                    "change 4711")).json();
            String hash = applied.at("/applied/hash").asText();
            assertEquals(2, applied.get("flowsEnded").asInt(), applied.toString());
            assertTrue(applied.at("/applied/who").asText().startsWith("anna, change 4711"), applied.toString());
            assertTrue(applied.at("/applied/confirmWithinSeconds").asDouble() > 50);
            assertEquals("line-3b", anna.get("/api/status").json().at("/pending/name").asText());
            assertFalse(anna.get("/api/policy/draft").json().has("yaml"), "it is in force now");

            assertEquals("line-3b", anna.post("/api/policy/confirm", Map.of("hash", hash)).json().get("name").asText());
            var history = anna.get("/api/policy/history").json();
            assertEquals("confirm", history.at("/0/why").asText());
            for (int i = 0; i < 2; i++) { // confirmed, and on trial before
                assertEquals("change 4711", history.get(i).get("note").asText(), history.toString());
                assertTrue(history.get(i).get("who").asText().matches("anna( \\(user .*)?"), history.toString());
            }
            assertFalse(history.get(2).has("note"), history.toString());
            assertEquals("line-3", anna.post("/api/policy/rollback", null).json().get("name").asText());
            assertEquals(List.of("line-3b", "line-3"), firewall.judged);
            Waiting.until(() -> firewall.journal, j -> j.containsAll(List.of("policy-applied anna",
                    "policy-confirmed anna", "policy-rolled-back anna")));
        }
    }

    @Test
    void withProblemsNothingIsAppliedAndEachHasItsPlace() throws Exception {
        String broken = Policies.with("do: read, unit: 1}", "do: reed, unit: 1}");
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3);
                var served = new Served(folder, "");
                Browser anna = served.setUp("anna")) {
            var check = anna.post("/api/policy/check", Map.of("yaml", broken)).json();
            assertFalse(check.get("usable").asBoolean());
            int line = check.at("/problems/0/line").asInt();
            assertTrue(broken.lines().toList().get(line - 1).contains("reed"), check.toString());
            var applied = anna.post("/api/policy/apply", Map.of("yaml", broken)).json();
            assertFalse(applied.has("applied"));
            assertEquals(line, applied.at("/problems/0/line").asInt());
            assertEquals(List.of(), firewall.judged);
        }
    }

    @Test
    void aPolicyOnTrialThatIsNotConfirmedIsTakenBackWhateverManagementDoes() throws Exception {
        try (var firewall = new RunningFirewall(folder, Policies.LINE_3)) {
            try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
                var page = anna.post("/api/policy/apply", Map.of("yaml", WIDER, "confirmWithinSeconds", 10));
                assertNotEquals("", page.json().at("/applied/hash").asText(), page.text());
            } // management is gone
            Waiting.until(() -> List.copyOf(firewall.judged), List.of("line-3b", "line-3")::equals);
        }
    }

    @Test
    void thePolicysSchemaIsThereForEditors() throws Exception {
        try (var served = new Served(folder, ""); Browser anna = served.setUp("anna")) {
            assertTrue(anna.get("/api/policy/schema").json().has("$schema"));
        }
    }
}
