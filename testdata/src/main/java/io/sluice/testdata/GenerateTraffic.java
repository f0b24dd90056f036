package io.sluice.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Writes a capture of {@link ModbusTraffic}, and beside it the policy that fits it. */
public final class GenerateTraffic {
    private static final String USAGE = "usage: GenerateTraffic [--packets N] [--connections N] [--seed N] --out FILE"
            + " [--policy FILE]";

    private GenerateTraffic() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            Map<String, String> options = options(arguments);
            String out = options.get("--out");
            if (out == null) {
                throw new IllegalArgumentException("`--out` is missing");
            }
            ModbusTraffic traffic = new ModbusTraffic(number(options, "--packets", 1_000_000),
                    Math.toIntExact(number(options, "--connections", ModbusTraffic.DEFAULT_CONNECTIONS)),
                    number(options, "--seed", 1));
            String policy = options.get("--policy");
            if (policy != null) {
                Files.writeString(Path.of(policy), traffic.policy());
            }
            long start = System.nanoTime();
            ModbusTraffic.Summary summary = traffic.write(Path.of(out));
            System.out.printf(
                    "%s: %d packets, %d bytes, %d connections, %d requests, %d of them above the limit, in %d ms%n",
                    out, summary.packets(), summary.bytes(), summary.connections(), summary.requests(),
                    summary.refusals(), (System.nanoTime() - start) / 1_000_000);
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        } catch (IOException e) {
            System.err.println("cannot write: " + e);
            return 3;
        }
    }

    private static long number(Map<String, String> options, String name, long usual) {
        String text = options.getOrDefault(name, Long.toString(usual));
        String digits = name.equals("--connections") ? "\\d{1,9}" : "\\d{1,18}";
        if (!text.matches(digits)) {
            throw new IllegalArgumentException("`" + name + " " + text + "` is not a number that can be used");
        }
        return Long.parseLong(text);
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length || !USAGE.contains(arguments[i] + " ")) {
                throw new IllegalArgumentException("`" + arguments[i] + "` is not an option with a value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
