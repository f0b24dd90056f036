package io.sluice.integration.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the rules of axe-core find in a page as it stands. */
public final class Accessibility {
    private static final String AXE = library();
    private static final String RUN = """
            async () => {
              const found = await axe.run({ resultTypes: ['violations'] });
              return found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                .map(v => v.id + ' (' + v.impact + '): ' + v.help + '; ' + v.nodes.length + ' times, such as '
                  + v.nodes[0].target.join(' ') + ': ' + v.nodes[0].failureSummary.replace(/\\s+/g, ' '));
            }
            """;

    private Accessibility() {}

    private static String library() {
        try (InputStream in = Objects.requireNonNull(Accessibility.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Problems that keep people out: serious and critical ones, a sentence for each. */
    public static List<String> problems(Page page) {
        page.evaluate(AXE);
        return ((List<?>) page.evaluate(RUN)).stream().map(String::valueOf).toList();
    }
}
