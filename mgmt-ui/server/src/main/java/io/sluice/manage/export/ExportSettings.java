package io.sluice.manage.export;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One export, as the settings say it.
 *
 * @param target {@code syslog-tls://collector.plant:6514}, a file's path, {@code http://collector.plant:4318/v1/metrics}, or
 *     {@code broker-1:9092,broker-2:9092}
 * @param filter what is exported, in the filter language; empty: everything
 * @param queue records that wait while the target does not take them; more are lost, and counted
 * @param trust certificates that the target's one must lead to, PEM; without: those of the Java installation
 * @param certificate our own, PEM, with its key; without: none is shown
 * @param topic of Kafka
 */
public record ExportSettings(String name, Kind kind, String target, String filter, int queue, Optional<Path> trust,
        Optional<Path> certificate, Optional<Path> key, String topic) {
    public static final int QUEUE = 10_000;

    /** To what, and in which form. */
    public enum Kind {
        SYSLOG("syslog"),
        CEF("cef"),
        EVE_FILE("eve-file"),
        OTLP("otlp"),
        KAFKA("kafka");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static ExportSettings of(String name, Kind kind, String target, String filter) {
        return new ExportSettings(name, kind, target, filter, QUEUE, Optional.empty(), Optional.empty(),
                Optional.empty(), "sluice");
    }

    public ExportSettings trusting(Path certificates) {
        return new ExportSettings(name, kind, target, filter, queue, Optional.of(certificates), certificate, key,
                topic);
    }

    public ExportSettings holding(int records) {
        return new ExportSettings(name, kind, target, filter, records, trust, certificate, key, topic);
    }

    URI uri() {
        return URI.create(target);
    }
}
