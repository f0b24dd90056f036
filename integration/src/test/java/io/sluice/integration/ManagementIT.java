package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import io.sluice.integration.browser.Accessibility;
import io.sluice.integration.browser.Chromium;
import io.sluice.integration.browser.Look;
import io.sluice.integration.browser.Person;
import io.sluice.integration.browser.Pictures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.jspecify.annotations.Nullable;

/** What people do in the management pages, in a browser, with the firewall at work behind them. */
@TestInstance(Lifecycle.PER_CLASS)
class ManagementIT {
    private static final List<String> PAGES = List.of("/", "/traffic", "/policy", "/replay", "/assets", "/inbox",
            "/audit", "/settings");

    private @Nullable ManagedPlant plant;
    private @Nullable Chromium chromium;
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
    void everyPageCanBeSeenLightAndDarkWideAndNarrow() {
        List<String> problems = new ArrayList<>();
        for (Look look : Look.all()) {
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
