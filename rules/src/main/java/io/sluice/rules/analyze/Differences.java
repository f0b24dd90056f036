package io.sluice.rules.analyze;

import java.util.List;

/**
 * In what two policies differ.
 *
 * @param statements grouped by who asks whom
 * @param settings beside the conduits
 */
public record Differences(List<Statement> statements, List<SettingChange> settings) {
    public Differences {
        statements = List.copyOf(statements);
        settings = List.copyOf(settings);
    }

    public boolean isEmpty() {
        return statements.isEmpty() && settings.isEmpty();
    }
}
