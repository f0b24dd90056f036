package io.sluice.manage.route;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.manage.identity.Passwords;

/** Metrics of the management server itself. Names begin with {@code sluice_manage_}. */
public final class OwnMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public OwnMetrics(Passwords passwords) {
        FunctionCounter.builder("sluice.manage.password.hashes", passwords, Passwords::computed)
                .description("passwords that were compared").register(registry);
        for (var pool : java.lang.management.ManagementFactory.getMemoryPoolMXBeans()) {
            Gauge.builder("sluice.manage.memory.bytes", pool, p -> p.getUsage().getUsed()).tag("pool", pool.getName())
                    .register(registry);
        }
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public String text() {
        return registry.scrape();
    }
}
