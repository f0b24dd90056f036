package io.sluice.manage.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines at the end of a file that other programs read and rotate: when it was renamed or deleted, a new one is begun; when it was
 * cut ({@code copytruncate}), it goes on at its new end.
 */
final class EveFileTarget implements Target {
    private final Path file;
    private @Nullable FileChannel channel;
    private @Nullable Object key;

    EveFileTarget(Path file) {
        this.file = file;
    }

    @Override
    public void open() throws IOException {
        close();
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        key = key();
    }

    /** What tells a file from another of the same name; null: there is none. */
    private @Nullable Object key() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public int write(List<byte[]> records) throws IOException {
        Object now = key();
        if (now == null || !now.equals(key)) {
            open();
        }
        FileChannel open = channel;
        if (open == null) {
            throw new IOException(file + " is not open");
        }
        int size = records.stream().mapToInt(r -> r.length + 1).sum();
        ByteBuffer lines = ByteBuffer.allocate(size);
        records.forEach(r -> lines.put(r).put((byte) '\n'));
        lines.flip();
        long before = open.size();
        try {
            while (lines.hasRemaining()) {
                open.write(lines);
            }
        } catch (IOException e) {
            open.truncate(Math.min(before, open.size())); // no half line stays
            throw e;
        }
        return records.size();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
