package io.sluice.integration.browser;

import com.microsoft.playwright.Page;
import io.sluice.integration.device.Programs;
import java.nio.file.Path;

/** Screenshots of the pages, for people to look at after a test run: {@code integration/target/screenshots}. */
public final class Pictures {
    private static final Path FOLDER = Programs.root().resolve("integration/target/screenshots");

    private Pictures() {}

    /** Takes one of what the window shows. */
    public static void take(Page page, String name, Look look) {
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + "-" + look.label() + ".png")));
    }
}
