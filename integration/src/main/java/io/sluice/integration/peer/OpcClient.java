package io.sluice.integration.peer;

import static io.sluice.integration.peer.OpcNodes.node;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/**
 * An OPC UA client, by Milo, without security. Requests: {@code connect ADDRESS PORT CHUNK} (it comes back by itself when it is cut off), {@code close},
 * {@code read NODE…}, {@code write NODE VALUE [NODE VALUE]…} (a number, {@code bytes:N} or a text), {@code call NODE},
 * {@code browse NODE}, {@code subscribe NODE [INTERVALS]} (silent for so many intervals, of 0.1 s, when there is nothing to tell),
 * {@code discover URL} (connects to what the server at a URL says that it is, and compares what the session says; answers the URL),
 * {@code servers URL} (their discovery URLs), {@code changes} (what the subscription has told so far), {@code crowd ADDRESS N} (N clients at once, each of which reads and writes).
 */
public final class OpcClient {
    private static final int PATIENCE_MILLISECONDS = 5_000, MESSAGE = 1 << 21, DEPTH = 64, WIDEST = 65_535;
    private static final int HEARTBEAT_MILLISECONDS = 600_000, CROWD_ROUNDS = 3, CONNECT_SECONDS = 20, SILENCE = 10,
            LIFETIMES = 100;

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private @Nullable OpcUaClient client;

    private OpcClient() {}

    public static void main(String[] arguments) throws Exception {
        Asked.serve(new OpcClient()::answer);
    }

