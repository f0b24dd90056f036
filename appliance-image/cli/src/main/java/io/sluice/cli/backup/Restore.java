package io.sluice.cli.backup;

import io.sluice.inline.policy.PolicyStore;
import io.sluice.journal.FolderLock;
import io.sluice.journal.JournalVerifier;
import io.sluice.journal.Verification;
import io.sluice.journal.VerifierKey;
import io.sluice.manage.store.DataLock;
import io.sluice.manage.store.StoreCopy;
import io.sluice.manage.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a backup back. It is read to its end, and what it gives is looked at, before anything is in its place; then all parts are
 * moved there, or none.
 */
public final class Restore implements Closeable {
    private static final int MOST_NAMED = 3;

    private final Map<Part, Staged> parts = new EnumMap<>(Part.class);
    private final Deque<AutoCloseable> locks = new ArrayDeque<>();
    private final Owners owners = new Owners();
    private final boolean replace;

    private Restore(boolean replace) {
        this.replace = replace;
    }

    /**
     * Puts back what is wanted.
     *
     * @param wanted the parts to put back
     * @param targets where each part goes; those that are not named go where they were
     * @param replace what is there may be moved aside
     * @param stamp names the folder for what is moved aside, such as {@code 20261128T121000Z}
     * @throws NotPossible somebody uses a folder, or has something in it; nothing was changed
     * @throws BadBackup nothing was changed
     */
    public static Restored from(BackupReader backup, Set<Part> wanted, Map<Part, Path> targets, boolean replace,
            String stamp) throws IOException, NotPossible {
        try (Restore restore = new Restore(replace)) {
            for (Part part : wanted) {
                String folder = backup.manifest().folders().get(part);
                if (folder != null) {
                    Path target = targets.getOrDefault(part, Path.of(folder)).toAbsolutePath().normalize();
                    restore.requireFree(part, target);
                    restore.parts.put(part, new Staged(part, target, stamp, restore.owners));
                }
            }
            for (Optional<Entry> next = backup.next(); next.isPresent(); next = backup.next()) {
                Staged part = restore.parts.get(next.get().part());
                if (part != null) {
                    part.write(next.get(), backup.content());
                }
            }
            return restore.finish(backup);
        }
    }

    private void requireFree(Part part, Path target) throws IOException, NotPossible {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new NotPossible("`" + target + "` is not a folder");
        }
        if (part == Part.SETTINGS) {
            return;
        }
        boolean empty = Staged.children(target).stream().allMatch(StoreCopy::isLock);
        try {
            if (part == Part.MANAGEMENT) {
                locks.push(DataLock.take(target));
            } else if (Files.isDirectory(target.resolve("journal"))) {
                locks.push(FolderLock.take(target.resolve("journal")));
            }
        } catch (java.nio.file.FileSystemException e) {
            throw e;
        } catch (IOException held) {
            throw new NotPossible(held.getMessage() + "; stop " + (part == Part.MANAGEMENT
                    ? "the management server"
                    : "the firewall") + " first");
        }
        if (!empty && !replace) {
            throw new NotPossible("`" + target + "` is not empty; with --replace what is there is moved aside");
        }
    }

    private Restored finish(BackupReader backup) throws IOException, NotPossible {
        Staged settings = parts.get(Part.SETTINGS);
        List<Path> differing = settings == null ? List.of() : settings.differing();
        if (!differing.isEmpty() && !replace) {
            throw new NotPossible("there are other settings than those of the backup (`" + String.join("`, `",
                    differing.stream().limit(MOST_NAMED).map(Path::toString).toList())
                    + (differing.size() > MOST_NAMED
                            ? "`, …"
                            : "`")
                    + "); with --replace they are moved aside, with --without-settings they stay");
        }
        Optional<Restored.Policy> policy = Optional.empty();
        Optional<Verification> journal = Optional.empty();
        Optional<StoreCopy.Contents> database = Optional.empty();
        Staged firewall = parts.get(Part.FIREWALL);
        if (firewall != null) {
            policy = policy(firewall.stage());
            journal = journal(firewall.stage().resolve("journal"));
        }
        Staged management = parts.get(Part.MANAGEMENT);
        if (management != null && Files.exists(StoreCopy.file(management.stage()))) {
            try {
                database = Optional.of(StoreCopy.contents(management.stage()));
            } catch (StoreException e) {
                throw new NotPossible(e.sentence());
            }
        }
        move();
        List<String> notes = new ArrayList<>(backup.manifest().notes());
        owners.note().ifPresent(notes::add);
        if (journal.isEmpty() && firewall != null && Files.isDirectory(firewall.target().resolve("journal"))) {
            notes.add("the journal was not verified: it has no records, or no `journal.pub`");
        }
        return new Restored(parts.values().stream().map(part -> new Restored.Folder(part.part(), part.target(),
                part.files(), Optional.of(part.aside()).filter(_ -> part.hasReplaced()))).toList(), policy, journal,
                database, notes);
    }

    private static Optional<Restored.Policy> policy(Path data) throws IOException {
        if (!Files.exists(data.resolve("active"))) {
            return Optional.empty();
        }
        PolicyStore store = PolicyStore.open(data);
        Optional<String> hash = store.active();
        int changes = store.history().size();
        return Optional.of(new Restored.Policy(hash.orElse(""), hash.isPresent() && store.text(hash.get()).isPresent(),
                changes));
    }

    private static Optional<Verification> journal(Path folder) throws IOException {
        Optional<VerifierKey> key = JournalVerifier.keyIn(folder);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JournalVerifier.verify(folder, key.get()));
        } catch (JournalVerifier.NoJournal none) {
            return Optional.empty();
        }
    }

    private void move() throws IOException {
        try {
            for (Staged part : parts.values()) {
                part.move();
            }
        } catch (IOException | RuntimeException e) {
            for (Staged part : parts.values()) {
                try {
                    part.undo();
                } catch (IOException also) { // what was there is in the folder aside
                    e.addSuppressed(also);
                }
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        for (Staged part : parts.values()) {
            part.clean();
        }
        while (!locks.isEmpty()) {
            try {
                locks.pop().close();
            } catch (Exception e) {
                // The system lets go of it when this process ends.
            }
        }
    }
}
