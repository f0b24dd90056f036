package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.control.ControlClient;
import io.sluice.control.v1.Grant;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.RevokeGrantRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jump sessions through the real API, with grants in a real firewall. */
class JumpSessionTest {
    @TempDir
    private Path folder;

    @Test
    void aContractorAsksAnApproverNarrowsAndTheFirewallPermitsJustThat() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            JsonNode offers = plant.who("carl").get("/api/jump/targets").json();
            assertFalse(offers.at("/broker/running").asBoolean());
            assertEquals("acme-service", offers.at("/offers/0/rule").asText(), offers.toString());
            assertEquals("read: unit 1", offers.at("/offers/0/targets/0/ceiling/0").asText(), offers.toString());
            assertFalse(offers.at("/offers/2/allowed").asBoolean(), "a second factor is missing");

            JsonNode preview = plant.who("carl")
                    .post("/api/jump/preview", JumpPlant.wish("acme-service", "write", "plc"))
                    .json();
            assertTrue(preview.get("usable").asBoolean(), preview.toString());
            assertTrue(preview.at("/targets/0/mayNot").toString().contains("safety trip limit"), preview.toString());

            JsonNode asked = plant.request("carl", JumpPlant.wish("acme-service", "write", "plc"));
            String id = asked.get("id").asText();
            assertTrue(id.matches("acme-[0-9a-f]{4}"), id);
            assertEquals("pending", asked.get("state").asText());
            assertEquals("[\"withdraw\"]", asked.get("may").toString());
            assertTrue(plant.session("erik", id).get("may").toString().contains("approve"));
            assertEquals(List.of(), grants(plant));

            JsonNode approved = plant.act("erik", id, "approve", Map.of("access", "read", "note", "only looking"))
                    .json();
            assertEquals("open", approved.get("state").asText(), approved.toString());
            assertEquals("read", approved.get("access").asText());
            assertTrue(approved.at("/approvals/0/narrowed").asBoolean());
            assertEquals("[\"read: unit 1\"]", approved.at("/targets/0/may").toString());
            Grant grant = grants(plant).getFirst();
            assertEquals("carl", grant.getPerson());
            assertEquals(id, grant.getSession());
            assertFalse(grant.getRulesYaml().contains("write"), grant.getRulesYaml());
            assertTrue(grant.getSecondsLeft() > 7_100 && grant.getSecondsLeft() <= 7_201);
            assertTrue(approved.get("filter").asText().contains(grant.getId()), approved.get("filter").asText());

            assertEquals("not-approved", plant.act("carl", id, "access", Map.of("access", "write")).code());
            JsonNode raised = plant.act("erik", id, "access", Map.of("access", "write")).json();
            assertEquals("write", raised.get("access").asText(), raised.toString());
            assertTrue(grants(plant).getFirst().getRulesYaml().contains("write"));
            assertEquals(grant.getId(), grants(plant).getFirst().getId(), "connections go on");
            plant.act("carl", id, "access", Map.of("access", "read"));
            assertFalse(grants(plant).getFirst().getRulesYaml().contains("write"));

