package io.sluice.manage.route;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.broker.GatewayCounts;
import io.sluice.manage.identity.Passwords;
import io.sluice.manage.jump.JumpSessions;
import java.util.function.ToDoubleFunction;

/** Metrics of the management server itself. Names begin with {@code sluice_manage_}. */
public final class OwnMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** @param sessions whose gateway is counted, where there is one */
    public OwnMetrics(Passwords passwords, JumpSessions sessions) {
        FunctionCounter.builder("sluice.manage.password.hashes", passwords, Passwords::computed)
                .description("passwords that were compared").register(registry);
        for (var pool : java.lang.management.ManagementFactory.getMemoryPoolMXBeans()) {
            Gauge.builder("sluice.manage.memory.bytes", pool, p -> p.getUsage().getUsed()).tag("pool", pool.getName())
                    .register(registry);
        }
        if (sessions.counts().isPresent()) {
            gateway(sessions);
        }
    }

    private void gateway(JumpSessions sessions) {
        String connections = "connections to the gateway for jump sessions, by what became of them";
        count(sessions, "connections", "let-to-speak", connections, GatewayCounts::accepted);
        count(sessions, "connections", "closed-at-once", connections, GatewayCounts::limited);
        count(sessions, "connections", "admitted", connections, GatewayCounts::admitted);
        count(sessions, "logins", "refused", "wrong passwords and keys", GatewayCounts::refused);
        String discovery = "answers of OPC UA servers that name addresses, by whether these lead through the tunnel";
        count(sessions, "discovery", "rewritten", discovery, GatewayCounts::readdressed);
        count(sessions, "discovery", "as-it-was", discovery, GatewayCounts::addressed);
        Gauge.builder("sluice.manage.gateway.open", sessions, s -> of(s, GatewayCounts::connected))
                .tag("state", "admitted").description("connections to the gateway now").register(registry);
        Gauge.builder("sluice.manage.gateway.open", sessions, s -> of(s, GatewayCounts::unauthenticated))
                .tag("state", "unproved").description("connections to the gateway now").register(registry);
    }

    private void count(JumpSessions sessions, String what, String outcome, String description,
            ToDoubleFunction<GatewayCounts> value) {
        FunctionCounter.builder("sluice.manage.gateway." + what, sessions, s -> of(s, value)).tag("outcome", outcome)
                .description(description).register(registry);
    }

    private static double of(JumpSessions sessions, ToDoubleFunction<GatewayCounts> value) {
        return sessions.counts().map(value::applyAsDouble).orElse(0.0);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public String text() {
        return registry.scrape();
    }
}
