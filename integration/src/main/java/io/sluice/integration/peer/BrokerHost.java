package io.sluice.integration.peer;

import io.sluice.broker.Admission;
import io.sluice.broker.Attempt;
import io.sluice.broker.Binding;
import io.sluice.broker.Connection;
import io.sluice.broker.Door;
import io.sluice.broker.Doorkeeper;
import io.sluice.broker.Ending;
import io.sluice.broker.Gateway;
import io.sluice.broker.GatewayLimits;
import io.sluice.broker.GatewaySettings;
import io.sluice.broker.Judging;
import io.sluice.broker.JumpSession;
import io.sluice.broker.Passage;
import io.sluice.broker.Refusal;
import io.sluice.broker.Tally;
import io.sluice.broker.Witness;
import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.AmendGrantRequest;
import io.sluice.control.v1.AmendGrantResponse;
import io.sluice.control.v1.AppendJournalRequest;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BindFlowResponse;
import io.sluice.control.v1.BoundFlow;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.OpenGrantResponse;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A gateway for one session whose grants lie at a real firewall. Requests: {@code open SECONDS RULES} (opens a grant; rules are
 * {@code read}, {@code write} for one register too, or {@code look} at an OPC UA server), {@code amend RULES}, {@code revoke}, {@code password} (a new one,
 * which is answered), {@code hostkey}, {@code told}.
 */
public final class BrokerHost implements Doorkeeper, JumpSession, Witness {
    private static final String READ = "- {id: g1, do: read, unit: 1}";
    private static final String WRITE = READ + "\n- {id: g2, do: write, space: holding, unit: 1, address: 100}";
    private static final String LOOK = "- {id: g1, do: [browse, read, subscribe]}";
    private static final String PERSON = "anna@acme", SESSION = "s-1", ASSET = "plc-3a";
    private static final Target MODBUS = new Target("maintenance-upload", 502),
            OPC_UA = new Target("maintenance-look", OpcNodes.PORT);

    /** What a grant leads to. */
    private record Target(String conduit, int port) {}

    private final Policy policy;
    private final CompiledPolicy compiled;
    private final ControlClient control;
    private final InetAddress jump;
    private final InetAddress device;
    private final Gateway gateway;
    private final Set<String> passwords = ConcurrentHashMap.newKeySet();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile String grant = "";
    private volatile String rules = READ;
    private volatile Target target = MODBUS;
    private volatile Instant end = Instant.MIN;
    private volatile @Nullable Connection connection;
    private int issued;

    private BrokerHost(Path folder, String socket, InetSocketAddress listen, InetAddress jump,
            InetAddress device) throws IOException, ControlException {
        String text = Files.readString(folder.resolve("policy.yaml"));
        if (!(PolicyReader.read("policy.yaml", text) instanceof PolicyReader.Result.Read read)
                || !(PolicyCompiler.compile(read.policy(), "0") instanceof PolicyCompiler.Result.Compiled done)) {
            throw new IllegalArgumentException("the policy cannot be read");
        }
        policy = read.policy();
        compiled = done.policy();
        control = ControlClient.open(folder.resolve(socket));
        this.jump = jump;
        this.device = device;
        gateway = Gateway
                .start(new GatewaySettings(listen, folder.resolve("broker/host_key"), Optional.of(folder.resolve(
                        "broker/recordings")), GatewayLimits.DEFAULT), this);
    }

    /** Arguments: the plant's folder, the name of the control socket, address and port to listen at, jump address, device. */
    public static void main(String[] a) throws Exception {
        BrokerHost host = new BrokerHost(Path.of(a[0]), a[1], new InetSocketAddress(a[2], Integer.parseInt(a[3])),
                InetAddress.ofLiteral(a[4]), InetAddress.ofLiteral(a[5]));
        Asked.serve(host::answer);
    }

    private List<String> answer(String[] words) throws ControlException {
        return switch (words[0]) {
            case "open" -> open(Integer.parseInt(words[1]), words[2]);
            case "amend" -> amend(words[1]);
            case "revoke" -> revoke();
            case "password" -> password();
            case "hostkey" -> List.of(gateway.hostKey());
            case "told" -> told;
            default -> List.of("unknown: " + words[0]);
        };
    }

    private List<String> password() {
        String fresh = "once-" + ++issued;
        passwords.add(fresh);
        return List.of(fresh);
    }

    private static String rules(String what) {
        return switch (what) {
            case "look" -> LOOK;
            case "write" -> WRITE;
            default -> READ;
        };
    }

