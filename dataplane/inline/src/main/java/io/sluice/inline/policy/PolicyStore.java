package io.sluice.inline.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Policies on disk: {@code policies/HASH.yaml} as they were applied, {@code active} with the hash of the one that counts, and
 * {@code history}. For one thread.
 */
public final class PolicyStore {
    private final Path folder;
    private final Path policies;
    private final Path active;
    private final HistoryFile history;

    private PolicyStore(Path data) {
        folder = data;
        policies = data.resolve("policies");
        active = data.resolve("active");
        history = new HistoryFile(data.resolve("history"));
    }

    /** Opens the store of a folder, and makes it where it is missing. */
    public static PolicyStore open(Path data) throws IOException {
        PolicyStore store = new PolicyStore(data);
        Files.createDirectories(store.policies);
        return store;
    }

    /** The folder of the store, for messages. */
    public Path folder() {
        return folder;
    }

    /** Keeps a text under the name of its hash. */
    void keep(String hash, String yaml) throws IOException {
        Path file = file(hash);
        if (text(hash).isEmpty()) {
            DurableFile.write(file, yaml);
        }
    }

    /** The text with this hash; empty where it is missing, or is no longer what it was. */
    public Optional<String> text(String hash) throws IOException {
        if (!Sha256.isHash(hash) || !Files.isRegularFile(file(hash))) {
            return Optional.empty();
        }
        String yaml = new String(Files.readAllBytes(file(hash)), StandardCharsets.UTF_8);
        return Optional.of(yaml).filter(text -> Sha256.of(text).equals(hash));
    }

    /** Makes a policy that is kept the active one. */
    void activate(String hash) throws IOException {
        DurableFile.write(active, hash + "\n");
    }

    /** Whether a policy was ever active here. */
    boolean wasUsed() {
        return Files.exists(active) || Files.exists(folder.resolve("history"));
    }

    /** The hash of the active policy; empty where the file is missing or damaged. */
    public Optional<String> active() throws IOException {
        return Files.isRegularFile(active)
                ? Optional.of(new String(Files.readAllBytes(active), StandardCharsets.UTF_8).strip())
                        .filter(Sha256::isHash)
                : Optional.empty();
    }

    void record(PolicyChange change) throws IOException {
        history.append(change);
        DurableFile.forceFolder(folder);
    }

    /** Oldest first; damaged lines are left out. */
    public List<PolicyChange> history() throws IOException {
        return history.read();
    }

    /** Lines of the history that could not be understood when it was last read. */
    int damagedLines() {
        return history.damaged();
    }

    private Path file(String hash) {
        return policies.resolve(hash + ".yaml");
    }
}
