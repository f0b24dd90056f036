package io.sluice.manage.firewall;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Call.Upload;
import io.sluice.manage.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recordings that people have uploaded. Their names are shown and never used as names of files. */
public final class Captures {
    private static final int MOST = 100;

    private final Store store;
    private final Path folder;
    private final long largest;
    private final InstantSource clock;

    /**
     * One recording.
     *
     * @param atMillis when it was uploaded
     */
    public record Stored(String id, String name, long bytes, long atMillis, String who) {}

    public Captures(Store store, Path data, long largest, InstantSource clock) throws IOException {
        this.store = store;
        this.folder = data.resolve("captures");
        this.largest = largest;
        this.clock = clock;
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        }
        clear();
    }

    /** What an upload has left behind that did not come to its end. */
    private void clear() throws IOException {
        Set<String> known = list().stream().map(Stored::id).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!known.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    public List<Stored> list() {
        return store.ask(h -> h.createQuery("select * from capture order by at desc").map((row, _) -> new Stored(
                row.getString("id"), row.getString("name"), row.getLong("bytes"), row.getLong("at"),
                row.getString("who"))).list());
    }

    public Stored find(String id) throws Refused {
        return list().stream().filter(c -> c.id().equals(id)).findFirst()
                .orElseThrow(() -> Refused.notFound("there is no such capture any more"));
    }

    public Path file(Stored capture) {
        return folder.resolve(capture.id());
    }

    public Stored take(String name, String who, Upload upload) throws Refused {
        if (list().size() >= MOST) {
            throw Refused.conflict("too-many", "there are " + MOST + " captures already; remove some first");
        }
        String id = UUID.randomUUID().toString();
        Path file = folder.resolve(id);
        long bytes = upload.to(file, largest);
        Stored stored = new Stored(id, name, bytes, clock.millis(), who);
        store.change(h -> h.createUpdate("insert into capture (id, name, bytes, at, who)"
                + " values (:id, :name, :bytes, :at, :who)").bind("id", id).bind("name", name).bind("bytes", bytes)
                .bind("at", stored.atMillis()).bind("who", who).execute());
        return stored;
    }

    public void remove(String id) throws Refused {
        Stored capture = find(id);
        store.change(h -> h.createUpdate("delete from capture where id = :id").bind("id", id).execute());
        try {
            Files.deleteIfExists(file(capture));
        } catch (IOException e) {
            // The next start clears the folder.
        }
    }
}
