package io.sluice.archive;

import java.nio.file.Files;
import java.nio.file.Path;

/** A run in a process of its own, which a test may kill: FOLDER OUT POLICY. */
final class ArchiveProcess {
    private ArchiveProcess() {}

    public static void main(String[] arguments) throws Exception {
        ArchiveFolder.run(ArchiveFolder.settings(Path.of(arguments[0]), Path.of(arguments[1]),
                ArchiveFolder.judge(Files.readString(Path.of(arguments[2]))), RowForm.BOTH, 2));
    }
}