            JsonNode ended = plant.act("carl", id, "end", Map.of()).json();
            assertEquals("left", ended.at("/end/why").asText(), ended.toString());
            assertEquals(List.of(), grants(plant));
            Waiting.until(() -> plant.firewall.journal, j -> j.containsAll(List.of("session-requested carl",
                    "session-approved erik", "session-opened carl", "session-access erik", "session-access carl",
                    "session-ended carl")));
        }
    }

    @Test
    void nobodyApprovesAnOwnRequestOrMoreThanWasAskedForOrWithoutTheGroup() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            String own = plant.request("erik", JumpPlant.wish("acme-service", "read", "plc")).get("id").asText();
            assertEquals("own-request", plant.act("erik", own, "approve", Map.of()).code());
            assertFalse(plant.session("erik", own).get("may").toString().contains("approve"));
            assertEquals(400, plant.act("eva", own, "approve", Map.of("access", "write")).status());
            assertEquals(400, plant.act("eva", own, "approve", Map.of("durationSeconds", 86_400)).status());
            plant.who("anna").send("PUT", "/api/users/eva", Map.of("groups", List.of()));
            assertEquals("not-an-approver", plant.act("eva", own, "approve", Map.of()).code());
            assertEquals(404, plant.who("carl").get("/api/jump/sessions/" + own).status(), "the session of another");
        }
    }

    @Test
    void severalApprovalsAreOfSeveralPeopleAndTheWindowDecidesTheStart() throws Exception {
        MovedClock clock = new MovedClock();
        try (var plant = new JumpPlant(folder, "", clock)) {
            String id = plant.request("carl", JumpPlant.wish("acme-weekend", "write", "plc", "plc-b")).get("id")
                    .asText();
            assertEquals("pending", plant.act("eva", id, "approve", Map.of()).json().get("state").asText());
            assertEquals("approved-already", plant.act("eva", id, "approve", Map.of()).code());
            JsonNode both = plant.act("erik", id, "approve", Map.of("access", "read")).json();
            assertEquals(2, both.get("approvals").size(), both.toString());
            assertEquals("read", both.get("approvedAccess").asText());
            Duration runs = Duration.between(java.time.Instant.parse(both.get("starts").asText()),
                    java.time.Instant.parse(both.get("ends").asText()));
            assertTrue(runs.compareTo(Duration.ofHours(4)) <= 0, "the window closes at ten: " + runs);
        }
    }

    @Test
    void requestsExpireAndSessionsEndByTimeWithTheirGrants() throws Exception {
        MovedClock clock = new MovedClock();
        try (var plant = new JumpPlant(folder, "sessions: {idle: 12h, longest: 12h}\n", clock)) {
            String late = plant.request("carl", JumpPlant.wish("acme-service", "read", "plc")).get("id").asText();
            Map<String, Object> future = new HashMap<>(JumpPlant.wish("acme-service", "read", "plc"));
            future.put("start", clock.instant().plus(Duration.ofHours(1)).toString());
            future.put("durationSeconds", 600);
            String id = plant.request("carl", future).get("id").asText();
            assertEquals("scheduled", plant.act("erik", id, "approve", Map.of()).json().get("state").asText());
            assertEquals(List.of(), grants(plant));
            assertEquals("not-open", plant.act("carl", id, "access", Map.of("access", "read")).code());
            clock.move(Duration.ofMinutes(16));
            Waiting.until(() -> state(plant, late), "expired"::equals);
            assertEquals(409, plant.act("erik", late, "approve", Map.of()).status());
            clock.move(Duration.ofMinutes(45));
            Waiting.until(() -> grants(plant), g -> g.size() == 1);
            clock.move(Duration.ofSeconds(490));
            Waiting.until(() -> plant.session("carl", id), s -> s.get("warning").asBoolean());
            Waiting.until(() -> plant.firewall.journal, j -> j.contains("session-warning carl"));
            clock.move(Duration.ofMinutes(2));
            Waiting.until(() -> state(plant, id), "ended"::equals);
            assertEquals("time", plant.session("carl", id).at("/end/why").asText());
            assertEquals(List.of(), grants(plant));
        }
    }

    @Test
    void whoMayNotWorkAnyMoreLosesTheSessionAtOnce() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            String id = open(plant);
            plant.who("anna").send("PUT", "/api/users/carl", Map.of("enabled", false));
            Waiting.until(() -> grants(plant), List::isEmpty);
            JsonNode ended = plant.session("erik", id);
            assertEquals("eligibility", ended.at("/end/why").asText(), ended.toString());
        }
    }

    @Test
    void whatTheFirewallEndsIsEndedHereToo() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            String id = open(plant);
            try (ControlClient client = ControlClient.open(plant.firewall.socket)) {
                String grant = grants(plant).getFirst().getId();
                client.call(ControlClient.PATIENCE, c -> c.revokeGrant(RevokeGrantRequest.newBuilder().setId(grant)
                        .setWho("console").setBecause("enough").build()));
            }
            Waiting.until(() -> state(plant, id), "ended"::equals);
            assertEquals("firewall", plant.session("erik", id).at("/end/why").asText());

            String other = open(plant);
            plant.who("anna").send("PUT", "/api/users/anna", Map.of("roles", List.of("administrator", "operator",
                    "viewer", "auditor")));
            Browser anna = plant.who("anna");
            anna.post("/api/session", Map.of("user", "anna", "password", Served.PASSWORD));
            String narrower = JumpPlant.POLICY.replace("      - {id: m1, do: read, unit: 1}\n", "");
            Browser.Page applied = anna.post("/api/policy/apply", Map.of("yaml", narrower, "confirmWithinSeconds", 60));
            assertTrue(applied.json().has("applied"), applied.text());
            Waiting.until(() -> state(plant, other), "ended"::equals);
            assertEquals("policy", plant.session("erik", other).at("/end/why").asText());
        }
    }

    @Test
    void allRemoteSessionsEndByOneCall() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            String one = open(plant);
            String two = open(plant);
            String waits = plant.request("carl", JumpPlant.wish("acme-service", "read", "plc")).get("id").asText();
            assertEquals(2, plant.who("olga").post("/api/jump/end-all", Map.of("note", "storm")).json().get("ended")
                    .asInt());
            assertEquals(List.of(), grants(plant));
            assertEquals("all remote sessions were ended by olga: storm",
                    plant.session("carl", one).at("/end/sentence").asText());
            assertEquals("ended", state(plant, two));
            assertEquals("pending", state(plant, waits));
        }
    }

    @Test
    void aServerThatWasRestartedGoesOnWithTheGrantsThatAreOpen() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            String id = open(plant);
            String grant = grants(plant).getFirst().getId();
            plant.served.close();
            assertEquals(1, grants(plant).size(), "the firewall ends it by its own clock");
            try (var again = new Served(folder, ""); Browser erik = new Browser(again.server)) {
                erik.post("/api/session", Map.of("user", "erik", "password", Served.PASSWORD));
                Thread.sleep(1_500);
                JsonNode session = erik.get("/api/jump/sessions/" + id).json();
                assertEquals("open", session.get("state").asText(), session.toString());
                assertEquals(List.of(grant), grants(plant).stream().map(Grant::getId).toList());
                assertEquals("ended", erik.post("/api/jump/sessions/" + id + "/end", Map.of()).json().get("state")
                        .asText());
                assertEquals(List.of(), grants(plant));
            }
        }
    }

    @Test
    void rulesThatGoBeyondAreRefusedWithTheLine() throws Exception {
        try (var plant = new JumpPlant(folder, "", InstantSource.system())) {
            Map<String, Object> wish = JumpPlant.wish("acme-service", "rules", "plc");
            wish.put("rules",
                    "- {id: r1, do: read, unit: 1}\n- {id: r2, do: write, unit: 1, space: holding, address: 90..101}\n");
            JsonNode preview = plant.who("carl").post("/api/jump/preview", wish).json();
            assertFalse(preview.get("usable").asBoolean());
            assertEquals(2, preview.at("/problems/0/line").asInt(), preview.toString());
            wish.put("rules", "- {id: r2, do: write, unit: 1, space: holding, address: 100..101, value: 0..1500}\n");
            String id = plant.request("carl", wish).get("id").asText();
            assertEquals(400, plant.act("erik", id, "approve", Map.of("access", "rules", "rules",
                    "- {id: r2, do: write, unit: 1, space: holding, address: 100..102, value: 0..1500}\n")).status(),
                    "the conduit allows 102, the request does not");
            JsonNode approved = plant.act("erik", id, "approve", Map.of("access", "rules", "rules",
                    "- {id: r2, do: write, unit: 1, space: holding, address: 100, value: 0..1500}\n")).json();
            assertEquals("open", approved.get("state").asText(), approved.toString());
        }
    }

    private static String open(JumpPlant plant) throws Exception {
        String id = plant.request("carl", JumpPlant.wish("acme-service", "read", "plc")).get("id").asText();
        JsonNode open = plant.act("erik", id, "approve", Map.of()).json();
        assertEquals("open", open.path("state").asText(), open.toString());
        return id;
    }

    private static String state(JumpPlant plant, String id) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        StreamSupport.stream(plant.who("erik").get("/api/jump/sessions?over=true").json().spliterator(), false)
                .filter(s -> s.get("id").asText().equals(id)).forEach(all::add);
        return all.getFirst().get("state").asText();
    }

    private static List<Grant> grants(JumpPlant plant) throws Exception {
        try (ControlClient client = ControlClient.open(plant.firewall.socket)) {
            return client.call(ControlClient.PATIENCE, c -> c.listGrants(ListGrantsRequest.getDefaultInstance()))
                    .getGrantsList();
        }
    }
}
