package io.sluice.load.peer;

import io.sluice.load.gen.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;

/** Answers Modbus requests of {@link PollClient}, one at a time: {@code PollServer PORT}. */
public final class PollServer {
    private PollServer() {}

    public static void main(String... arguments) throws IOException {
        Listener.run(Integer.parseInt(arguments[0]), PollServer::answer);
    }

    private static void answer(SocketChannel connection) throws IOException {
        byte[] payload = Exchange.SHORT.answers(new SplittableRandom(1));
        ByteBuffer request = ByteBuffer.allocateDirect(Exchange.SHORT.requestBytes());
        ByteBuffer answer = ByteBuffer.allocateDirect(payload.length).put(payload);
        while (Listener.fill(connection, request)) {
            answer.putShort(0, request.getShort(0)).clear();
            Listener.writeAll(connection, answer);
        }
    }
}
