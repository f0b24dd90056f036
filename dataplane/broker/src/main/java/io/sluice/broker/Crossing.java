package io.sluice.broker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.sluice.broker.opcua.Discovery;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.RelayedConnection;
import io.sluice.engine.words.Words;
import io.sluice.rules.Verdict;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a device and the client's channel that it belongs to, on the carrier's thread. What one side sends is
 * judged at once and goes to the other; a side is read no further than the other takes: the client's window is opened again
 * for what has been written, and the device is read only while nothing much waits for the client.
 */
final class Crossing extends ChannelInboundHandlerAdapter {
    /** After the client's end of file, the device has so long to end its side, too. */
    private static final int LINGER_SECONDS = 10;

    final Client client;
    final Passage passage;
    final RelayedConnection relayed;
    private final Carrier carrier;
    private final Tunnel tunnel;
    private final @Nullable Recording recording;
    private final @Nullable Discovery discovery;
    private final int most;
    private final List<Refusal> refusals = new ArrayList<>();
    private @Nullable SocketChannel device;
    private @Nullable ByteBuf toDevice;
    /** Read from the client and not judged yet, since the other side or the client itself is slow: at most a window. */
    private final Deque<byte[]> unjudged = new ArrayDeque<>();
    /** Judged, and the client's window not opened again for. */
    private long owed;
    private boolean reading;
    private boolean clientEnded;
    private boolean deviceEnded;
    private boolean over;
    /** Counts what either side has taken. */
    private long progress;
    private long progressSeen;
    private long stalledSince;
    private long allowed;
    private long refused;
    private long bytesToDevice;
    private long bytesToClient;

    Crossing(Client client, Passage passage, RelayedConnection relayed, Carrier carrier, Tunnel tunnel,
            @Nullable Recording recording, int most) {
        this.client = client;
        this.passage = passage;
        this.relayed = relayed;
        this.carrier = carrier;
        this.tunnel = tunnel;
        this.recording = recording;
        discovery = carrier.discovery(passage.door(), relayed);
        this.most = most;
    }

    /** The device answered, and the client knows. */
    void begin(Channel connected) {
        device = (SocketChannel) connected;
        record(r -> r.opened(this));
        client.opened(this);
        read();
    }

    Tally tally() {
        return new Tally(allowed, refused, bytesToDevice, bytesToClient, over ? 0 : 1);
    }

    // ---- From the client -------------------------------------------------------------------------------------------------

    void fromClient(byte[] bytes) {
        if (over) {
            return;
        }
        client.active();
        unjudged.add(bytes);
        settle();
    }

    /**
     * Judges what the client has sent, and opens its window for that, as long as the device takes requests and the client
     * takes answers: what nobody answers yet must not become more and more.
     */
    private void settle() {
        while (!over && !unjudged.isEmpty() && takes()) {
            byte[] bytes = unjudged.remove();
            owed += bytes.length;
            boolean goesOn = carrier.fromClient(this, bytes);
            flush();
            tell(goesOn);
            if (!goesOn) {
                end(Ending.REFUSED);
            }
        }
        if (!over && owed > 0 && takes()) {
            long release = owed;
            owed = 0;
            tunnel.release(release);
        }
        if (!over && clientEnded && unjudged.isEmpty()) {
            clientEnded = false;
            shutOutput();
        }
    }

    private boolean takes() {
        SocketChannel socket = device;
        return socket != null && socket.isWritable() && tunnel.waiting() <= most / 2;
    }

    /** The client sends no more. */
    void clientEnded() {
        clientEnded = true;
        settle();
    }

