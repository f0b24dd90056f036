package io.sluice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small sound policy, and ways to break it. */
final class Policies {
    static final String SOUND = """
            policy: line-3
            mode: enforce
            zones:
              cell-3: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc-3a: {zone: cell-3, address: 10.3.1.10}
              hmi-3: {zone: ops, address: 10.3.1.105}
            windows:
              maintenance: {days: [sat], hours: "06:00-10:00", timezone: Europe/Paris}
            conduits:
              hmi-setpoints:
                from: hmi-3
                to: plc-3a
                protocol: modbus
                allow:
                  - {id: s1, do: read, unit: 1}
                  - {id: s2, do: write, space: holding, unit: 1, address: 100..119, value: 0..1500}
                  - {id: s3, do: write, space: coil, unit: 1, address: 12, window: maintenance}
                deny:
                  - {id: s9, do: write, address: 118, because: "safety trip limit, HAZOP 2024-11"}
            expect:
              - {from: hmi-3, to: plc-3a, does: write unit 1 holding 100 = 1500, then: allow s2}
              - {from: hmi-3, to: plc-3a, does: write unit 1 holding 118 = 0, then: deny s9}
            """;

    private Policies() {}

    static Path file(Path folder, String text) {
        try {
            return Files.writeString(folder.resolve("line-3.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
