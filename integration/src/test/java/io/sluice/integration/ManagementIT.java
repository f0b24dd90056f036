package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.sluice.integration.browser.Accessibility;
import io.sluice.integration.browser.Chromium;
import io.sluice.integration.browser.Look;
import io.sluice.integration.browser.Person;
import io.sluice.integration.browser.Pictures;
import io.sluice.integration.device.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;

/** What people do in the management pages, in a browser, with the firewall at work behind them. */
@TestInstance(Lifecycle.PER_CLASS)
class ManagementIT {
    private static final List<String> PAGES = List.of("/", "/traffic", "/policy", "/replay", "/assets", "/inbox",
            "/sessions", "/audit", "/settings");

    /** What the window showed when a test failed, beside the other screenshots. */
    @RegisterExtension
    final TestWatcher atFailure = new TestWatcher() {
        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            Pictures.take(page, "failed-" + context.getRequiredTestMethod().getName(), Look.DESK);
        }
    };

    private ManagedPlant plant;
    private Chromium chromium;
    private Page page;
    private Person anna;

    @BeforeAll
    void build() {
        Rig.needed();
        assumeTrue(Chromium.unavailable().isEmpty(), () -> Chromium.unavailable().orElseThrow());
        plant = new ManagedPlant();
        chromium = Chromium.open();
        page = chromium.person(Look.DESK);
        anna = plant.operator(chromium, page);
    }

    @AfterAll
    void remove() {
        if (chromium != null) {
            chromium.close();
        }
        if (plant != null) {
            plant.close();
        }
    }

    @Test
    void aRefusedWriteAppearsInTrafficWithinASecondAndWhyLeadsToTheRule() {
        anna.open("/traffic");
        page.getByText("Live", exactText()).waitFor();
        List<Long> delays = new ArrayList<>();
        for (int value = 1; value <= 5; value++) {
            delays.add(delayOf("write holding 118 " + value, "write unit 1 holding 118 = " + value));
        }
        Collections.sort(delays);
        assertTrue(delays.get(2) <= 1000, () -> "milliseconds until refusals were on the screen: " + delays);

        row("write unit 1 holding 118 = 5").first().click();
        page.getByText("The policy says: safety trip limit, HAZOP 2024-11").waitFor();
        Pictures.take(page, "why", Look.DESK);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("Line [0-9]+ of the policy")))
                .click();
        Locator rule = page.locator("#rule-s9");
        rule.waitFor();
        assertTrue(rule.textContent().contains("never write address 118"), rule.textContent());
    }

    /** Milliseconds from when the firewall refused until the browser had drawn it; both go by the same clock. */
    private long delayOf(String request, String does) {
        page.evaluate(
                """
                        does => {
                          window.drawn = 0;
                          const look = () => {
                            if (!window.drawn && document.querySelector('[role=grid]')?.textContent.includes(does)) {
                              window.drawn = Date.now();
                            }
                          };
                          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
                        }
                        """,
                does);
        assertTrue(plant.ask(request).startsWith("lost"));
        row(does).first().waitFor();
        long drawn = ((Number) page.evaluate("window.drawn")).longValue();
        return drawn - Instant.parse(recorded(does).get("at").getAsString()).toEpochMilli();
    }

    /** The record of a refusal, once it can be searched for. */
    private JsonObject recorded(String does) {
        for (int i = 0; i < 20; i++) {
            for (JsonElement event : anna.get("/api/events?limit=50&filter=verdict:deny").getAsJsonObject()
                    .getAsJsonArray("events")) {
                JsonElement what = event.getAsJsonObject().get("does");
                if (what != null && what.getAsString().equals(does)) {
                    return event.getAsJsonObject();
                }
            }
            Rig.pause(500);
        }
        throw new AssertionError("`" + does + "` cannot be found");
    }

    @Test
    void aRuleMadeOfARefusalIsStagedComparedAppliedAndConfirmedAndTheWritePasses() {
        plant.forget();
        assertTrue(plant.ask("write holding 130 7").startsWith("lost"));
        anna.open("/traffic?filter=do:write");
        row("write unit 1 holding 130 = 7").first().click();
        anna.button("Make a rule of this").click();
        Pictures.take(page, "rule", Look.DESK);
        anna.button("Stage it and open Policy").click();

        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Newly allowed (1)")).waitFor();
        page.getByText("can change a device").first().waitFor();
        Pictures.take(page, "changes", Look.DESK);
        assertTrue(plant.ask("write holding 130 7").startsWith("lost"), "what is staged is not in force");
        anna.button("Apply …").click();
        page.getByRole(AriaRole.CHECKBOX).check();
        anna.button("Apply on trial").click();
        anna.button("Confirm for good").waitFor();
        Pictures.take(page, "trial", Look.DESK);
        assertEquals("done", plant.ask("write holding 130 7"));
        anna.button("Confirm for good").click();
        page.getByText("The policy is confirmed.").waitFor();
        assertFalse(anna.get("/api/status").getAsJsonObject().has("pending"));
        assertEquals("done", plant.ask("write holding 130 7"));
        assertEquals(2, plant.reached().size(), () -> "the controller got " + plant.reached());
        back();
    }

    /** Another test begins with the policy of the start, and no draft. */
    private void back() {
        anna.send("DELETE", "/api/policy/draft", null);
        anna.send("POST", "/api/policy/rollback", null);
        assertTrue(plant.ask("write holding 130 7").startsWith("lost"));
    }

    @Test
    void aPolicyThatNobodyConfirmsGoesByItself() {
        String wider = policy().replace("address: 110}", "address: [110, 140]}");
        assertTrue(plant.ask("write holding 140 7").startsWith("lost"));
        anna.open("/policy");
        anna.send("POST", "/api/policy/apply", Map.of("yaml", wider, "confirmWithinSeconds", 10));
        page.getByText("is on trial").first().waitFor();
        assertEquals("done", plant.ask("write holding 140 7"));
        page.getByText("is on trial").first().waitFor(new Locator.WaitForOptions().setState(
                WaitForSelectorState.HIDDEN));
        assertTrue(plant.ask("write holding 140 7").startsWith("lost"));
        anna.open("/policy/history");
        page.getByText(policyHash().substring(0, 8)).first().waitFor();
        Pictures.take(page, "history", Look.DESK);
    }

    private String policy() {
        return anna.get("/api/policy").getAsJsonObject().get("yaml").getAsString();
    }

    private String policyHash() {
        return anna.get("/api/policy").getAsJsonObject().getAsJsonObject("info").get("hash").getAsString();
    }

    @Test
    void aCaptureThatIsDroppedOnReplayShowsWhatADraftWouldChange() {
        anna.send("PUT", "/api/policy/draft", Map.of("yaml", policy().replace("value: 0..1500", "value: 0..100")));
        anna.open("/replay");
        drop(Programs.root().resolve("testdata/modbus/line-3/capture.pcap"));
        page.getByText("capture.pcap").first().waitFor();
        anna.button("Run").click();
        page.getByText("By conduit").waitFor();
        page.getByText("was allowed").first().waitFor();
        Pictures.take(page, "replayed", Look.DESK);
        anna.send("DELETE", "/api/policy/draft", null);
    }

    /** Lets go of a file over the page, as somebody does who drags it from a folder. */
    private void drop(Path file) {
        try {
            page.locator(".drop-zone").dispatchEvent("drop", Map.of("dataTransfer", page.evaluateHandle("""
                    ([name, text]) => {
                      const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
                      const transfer = new DataTransfer();
                      transfer.items.add(new File([bytes], name));
                      return transfer;
                    }
                    """, List.of(file.getFileName().toString(), Base64.getEncoder().encodeToString(Files.readAllBytes(
                    file))))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Locator row(String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Page.GetByTextOptions exactText() {
        return new Page.GetByTextOptions().setExact(true);
    }

    @Test
    void everyPageCanBeSeenLightAndDarkWideAndNarrow() {
        List<String> problems = new ArrayList<>();
        List<Look> looks = new ArrayList<>(Look.all());
        looks.add(Look.DESK.in("de-DE"));
        for (Look look : looks) {
            Page other = chromium.person(look, page);
            Person again = new Person(other, plant.manage.site());
            for (String path : PAGES) {
                again.open(path);
                other.waitForTimeout(300);
                Pictures.take(other, path.equals("/") ? "overview" : path.substring(1), look);
                Accessibility.problems(other).forEach(p -> problems.add(path + " " + look.label() + ": " + p));
            }
            other.context().close();
        }
        assertEquals(List.of(), problems);
    }
}
