package io.sluice.manage;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A firewall and a management server whose policy offers jump sessions, with people: {@code anna} administers, {@code carl} is a
 * contractor, {@code erik} and {@code eva} approve, {@code olga} is an operator.
 */
final class JumpPlant implements AutoCloseable {
    static final String POLICY = """
            policy: jump
            mode: enforce
            timezone: Europe/Paris
            zones:
              cell: {ports: [cell]}
              plant: {ports: [plant]}
              jump: {broker: true}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
              plc-b: {zone: cell, address: 10.3.1.11}
              opc: {zone: cell, address: 10.3.1.20}
            windows:
              saturday: {days: [sat], hours: "06:00-10:00"}
              shift: {days: mon-fri, hours: "06:00-14:00"}
            conduits:
              upload:
                from: jump
                to: cell
                protocol: modbus
                allow:
                  - {id: m1, do: read, unit: 1}
                  - {id: m2, do: write, unit: 1, space: holding, address: 100..119, value: 0..1500}
                deny:
                  - {id: m9, do: write, address: 118, because: "safety trip limit"}
              look:
                from: jump
                to: opc
                protocol: opcua
                allow:
                  - {id: o1, do: [browse, read]}
            sessions:
              acme-service:
                who: {group: vendor-acme}
                use: [upload, look]
                approve: {by: shift-lead, within: 15m}
                limit: {duration: 2h, idle: 10m}
              acme-weekend:
                who: {group: vendor-acme}
                use: upload
                approve: {by: shift-lead, count: 2, within: 15m}
                limit: {window: saturday, duration: 8h}
              acme-strict:
                who: {group: vendor-acme, mfa: required, networks: [10.99.0.0/16]}
                use: upload
                approve: {by: shift-lead, within: 15m, window: shift}
                limit: {duration: 1h}
            """;

    final RunningFirewall firewall;
    final Served served;
    final Map<String, Browser> people = new HashMap<>();

    JumpPlant(Path folder, String more, InstantSource clock) throws Exception {
        this(folder, POLICY, more, clock);
    }

    /** @param more lines of the settings */
    JumpPlant(Path folder, String policy, String more, InstantSource clock) throws Exception {
        firewall = new RunningFirewall(folder, policy);
        served = new Served(folder, more, clock);
        Browser anna = served.setUp("anna");
        people.put("anna", anna);
        add("carl", List.of("requester"), List.of("vendor-acme"));
        add("erik", List.of("approver", "requester"), List.of("shift-lead", "vendor-acme"));
        add("eva", List.of("approver"), List.of("shift-lead"));
        add("olga", List.of("operator", "viewer"), List.of());
    }

    private void add(String name, List<String> roles, List<String> groups) throws Exception {
        String link = who("anna").post("/api/users", Map.of("user", name, "roles", roles, "groups", groups)).json()
                .get("link").asText();
        Browser browser = new Browser(served.server);
        browser.post("/api/password", Map.of("token", link.substring(link.indexOf('#') + 1), "password",
                Served.PASSWORD));
        browser.post("/api/session", Map.of("user", name, "password", Served.PASSWORD));
        people.put(name, browser);
    }

    Browser who(String name) {
        Browser browser = people.get(name);
        if (browser == null) {
            throw new AssertionError("nobody is called " + name);
        }
        return browser;
    }

    static Map<String, Object> wish(String rule, String access, String... assets) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("rule", rule);
        wish.put("targets", List.of(assets).stream().map(a -> Map.of("conduit", a.equals("opc") ? "look" : "upload",
                "asset", a)).toList());
        wish.put("access", access);
        return wish;
    }

    /** Asks, and returns the session as it is then. */
    JsonNode request(String person, Map<String, Object> wish) throws Exception {
        Map<String, Object> with = new HashMap<>(wish);
        with.put("reason", "drive replaced");
        Browser.Page page = who(person).post("/api/jump/sessions", with);
        if (page.status() != 201) {
            throw new AssertionError(page.status() + " " + page.text());
        }
        return page.json();
    }

    Browser.Page act(String person, String id, String act, @Nullable Object body) throws Exception {
        return who(person).post("/api/jump/sessions/" + id + "/" + act, body);
    }

    JsonNode session(String person, String id) throws Exception {
        return who(person).get("/api/jump/sessions/" + id).json();
    }

    @Override
    public void close() {
        people.values().forEach(Browser::close);
        served.close();
        firewall.close();
    }
}
