package io.sluice.testdata.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/** The client of the recording `chunks`: its buffers are as small as they may be, its requests are not. */
public final class ChunkClient {
    /** The least that Milo accepts; OPC 10000-6 §7.1.2.3 has it four bytes smaller. */
    private static final int SMALLEST = 8_196;
    private static final int LONG = 60_000, SHORTER = 20_000;

    private ChunkClient() {}

    /** Argument: the address of the server. */
    public static void main(String[] arguments) throws Exception {
        try (Opc3Client client = Opc3Client.connect(arguments[0], Opc3Client.Wish.plain("hmi-3").chunks(SMALLEST))) {
            client.read("speed", Opc3.SPEED);
            client.write("image, 60 000 bytes", Opc3.IMAGE, noise(LONG));
            client.read("image", Opc3.IMAGE);
            client.read("curve, 5 000 numbers", Opc3.CURVE);
            client.read("300 nodes", IntStream.range(0, Opc3.TAG_COUNT).mapToObj(Opc3::tag).toArray(NodeId[]::new));
            client.writeAll("300 nodes, recipe among them", manyAndRecipe());
            client.write("image and, in the last chunk, speed = 1501", Opc3.IMAGE, noise(SHORTER), Opc3.SPEED, 1501.0);
            client.write("image and, in the last chunk, speed = 750", Opc3.IMAGE, noise(SHORTER), Opc3.SPEED, 750.0);
            client.read("speed", Opc3.SPEED);
        }
        System.exit(0);
    }

    private static List<WriteValue> manyAndRecipe() {
        List<WriteValue> writes = new ArrayList<>();
        for (int i = 0; i < Opc3.TAG_COUNT; i++) {
            writes.add(Opc3Client.writing(Opc3.tag(i), i + 1));
        }
        writes.add(200, Opc3Client.writing(Opc3.RECIPE, "stout"));
        return writes;
    }

    private static ByteString noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return ByteString.of(bytes);
    }
}
