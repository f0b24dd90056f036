package io.sluice.broker;

import io.sluice.capture.LinkTypes;
import io.sluice.capture.PcapngWriter;
import io.sluice.engine.MessageEvent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What crossed in one SSH connection, as a pcapng file that every analyser reads and {@code sluice replay} judges: each
 * message that passed between gateway and device, and in its place each that was refused, with a comment that says so. The
 * gateway's own refusals are not in it, since no device sent them. On the carrier's thread.
 */
final class Recording {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path file;
    private final PcapngWriter writer;
    private final RecordedFrames frames = new RecordedFrames();
    private final int link;
    private final String session;
    private final Map<Crossing, Stream> streams = new HashMap<>();
    private boolean closed;

    /** Where both directions of a crossing stand. */
    private static final class Stream {
        int toDevice = 1000;
        int toClient = 5000;
    }

    private Recording(Path file, PcapngWriter writer, int link, String session) {
        this.file = file;
        this.writer = writer;
        this.link = link;
        this.session = session;
    }

    /** A new file in a folder, readable by its owner only. */
    static Recording create(Path folder, Client client) throws IOException {
        String id = client.jump.id();
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IOException("`" + id + "` is no name for a file");
        }
        Files.createDirectories(folder);
        Path file = folder.resolve(id + "-" + START.format(client.since()) + ".pcapng");
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        PcapngWriter writer = PcapngWriter.to(channel);
        String session = "session " + id;
        int link = writer.addInterface(LinkTypes.ETHERNET, 0, "jump", session + " of " + client.jump.person(), 9);
        return new Recording(file, writer, link, session);
    }

    Path file() {
        return file;
    }

    /** The device has answered. */
    void opened(Crossing crossing) throws IOException {
        Stream stream = new Stream();
        streams.put(crossing, stream);
        frame(crossing, stream, true, RecordedFrames.SYN, MemorySegment.NULL, 0, 0, "to " + crossing.passage.door()
                .name());
        frame(crossing, stream, false, RecordedFrames.SYN | RecordedFrames.ACK, MemorySegment.NULL, 0, 0, "");
        frame(crossing, stream, true, RecordedFrames.ACK, MemorySegment.NULL, 0, 0, "");
    }

    /** A message, whatever became of it. */
    void message(Crossing crossing, MessageEvent event, String comment) throws IOException {
        write(crossing, event.fromClient(), event.bytes(), event.at(), event.size(), comment);
    }

    /** Bytes of a connection that is not looked into. */
    void bytes(Crossing crossing, boolean toDevice, MemorySegment bytes, long at, int length) throws IOException {
        write(crossing, toDevice, bytes, at, length, "");
    }

    private void write(Crossing crossing, boolean toDevice, MemorySegment bytes, long at, int length, String comment)
            throws IOException {
        Stream stream = streams.get(crossing);
        if (stream == null) {
            return;
        }
        for (int done = 0; done < length;) {
            int piece = Math.min(RecordedFrames.MOST, length - done);
            boolean last = done + piece == length;
            frame(crossing, stream, toDevice, RecordedFrames.PSH | RecordedFrames.ACK, bytes, at + done, piece,
                    last ? comment : "");
            done += piece;
        }
    }

    /** A crossing is over. */
    void closed(Crossing crossing, Ending why) throws IOException {
        Stream stream = streams.remove(crossing);
        if (stream == null) {
            return;
        }
        int flags = why == Ending.CLOSED
                ? RecordedFrames.FIN | RecordedFrames.ACK
                : RecordedFrames.RST
                        | RecordedFrames.ACK;
        frame(crossing, stream, true, flags, MemorySegment.NULL, 0, 0, "ended: " + why.word());
        if (why == Ending.CLOSED) {
            frame(crossing, stream, false, flags, MemorySegment.NULL, 0, 0, "");
            frame(crossing, stream, true, RecordedFrames.ACK, MemorySegment.NULL, 0, 0, "");
        }
        writer.flush();
    }

    private void frame(Crossing crossing, Stream stream, boolean toDevice, int flags, MemorySegment payload, long at,
            int length, String comment) throws IOException {
        InetSocketAddress gateway = crossing.passage.source();
        InetSocketAddress device = crossing.passage.door().device();
        int sequence = toDevice ? stream.toDevice : stream.toClient;
        int other = toDevice ? stream.toClient : stream.toDevice;
        int acknowledged = (flags & RecordedFrames.ACK) != 0 ? other : 0;
        int size = frames.write(gateway, device, toDevice, sequence, acknowledged, flags, payload, at, length);
        int next = sequence + length + ((flags & (RecordedFrames.SYN | RecordedFrames.FIN)) != 0 ? 1 : 0);
        if (toDevice) {
            stream.toDevice = next;
        } else {
            stream.toClient = next;
        }
        Instant now = Instant.now();
        writer.write(link, now.getEpochSecond() * 1_000_000_000L + now.getNano(), frames.frame(), 0, size, size,
                comment.isEmpty() ? session : session + "; " + comment);
    }

    /** Hands what was gathered to the file. */
    void flush() throws IOException {
        writer.flush();
    }

    /** Nothing more comes. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        frames.close();
        try {
            writer.close();
        } catch (IOException e) {
            // Nothing crosses any more that would have to be kept; what could be written is there.
        }
    }
}
