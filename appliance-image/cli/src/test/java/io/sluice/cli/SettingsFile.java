package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A settings file as an appliance has one. */
final class SettingsFile {
    private SettingsFile() {}

    static Path withDataIn(Path folder) throws IOException {
        return Files.writeString(folder.resolve("sluice.yaml"), """
                ports:
                  plant: {interface: eth1}
                  cell: {interface: eth2}
                policy: %s
                data: %s
                """.formatted(folder.resolve("policy.yaml"), folder));
    }
}
