package io.sluice.cli.backup;

import io.sluice.journal.Verification;
import io.sluice.manage.store.StoreCopy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was put back.
 *
 * @param policy the active one; empty where there was none
 * @param journal what its verification found; empty where there was none
 * @param database empty where there was none in the backup
 * @param notes what somebody should know or do, in sentences
 */
public record Restored(List<Folder> folders, Optional<Policy> policy, Optional<Verification> journal,
        Optional<StoreCopy.Contents> database, List<String> notes) {
    public Restored {
        folders = List.copyOf(folders);
        notes = List.copyOf(notes);
    }

    /**
     * A part in its place.
     *
     * @param aside where what was there lies now; empty where nothing was
     */
    public record Folder(Part part, Path target, long files, Optional<Path> aside) {}

    /**
     * The policy that judges at the next start.
     *
     * @param whole whether its text is there and has this hash
     * @param changes lines of the history
     */
    public record Policy(String hash, boolean whole, int changes) {}

    /** Whether all that was put back is as it should be. */
    public boolean sound() {
        return policy.map(Policy::whole).orElse(true) && journal.map(Verification::sound).orElse(true);
    }
}
