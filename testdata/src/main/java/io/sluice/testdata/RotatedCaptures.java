package io.sluice.testdata;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Writes captures of so many frames each, {@code PREFIX_00001.pcap} and so on, as a recorder rotates them. */
public final class RotatedCaptures implements FrameSink, Closeable {
    private final Path folder;
    private final String prefix;
    private final int framesEach;
    private Optional<PcapWriter> writer = Optional.empty();
    private int files;
    private long frames;

    /** Makes the folder where there is none. */
    public RotatedCaptures(Path folder, String prefix, int framesEach) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.prefix = prefix;
        this.framesEach = framesEach;
    }

    @Override
    public void frame(long nanoseconds, byte[] bytes, int length) throws IOException {
        if (frames++ % framesEach == 0) {
            close();
            writer = Optional.of(new PcapWriter(
                    folder.resolve(String.format(Locale.ROOT, "%s_%05d.pcap", prefix, ++files))));
        }
        writer.orElseThrow().frame(nanoseconds, bytes, length);
    }

    @Override
    public void close() throws IOException {
        if (writer.isPresent()) {
            writer.get().close();
        }
        writer = Optional.empty();
    }
}
