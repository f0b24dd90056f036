package io.sluice.cli.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a backup is made of. Folders are absolute.
 *
 * @param settings folder of the settings files; empty: there are none
 * @param settingsFiles the files in it that count, themselves in that folder or below
 * @param firewall the firewall's data; empty: it is not on this machine
 * @param management the management server's data; empty: it is not on this machine
 * @param database whether the management server's database is the one in its folder
 * @param captures whether captures that people have uploaded are wanted
 * @param notes what is not in the backup, in sentences
 */
public record Sources(Optional<Path> settings, List<Path> settingsFiles, Optional<Path> firewall,
        Optional<Path> management, boolean database, boolean captures, List<String> notes) {
    public Sources {
        settingsFiles = List.copyOf(settingsFiles);
        notes = List.copyOf(notes);
    }
}
