package io.sluice.testdata.record;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Base64;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** The nodes of `opc-3`, which its server makes and its clients ask for, and the words that both sides must know. */
final class Opc3 {
    /** Milo's own namespaces are 0 and 1, so the first that a server adds is 2. */
    static final int NAMESPACE = 2;
    static final String NAMESPACE_URI = "urn:sluice:line-3", SERVER_URI = "urn:sluice:opc-3";
    static final String USER = "operator", PASSWORD = "line-3 operator";

    static final NodeId LINE = named("Line3"), SPEED = named("Line3.Speed"), RECIPE = named("Line3.Recipe");
    static final NodeId TEMPERATURE = named("Line3.Temperature"), PROFILE = named("Line3.Profile");
    static final NodeId RESET = named("Line3.Reset"), STOP = named("Line3.Stop");
    static final NodeId PRESSURE = new NodeId(NAMESPACE, uint(4711));
    static final NodeId FLOW = new NodeId(NAMESPACE, UUID.fromString("09087e75-8e5e-499b-954f-f2a9603db28a"));
    static final NodeId LEVEL = new NodeId(NAMESPACE,
            ByteString.of(Base64.getDecoder().decode("TS9SYktCc1JWa2VQQ2VQY3gyNG9SQT09")));
    static final NodeId TAGS = named("Line3.Tags"), IMAGE = named("Line3.Image"), CURVE = named("Line3.Curve");

    /** How many nodes `Line3.Tag.000` and so on there are. */
    static final int TAG_COUNT = 300;

    private Opc3() {}

    static NodeId tag(int number) {
        return named("Line3.Tag.%03d".formatted(number));
    }

    static NodeId named(String name) {
        return new NodeId(NAMESPACE, name);
    }
}
