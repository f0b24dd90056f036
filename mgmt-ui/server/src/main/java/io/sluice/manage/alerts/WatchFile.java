package io.sluice.manage.alerts;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.manage.assets.InventoryState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What a watch remembers, in one file: inventory, inbox and what is usual, all as of the same record of the journal. */
final class WatchFile {
    private static final int VERSION = 1;
    private static final int BUFFER = 64 << 10;

    private static final JsonMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build();

    /** The content. Mutable, and kept by its fields. */
    static final class Content {
        int version = VERSION;
        /** The journal's public key, so that another journal is not taken for this one. */
        String journal = "";
        /** The number of the next record to read. */
        long next;
        InventoryState inventory = new InventoryState();
        Learned learned = new Learned();
    }

    private WatchFile() {}

    /** What is in the file; empty where there is none, it is of another version, or cannot be read. */
    static Optional<Content> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Content.class)).filter(c -> c.version == VERSION);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static void write(Path file, Content content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
            JSON.writeValue(out, content); // as it goes: of a large plant the whole text is many megabytes
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
