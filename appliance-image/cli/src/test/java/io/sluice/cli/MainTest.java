package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void helpListsEveryCommandAndTheExitCodes() {
        Ran help = sluice("--help");
        assertEquals(0, help.exitCode());
        assertEquals("", help.err());
        for (String word : new String[]{"check", "explain", "dissect", "replay", "learn", "archive", "inline", "status",
                "confirm",
                "rollback", "manage", "audit", "backup", "restore", "support",
                "sessions", "bench", "demo", "generate-completion",
                "Exit codes:", "2   wrong usage"}) {
            assertTrue(help.out().contains(word), () -> "`" + word + "` is missing in: " + help.out());
        }
    }

    // A help text is read on a console of 80 or 100 columns; a line that wraps breaks the table of options.
    @ParameterizedTest
    @ValueSource(strings = {"", "check", "explain", "diff", "dissect", "replay", "learn", "archive", "inline", "status",
            "apply", "confirm", "rollback", "manage", "audit", "audit verify", "audit prove", "audit bundle", "backup",
            "backup list",
            "restore", "support",
            "sessions",
            "sessions list",
            "sessions end", "bench", "demo"})
    void helpFitsTheScreenAndEndsWithExamples(String command) {
        Ran help = command.isEmpty() ? sluice("--help") : sluice((command + " --help").split(" ", -1));
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("Examples:\n  sluice "), help.out());
        assertTrue(help.out().contains("Exit codes:\n  0 "), help.out());
        help.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void versionNamesSluiceAndJava() {
        Ran version = sluice("--version");
        assertEquals(0, version.exitCode());
        assertTrue(version.out().matches("(?s)sluice \\d+\\.\\d+\\.\\d+\\S*\\RJava \\d+.*\\R"), version.out());
    }

    @Test
    void noCommandIsWrongUsage() {
        assertEquals(new Ran(2, "", "sluice: no command was given\ntry `sluice --help`\n"), sluice());
    }

    @Test
    void aMisspeltCommandIsAnsweredByTheRightOne() {
        assertEquals(
                new Ran(2, "", "sluice: there is no command `chek`\ndid you mean check?\ntry `sluice --help`\n"),
                sluice("chek", "line-3.yaml"));
    }

    // Without this, the answer to `check --hepl` would be that POLICY is missing, which is true and does not help.
    @Test
    void aMisspeltOptionIsNamedEvenIfSomethingElseIsMissing() {
        assertEquals(
                new Ran(2, "",
                        "sluice: there is no option `--hepl`\ndid you mean --help?\ntry `sluice check --help`\n"),
                sluice("check", "--hepl"));
    }

    @Test
    void aMissingArgumentIsWrongUsage() {
        assertEquals(new Ran(2, "", "sluice: Missing required parameter: 'POLICY'\ntry `sluice check --help`\n"),
                sluice("check"));
    }

    @ParameterizedTest
    @CsvSource({"--format,xml,'`xml` is none of text, json, tsv'", "--port,modbus,'`modbus` is not a number'"})
    void aValueThatIsNoneIsAnsweredByThoseThatAre(String option, String value, String answer) {
        Ran ran = sluice("dissect", "a.pcap", option, value);
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains(answer), ran.err());
    }

    @Test
    void anArgumentTooManyIsWrongUsage() {
        Ran ran = sluice("check", "a.yaml", "b.yaml");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("`b.yaml`"), ran.err());
    }

    @Test
    void completionIsAScriptForTheShell() {
        Ran ran = sluice("generate-completion");
        assertEquals(0, ran.exitCode());
        assertTrue(ran.out().startsWith("#!/usr/bin/env bash"), ran.out());
        for (String word : new String[]{"check", "explain", "dissect", "replay", "demo", "--baseline", "--annotate"}) {
            assertTrue(ran.out().contains(word), word);
        }
    }

    @Test
    void colourIsForScreensOnly() {
        assertFalse(sluice("--help").out().contains("\u001B"));
    }
}
