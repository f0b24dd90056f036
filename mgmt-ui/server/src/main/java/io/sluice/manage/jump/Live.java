package io.sluice.manage.jump;

import io.sluice.broker.Connection;
import io.sluice.broker.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session that is not over: its state, what the firewall has open for it, and who is connected. */
final class Live {
    private Jump jump;
    private Activity activity;
    /** What may be done now, by conduit. */
    private Map<String, String> rules;
    private String trouble = "";
    private final Map<Target, Opened> opened = new LinkedHashMap<>();
    private final Map<Connection, String> connections = new LinkedHashMap<>();

    /** A grant, and the rules that the firewall has for it. */
    record Opened(String grant, String rules) {}

    Live(Jump jump, Activity activity, Map<String, String> rules) {
        this.jump = jump;
        this.activity = activity;
        this.rules = rules;
    }

    synchronized Jump jump() {
        return jump;
    }

    synchronized Activity activity() {
        return activity;
    }

    synchronized Map<String, String> rules() {
        return rules;
    }

    synchronized void become(Jump other, Map<String, String> otherRules) {
        jump = other;
        rules = otherRules;
    }

    synchronized void record(Activity now) {
        activity = now;
    }

    /** Why the firewall does not permit now what it should; empty: it does. */
    synchronized String trouble() {
        return trouble;
    }

    synchronized void trouble(String sentence) {
        trouble = sentence;
    }

    synchronized Map<Target, Opened> opened() {
        return Map.copyOf(opened);
    }

    synchronized Optional<Opened> opened(Target target) {
        return Optional.ofNullable(opened.get(target));
    }

    synchronized void opened(Target target, Opened now) {
        opened.put(target, now);
    }

    synchronized void closed(Target target) {
        opened.remove(target);
    }

    synchronized List<Connection> connections() {
        return List.copyOf(connections.keySet());
    }

    synchronized Optional<String> visit(Connection connection) {
        return Optional.ofNullable(connections.get(connection));
    }

    synchronized Optional<Connection> connection(String visit) {
        return connections.entrySet().stream().filter(e -> e.getValue().equals(visit)).map(Map.Entry::getKey)
                .findFirst();
    }

    synchronized void entered(Connection connection, String visit) {
        connections.put(connection, visit);
    }

    synchronized void left(Connection connection) {
        connections.remove(connection);
    }

    /** Of connections that stand. */
    Tally tally() {
        Tally sum = Tally.NOTHING;
        for (Connection connection : new ArrayList<>(connections())) {
            sum = sum.plus(connection.tally());
        }
        return sum;
    }

    JumpState state(Instant now) {
        return jump().state(now, !connections().isEmpty());
    }
}
