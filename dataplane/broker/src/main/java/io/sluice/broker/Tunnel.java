package io.sluice.broker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelAsyncOutputStream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of a {@link Crossing}: an SSH channel of type {@code direct-tcpip} (RFC 4254 §7.2). What the library calls,
 * on its own threads, goes to the carrier's; what is sent, the carrier's thread sends.
 */
final class Tunnel extends AbstractServerChannel {
    private static final int FINISH_SECONDS = 2;

    private final Client client;
    private final EventLoop loop;
    private final OpenFuture opened = new DefaultOpenFuture(this, this);
    private @Nullable ChannelAsyncOutputStream out;
    private volatile @Nullable Crossing crossing;

    private byte[] next = {};
    private int gathered;
    private int onItsWay;
    private boolean finishing;

    Tunnel(Client client, EventLoop loop) {
        super("", List.of(), null);
        this.client = client;
        this.loop = loop;
        addCloseFutureListener(_ -> loop.execute(this::gone));
    }

    private void gone() {
        Crossing carried = crossing;
        if (carried != null) {
            carried.clientGone();
        }
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        String host = buffer.getString();
        int port = buffer.getInt();
        // Who connected at the client's computer, RFC 4254 §7.2: nobody vouches for it.
        buffer.getString();
        buffer.getInt();
        client.open(this, host, port);
        return opened;
    }

    /** The device answered: the client hears it before it is sent anything. */
    void open(Crossing carried) {
        out = new ChannelAsyncOutputStream(this, SshConstants.SSH_MSG_CHANNEL_DATA);
        crossing = carried;
        signalChannelOpenSuccess();
        opened.setOpened();
    }

    /** There will be no connection. */
    void refuse(int reason, String sentence) {
        Refusing.refuse(this, service, reason, sentence);
    }

    // ---- What the client sends -------------------------------------------------------------------------------------------

    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        byte[] copy = Arrays.copyOfRange(data, offset, offset + (int) length);
        Crossing carried = crossing;
        if (carried != null) {
            loop.execute(() -> carried.fromClient(copy));
        }
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        throw new IOException("a connection to a device has one stream only");
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        Crossing carried = crossing;
        if (carried != null) {
            loop.execute(carried::clientEnded);
        }
    }

    @Override
    public void handleWindowAdjust(Buffer buffer) throws IOException {
        super.handleWindowAdjust(buffer);
        ChannelAsyncOutputStream stream = out;
        if (stream != null) {
            stream.onWindowExpanded();
        }
    }

    /** What was read has gone on: the client may send as much again. */
    void release(long bytes) {
        try {
            getLocalWindow().release(bytes);
        } catch (IOException e) {
            close(true);
        }
    }

    // ---- What is sent to the client --------------------------------------------------------------------------------------

    /** Bytes that the client has not taken yet. */
    int waiting() {
        return gathered + onItsWay;
    }

    /** Gathers bytes for {@link #flush}. */
    void add(MemorySegment bytes, long at, int length) {
        if (next.length < gathered + length) {
            next = Arrays.copyOf(next, Math.max(gathered + length, 256));
        }
        MemorySegment.copy(bytes, JAVA_BYTE, at, next, gathered, length);
        gathered += length;
    }

    /** Sends what was gathered, as soon as what was sent before has been taken. */
    void flush() {
        ChannelAsyncOutputStream stream = out;
        if (onItsWay > 0 || gathered == 0 || stream == null) {
            return;
        }
        onItsWay = gathered;
        gathered = 0;
        ByteArrayBuffer bytes = new ByteArrayBuffer(next, 0, onItsWay, true);
        next = new byte[0];
        try {
            stream.writeBuffer(bytes).addListener(sent -> loop.execute(() -> sent(sent.isWritten())));
        } catch (IOException e) {
            loop.execute(() -> sent(false));
        }
    }

    private void sent(boolean written) {
        onItsWay = 0;
        Crossing carried = crossing;
        if (!written) {
            close(true);
        } else if (gathered > 0) {
            flush();
        } else if (finishing) {
            close(false);
        }
        if (carried != null && written) {
            carried.clientTook();
        }
    }

    /** Closes it once what was gathered has been sent, or soon. */
    void finish() {
        flush();
        finishing = true;
        if (waiting() == 0) {
            close(false);
        } else {
            var _ = loop.schedule(() -> close(false), FINISH_SECONDS, TimeUnit.SECONDS);
        }
    }
}