    private List<String> open(int seconds, String what) throws ControlException {
        String yaml = rules(what);
        Target opened = what.equals("look") ? OPC_UA : MODBUS;
        OpenGrantResponse response = control.call(c -> c.openGrant(OpenGrantRequest.newBuilder().setSession(SESSION)
                .setPerson(PERSON).setConduit(opened.conduit()).setTarget(ASSET).setRulesYaml(yaml)
                .setDurationSeconds(seconds)
                .build()));
        if (!response.hasGrant()) {
            return List.of("failed: " + response);
        }
        rules = yaml;
        target = opened;
        end = Instant.now().plusSeconds(seconds);
        grant = response.getGrant().getId();
        return List.of("open");
    }

    private List<String> amend(String what) throws ControlException {
        String yaml = rules(what);
        AmendGrantResponse response = control.call(c -> c.amendGrant(AmendGrantRequest.newBuilder().setId(grant)
                .setRulesYaml(yaml).setWho("engineer").build()));
        if (!response.hasGrant()) {
            return List.of("failed: " + response);
        }
        rules = yaml;
        Connection client = connection;
        if (client != null) {
            client.amended();
        }
        return List.of("amended");
    }

    private List<String> revoke() throws ControlException {
        Connection client = connection;
        if (client != null) {
            client.end(Ending.REVOKED, "ended by the shift lead");
        }
        control.call(c -> c.revokeGrant(RevokeGrantRequest.newBuilder().setId(grant).setWho("shift lead").build()));
        end = Instant.MIN;
        return List.of("revoked");
    }

    // ---- What the gateway asks -------------------------------------------------------------------------------------------

    @Override
    public Admission password(String login, char[] oneTimePassword, InetAddress from) {
        boolean good = passwords.remove(new String(oneTimePassword)) && end.isAfter(Instant.now());
        return good ? new Admission.Admitted(this) : new Admission.Refused("wrong-password");
    }

    @Override
    public Admission key(String login, PublicKey key, InetAddress from) {
        return new Admission.Refused("unknown-key");
    }

    @Override
    public String id() {
        return SESSION;
    }

    @Override
    public String person() {
        return PERSON;
    }

    @Override
    public Duration remaining() {
        Instant now = Instant.now();
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }

    @Override
    public Optional<Duration> idleLimit() {
        return Optional.empty();
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public String welcome() {
        return "session " + SESSION;
    }

    @Override
    public boolean connected(Connection entering) {
        connection = entering;
        return true;
    }

    @Override
    public Optional<Door> door(String name, int port) {
        return name.equals(ASSET) && port == target.port()
                ? Optional
                        .of(new Door(ASSET, new InetSocketAddress(device, port), target.conduit(), "jump", jump, grant))
                : Optional.empty();
    }

    @Override
    public Binding bind(Door door, InetSocketAddress source) {
        BoundFlow flow = BoundFlow.newBuilder().setSourceAddress(source.getAddress().getHostAddress())
                .setSourcePort(source.getPort()).setTargetAddress(device.getHostAddress())
                .setTargetPort(door.device().getPort()).build();
        try {
            BindFlowResponse response = control.call(c -> c.bindFlow(BindFlowRequest.newBuilder().setGrant(grant)
                    .setFlow(flow).build()));
            return response.hasRefusal()
                    ? new Binding.Refused(response.getRefusal().getCode().name(), response.getRefusal().getSentence())
                    : new Binding.Bound();
        } catch (ControlException e) {
            return new Binding.Refused("firewall-unreachable", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<Judging> judging(Door door) {
        Grant narrow = new Grant(SESSION, PERSON, door.conduit(), ASSET, Optional.of(rules), Instant.MAX);
        return switch (new GrantCompiler(policy, compiled).compile(narrow)) {
            case GrantCompiler.Result.Compiled done -> Optional.of(new Judging(compiled, done.grant()));
            case GrantCompiler.Result.Refused _ -> Optional.empty();
        };
    }

    @Override
    public Witness witness() {
        return this;
    }

    @Override
    public void opened(Connection client, Passage passage) {
        told.add("opened " + passage.door().name());
    }

    @Override
    public void closed(Connection client, Passage passage, Tally tally, Ending ending) {
        told.add("closed " + ending.word() + " " + tally.allowed() + "/" + tally.refused());
    }

    @Override
    public void refused(Connection client, Passage passage, Refusal refusal) {
        told.add("refused " + refusal.does());
        Thread.ofVirtual().start(() -> append(refusal));
    }

    private void append(Refusal refusal) {
        try {
            control.call(c -> c.appendJournal(AppendJournalRequest.newBuilder().setType("session-refused")
                    .setPerson(PERSON).putFields("session", SESSION).putFields("does", refusal.does()).build()));
        } catch (ControlException e) {
            told.add("not in the journal: " + e.getMessage());
        }
    }

    @Override
    public void attempted(Connection client, Attempt attempt) {
        told.add("attempted " + attempt.what() + " " + attempt.detail());
    }

    @Override
    public void disconnected(Connection client, Tally tally, Ending ending) {
        told.add("disconnected " + ending.word());
    }
}