    private void shutOutput() {
        SocketChannel socket = device;
        if (socket != null) {
            var _ = socket.shutdownOutput();
        }
        var _ = carrier.loop.schedule(() -> end(Ending.CLOSED), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    /** The client's channel is closed. */
    void clientGone() {
        end(Ending.CLOSED);
    }

    // ---- From the device -------------------------------------------------------------------------------------------------

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (over) {
                return;
            }
            client.active();
            boolean goesOn = carrier.fromDevice(this, bytes);
            tunnel.flush();
            tell(goesOn);
            if (!goesOn) {
                end(Ending.REFUSED);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !over) {
            deviceEnded = true;
            finishIfEmpty();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        settle();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deviceEnded = true;
        finishIfEmpty();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(Ending.DEVICE);
    }

    // ---- Judged ----------------------------------------------------------------------------------------------------------

    void passes(boolean toServer, MemorySegment bytes, long at, int length) {
        if (relayed.flow().service() == null) {
            record(r -> r.bytes(this, toServer, bytes, at, length));
        }
        if (!toServer) {
            bytesToClient += length;
            if (discovery == null) {
                tunnel.add(bytes, at, length);
            } else {
                discovery.fromDevice(bytes, at, length, tunnel::add);
            }
            return;
        }
        if (discovery != null) {
            discovery.fromClient(bytes, at, length);
        }
        bytesToDevice += length;
        SocketChannel socket = device;
        if (socket != null) {
            ByteBuf out = toDevice;
            if (out == null) {
                out = socket.alloc().directBuffer(length);
                toDevice = out;
            }
            out.writeBytes(bytes.asSlice(at, length).asByteBuffer());
        }
    }

    void answers(MemorySegment bytes, long at, int length) {
        tunnel.add(bytes, at, length);
    }

    void judged(MessageEvent event) {
        if (event.allowed()) {
            allowed += event.request() && !event.part() ? 1 : 0;
            record(r -> r.message(this, event, ""));
            return;
        }
        refused++;
        String rule = event.rule() == Verdict.DEFAULT ? "default" : event.policy().rules().get(event.rule()).id();
        Refusal refusal = new Refusal(event.nanos(), event.fromClient(), Words.does(event), event.reason().word(), rule,
                Words.detail(event), false);
        refusals.add(refusal);
        record(r -> r.message(this, event, "refused: " + refusal.does() + " (" + refusal.reason() + ", rule "
                + rule + ")"));
    }

    /** All refusals but the one that ends the connection were answered. */
    private void tell(boolean goesOn) {
        for (int i = 0; i < refusals.size(); i++) {
            Refusal refusal = refusals.get(i);
            boolean answered = refusal.fromClient() && (goesOn || i < refusals.size() - 1);
            client.refused(this, answered ? refusal.andAnswered() : refusal);
        }
        refusals.clear();
    }

    // ---- To both ---------------------------------------------------------------------------------------------------------

    private void flush() {
        ByteBuf out = toDevice;
        SocketChannel socket = device;
        if (out != null && socket != null) {
            toDevice = null;
            var _ = socket.writeAndFlush(out).addListener(written -> {
                if (written.isSuccess()) {
                    progress++;
                    settle();
                } else {
                    end(Ending.DEVICE);
                }
            });
        }
        tunnel.flush();
    }

    private void read() {
        SocketChannel socket = device;
        if (!over && !deviceEnded && !reading && socket != null && tunnel.waiting() <= most / 2) {
            reading = true;
            socket.read();
        }
    }

    /** The client has taken what waited for it. */
    void clientTook() {
        if (over) {
            return;
        }
        progress++;
        read();
        settle();
        finishIfEmpty();
    }

    private void finishIfEmpty() {
        if (deviceEnded && !over && tunnel.waiting() == 0) {
            end(Ending.CLOSED);
        }
    }

    /** Whether a side has refused for so long to take what is for it. */
    boolean stalled(long now, long nanos) {
        SocketChannel socket = device;
        boolean waits = owed > 0 || !unjudged.isEmpty() || tunnel.waiting() > most / 2
                || (socket != null && !socket.isWritable());
        if (!waits || progress != progressSeen) {
            progressSeen = progress;
            stalledSince = now;
            return false;
        }
        return now - stalledSince > nanos;
    }

    /** Ends it at both ends, once. What was to be written and could not be yet is lost, except where a side closed it. */
    void end(Ending why) {
        if (over) {
            return;
        }
        over = true;
        record(r -> r.closed(this, why));
        unjudged.clear();
        if (discovery != null) {
            discovery.close();
        }
        if (toDevice != null) {
            toDevice.release();
            toDevice = null;
        }
        SocketChannel socket = device;
        if (socket != null) {
            if (why != Ending.CLOSED && socket.isActive()) {
                socket.config().setSoLinger(0); // the device learns it at once, by a RST
            }
            var _ = socket.close();
        }
        tunnel.finish();
        carrier.close(relayed);
        client.closed(this, why);
    }

    private interface Entry {
        void write(Recording recording) throws IOException;
    }

    private void record(Entry entry) {
        if (recording != null) {
            try {
                entry.write(recording);
            } catch (IOException e) {
                client.end(Ending.GATEWAY, "the recording of this session cannot be written, so it ends");
            }
        }
    }
}
