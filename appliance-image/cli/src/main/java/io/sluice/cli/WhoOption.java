package io.sluice.cli;

import picocli.CommandLine.Option;

/** On whose behalf an order is given. */
final class WhoOption {
    @Option(names = "--who", paramLabel = "NAME", description = "Who wants this, for history and journal; your login"
            + " name is written down too.")
    private String who = "";

    String who() {
        return who;
    }
}