    private List<String> answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "connect" -> connect(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "discover" -> discover(words[1]);
            case "servers" -> DiscoveryClient.findServers(words[1]).get().stream()
                    .flatMap(server -> Arrays.stream(Objects.requireNonNull(server.getDiscoveryUrls()))).toList();
            case "close" -> close();
            case "read" -> said(() -> read(current(), words));
            case "write" -> said(() -> write(current(), words));
            case "call" -> said(() -> call(words[1]));
            case "browse" -> said(() -> browse(words[1]));
            case "subscribe" ->
                said(() -> subscribe(words[1], words.length > 2 ? Integer.parseInt(words[2]) : SILENCE));
            case "changes" -> List.copyOf(changes);
            case "crowd" -> crowd(words[1], Integer.parseInt(words[2]));
            default -> List.of("unknown: " + words[0]);
        };
    }

    private interface Request {
        List<String> send() throws Exception;
    }

    private static List<String> said(Request request) throws Exception {
        try {
            return request.send();
        } catch (UaException e) {
            return List.of("fault " + name(e.getStatusCode()));
        }
    }

    private OpcUaClient current() {
        return Objects.requireNonNull(client, "not connected");
    }

    private List<String> connect(String address, int port, int chunk) throws Exception {
        close();
        try {
            client = open(address, port, chunk);
            return List.of("connected");
        } catch (UaException | ExecutionException e) {
            return List.of("not connected: " + e.getMessage());
        }
    }

    /** As a client's user does who knows a URL and no more. */
    private List<String> discover(String url) throws Exception {
        close();
        try {
            OpcUaClient made = OpcUaClient.create(url, found -> found.stream().findFirst(), _ -> {
            }, config -> config.setSessionEndpointValidationEnabled(true)
                    .setRequestTimeout(uint(PATIENCE_MILLISECONDS)));
            client = made;
            made.connectAsync().get(CONNECT_SECONDS, TimeUnit.SECONDS);
            return List.of(String.valueOf(made.getConfig().getEndpoint().getEndpointUrl()));
        } catch (UaException | ExecutionException | TimeoutException e) {
            return List.of("not connected: " + e);
        }
    }

    private static OpcUaClient open(String address, int port, int chunk) throws Exception {
        EndpointDescription offered = DiscoveryClient.getEndpoints("opc.tcp://" + address + ":" + port).get()
                .getFirst();
        OpcUaClient made = OpcUaClient.create(OpcUaClientConfig.builder()
                .setEndpoint(EndpointUtil.updateUrl(offered, address, port)).setApplicationUri("urn:sluice:hmi-3")
                .setApplicationName(LocalizedText.english("hmi-3")).setSessionName(() -> "hmi-3")
                .setIdentityProvider(new AnonymousProvider()).setRequestTimeout(uint(PATIENCE_MILLISECONDS))
                .setKeepAliveInterval(uint(HEARTBEAT_MILLISECONDS))
                .setEncodingLimits(new EncodingLimits(chunk, MESSAGE / chunk, MESSAGE, DEPTH)).build());
        made.connect();
        return made;
    }

    private List<String> close() {
        changes.clear();
        if (client != null) {
            try {
                client.disconnect();
            } catch (UaException e) {
                // It was cut off before.
            }
            client = null;
        }
        return List.of("closed");
    }

    private static List<String> read(OpcUaClient by, String[] words) throws UaException {
        List<NodeId> nodes = Arrays.stream(words).skip(1).map(OpcNodes::node).toList();
        return by.readValues(0, TimestampsToReturn.Neither, nodes).stream().map(OpcClient::value).toList();
    }

    private static List<String> write(OpcUaClient by, String[] words) throws UaException {
        List<NodeId> nodes = new ArrayList<>();
        List<DataValue> values = new ArrayList<>();
        for (int i = 1; i < words.length; i += 2) {
            nodes.add(node(words[i]));
            values.add(DataValue.valueOnly(new Variant(value(words[i + 1]))));
        }
        return by.writeValues(nodes, values).stream().map(OpcClient::name).toList();
    }

    private static Object value(String word) {
        if (word.startsWith("bytes:")) {
            byte[] bytes = new byte[Integer.parseInt(word.substring("bytes:".length()))];
            new Random(bytes.length).nextBytes(bytes);
            return ByteString.of(bytes);
        }
        return Character.isDigit(word.charAt(0)) ? (Object) Double.valueOf(word) : word;
    }

    private List<String> call(String method) throws UaException {
        var results = current().call(List.of(new CallMethodRequest(node("Line3"), node(method), new Variant[0])))
                .getResults();
        return List.of(name(Objects.requireNonNull(results)[0].getStatusCode()));
    }

    private List<String> browse(String name) throws UaException {
        ReferenceDescription[] found = current().browse(new BrowseDescription(node(name), BrowseDirection.Forward,
                NodeIds.HierarchicalReferences, true, uint(0), uint(63))).getReferences();
        return Arrays.stream(Objects.requireNonNull(found)).map(reference -> reference.getBrowseName().getName())
                .map(String::valueOf).toList();
    }

    private List<String> subscribe(String name, int silence) throws UaException {
        OpcUaSubscription subscription = new OpcUaSubscription(current(), 100.0);
        subscription.setMaxKeepAliveCount(uint(silence));
        subscription.setLifetimeCount(uint(LIFETIMES * silence));
        subscription.create();
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node(name));
        item.setSamplingInterval(20.0);
        item.setQueueSize(uint(50));
        item.setDataValueListener((from, value) -> changes.add(value(value)));
        subscription.addMonitoredItem(item);
        subscription.synchronizeMonitoredItems();
        return List.of("subscribed");
    }

    /** All at once, each on a connection of its own; a line for each that did not get what it asked for. */
    private static List<String> crowd(String address, int size) throws Exception {
        List<String> lines = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<OpcUaClient> members = new ArrayList<>();
            for (Future<OpcUaClient> each : threads
                    .invokeAll(times(size, () -> open(address, OpcNodes.PORT, WIDEST)))) {
                members.add(each.get());
            }
            List<Callable<List<String>>> rounds = new ArrayList<>();
            members.forEach(member -> rounds.add(() -> round(member)));
            for (Future<List<String>> each : threads.invokeAll(rounds)) {
                lines.addAll(each.get());
            }
            for (OpcUaClient member : members) {
                member.disconnect();
            }
        }
        lines.removeIf("as asked"::equals);
        return lines;
    }

    private static <T> List<Callable<T>> times(int count, Callable<T> task) {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(task);
        }
        return tasks;
    }

    private static List<String> round(OpcUaClient member) throws UaException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < CROWD_ROUNDS; i++) {
            List<String> read = read(member, new String[]{"read", "Line3.Recipe"});
            List<String> written = write(member, new String[]{"write", "Line3.Pressure", "7"});
            boolean good = read.equals(List.of("water")) && written.equals(List.of("Good"));
            lines.add(good ? "as asked" : read + " " + written);
        }
        return lines;
    }

    /** A value in brief: of an array its size and a number that depends on every element. */
    private static String value(DataValue value) {
        if (value.getStatusCode().isBad()) {
            return name(value.getStatusCode());
        }
        Object content = value.getValue().getValue();
        if (content instanceof Object[] array) {
            return array.length + " elements " + Arrays.hashCode(array);
        }
        return content instanceof ByteString bytes
                ? bytes.length() + " bytes " + Arrays.hashCode(bytes.bytes())
                : String.valueOf(content);
    }

    private static String name(StatusCode code) {
        return code.isGood() ? "Good" : StatusCodes.lookup(code.getValue()).map(names -> names[0]).orElse("?");
    }
}
