package io.sluice.broker.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.FindServersResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.SignedSoftwareCertificate;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** Answers of servers, made and read by Milo, and chunks around them. */
final class Answers {
    static final String NO_SECURITY = "http://opcfoundation.org/UA/SecurityPolicy#None";
    private static final int CHANNEL = 7, TOKEN = 9;

    private Answers() {}

    private static ResponseHeader header() {
        DiagnosticInfo inner = new DiagnosticInfo(1, 2, 3, 4, "inner", StatusCode.BAD, null);
        return new ResponseHeader(DateTime.now(), uint(5), StatusCode.GOOD,
                new DiagnosticInfo(-1, 2, -1, 4, "outer", null, inner), new String[]{"a", "b"}, null);
    }

    static ApplicationDescription application(String... urls) {
        return new ApplicationDescription("urn:plc", "urn:product", new LocalizedText("de", "Kran ä"),
                ApplicationType.Server, null, "profile", urls);
    }

    static EndpointDescription endpoint(String url, int certificate, String... urls) {
        return new EndpointDescription(url, application(urls), ByteString.of(new byte[certificate]),
                MessageSecurityMode.None, NO_SECURITY, new UserTokenPolicy[]{
                        new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null),
                        new UserTokenPolicy("user", UserTokenType.UserName, "a", "b", NO_SECURITY)},
                "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary", ubyte(3));
    }

    static GetEndpointsResponse endpoints(EndpointDescription... endpoints) {
        return new GetEndpointsResponse(header(), endpoints);
    }

    static FindServersResponse servers(ApplicationDescription... servers) {
        return new FindServersResponse(header(), servers);
    }

    static CreateSessionResponse session(EndpointDescription... endpoints) {
        return new CreateSessionResponse(header(), new NodeId(1, "session"), new NodeId(0, ByteString.of(new byte[32])),
                60_000.0, ByteString.of(new byte[32]), ByteString.NULL_VALUE, endpoints,
                new SignedSoftwareCertificate[]{
                        new SignedSoftwareCertificate(ByteString.of(new byte[3]), ByteString.NULL_VALUE)},
                new SignatureData("none", ByteString.NULL_VALUE), uint(1 << 20));
    }

    static byte[] encode(UaMessageType message) {
        ByteBuf buffer = Unpooled.buffer();
        new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE).setBuffer(buffer).encodeMessage(null, message);
        return ByteBufUtil.getBytes(buffer);
    }

    static UaMessageType decode(byte[] message) {
        return new OpcUaBinaryDecoder(DefaultEncodingContext.INSTANCE).setBuffer(Unpooled.wrappedBuffer(message))
                .decodeMessage(null);
    }

    // ---- Chunks ----------------------------------------------------------------------------------------------------------

    static byte[] hello(String url, int receive, int message, int chunks) {
        byte[] text = url.getBytes(StandardCharsets.UTF_8);
        return little(32 + text.length).put(ascii("HELF")).putInt(32 + text.length).putInt(0).putInt(receive)
                .putInt(65_535).putInt(message).putInt(chunks).putInt(text.length).put(text).array();
    }

    static byte[] acknowledge(int send) {
        return little(28).put(ascii("ACKF")).putInt(28).putInt(0).putInt(65_535).putInt(send).putInt(0).putInt(0)
                .array();
    }

    static byte[] open(String policy, int number) {
        byte[] text = ascii(policy);
        int size = 12 + 4 + text.length + 8 + 8 + 20;
        return little(size).put(ascii("OPNF")).putInt(size).putInt(CHANNEL).putInt(text.length).put(text).putInt(-1)
                .putInt(-1).putInt(number).putInt(1).array();
    }

    /** A message in chunks of so many bytes of it at most, numbered from {@code first}. */
    static byte[] chunks(byte[] message, int share, int first, int request) {
        int count = (message.length + share - 1) / share;
        byte[] chunks = new byte[message.length + 24 * count];
        ByteBuffer out = ByteBuffer.wrap(chunks).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            int from = i * share;
            int to = Math.min(message.length, from + share);
            out.put(ascii(i == count - 1 ? "MSGF" : "MSGC")).putInt(24 + to - from).putInt(CHANNEL).putInt(TOKEN)
                    .putInt(first + i).putInt(request).put(message, from, to - from);
        }
        return chunks;
    }

    /** Takes chunks apart: the messages in them; their numbers are added to a list, in order. */
    static byte[] message(byte[] chunks, int most, List<Integer> numbers) {
        ByteBuffer in = ByteBuffer.wrap(chunks).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(chunks.length);
        while (in.hasRemaining()) {
            int at = in.position();
            int size = in.getInt(at + 4);
            boolean last = at + size == chunks.length;
            if (in.getInt(at + 8) != CHANNEL || in.getInt(at + 12) != TOKEN || in.get(at + 3) != (last ? 'F' : 'C')
                    || size > most || size <= 24) {
                throw new AssertionError("a chunk of " + size + " bytes at " + at);
            }
            numbers.add(in.getInt(at + 16));
            out.put(chunks, at + 24, size - 24);
            in.position(at + size);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
