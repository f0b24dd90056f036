package io.sluice.integration.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The system's Chromium, without a window. One thread uses it. */
public final class Chromium implements AutoCloseable {
    /** The browser is the system's own and asks nobody: no updates, no reports, no QUIC past the server under test. */
    private static final List<String> OPTIONS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

    /** A busy machine is slow; what is to be quick is measured by the test that says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Why there is no browser here; empty where there is one. */
    public static Optional<String> unavailable() {
        for (String program : List.of("chromium", "node")) {
            if (find(program).isEmpty()) {
                return Optional.of(program + " is not installed; the management pages are tested in it");
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> find(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }

    public static Chromium open() {
        // The driver that comes with the library, without its own copy of Node.js and without any browser of its own.
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of(
                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", find("node").orElseThrow()
                        .toString())));
        try {
            return new Chromium(playwright, playwright.chromium().launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(find("chromium").orElseThrow()).setArgs(OPTIONS)
                    .setTimeout((double) PATIENCE.toMillis())));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A browser of its own, as far as cookies and storage go, with one empty page. */
    public Page person(Look look) {
        return person(look, null);
    }

    /** Another window of somebody: signed in as in that one, with its preferences. */
    public Page person(Look look, @Nullable Page as) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height()).setLocale(look.language())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setIgnoreHTTPSErrors(true); // the server makes its certificate itself
        if (as != null) {
            options.setStorageState(as.context().storageState());
        }
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout((double) PATIENCE.toMillis());
        return context.newPage();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
