package io.sluice.replay;

import io.sluice.dissect.Protocols;
import io.sluice.dissect.modbus.ModbusFunctions;
import io.sluice.testdata.Captures;
import io.sluice.testdata.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of the functions that have a name occur in the project's own recordings, kept as a number and a list. */
class ModbusCoverageTest {
    private static final int LAST_CODE = 127;

    @Test
    void theListOfFunctionsSeenIsTheOneKept() throws Exception {
        Map<String, TreeSet<String>> seen = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Captures.project("testdata/modbus"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pcap")).sorted().toList()) {
                requests(file).forEach(
                        summary -> seen.computeIfAbsent(summary, s -> new TreeSet<>())
                                .add(file.getName(file.getNameCount() - 2).toString()));
            }
        }
        StringBuilder list = new StringBuilder();
        int all = 0;
        int found = 0;
        for (Map.Entry<Integer, String> function : functions().entrySet()) {
            TreeSet<String> where = seen.getOrDefault(function.getValue(), new TreeSet<>());
            all++;
            found += where.isEmpty() ? 0 : 1;
            list.append(number(function.getKey())).append(' ').append(function.getValue()).append(": ")
                    .append(where.isEmpty() ? "not seen" : "seen in " + String.join(", ", where)).append('\n');
        }
        Golden.check("testdata/modbus/coverage.txt",
                found + " of " + all + " operations seen in a capture\n\n" + list);
    }

    /** Names of functions by code and, where one has any, sub-function. */
    private static Map<Integer, String> functions() {
        Map<Integer, String> functions = new TreeMap<>();
        for (int code = 1; code <= LAST_CODE; code++) {
            if (!ModbusFunctions.hasSubFunction(code)) {
                if (!ModbusFunctions.name(code).matches("(User-Defined )?Function \\d+")) {
                    functions.put(code << 8, ModbusFunctions.name(code));
                }
                continue;
            }
            for (int sub = 0; sub < 256; sub++) {
                if (ModbusFunctions.subFunction(code, sub).isPresent()) {
                    functions.put(code << 8 | sub, ModbusFunctions.name(code, sub));
                }
            }
        }
        return functions;
    }

    private static String number(int key) {
        return ModbusFunctions.hasSubFunction(key >> 8) ? (key >> 8) + "/" + (key & 0xFF) : String.valueOf(key >> 8);
    }

    /** The functions that the requests of a capture name. */
    private static List<String> requests(Path capture) throws Exception {
        List<String> names = new java.util.ArrayList<>();
        new Dissection(Map.of(Protocols.named("modbus").orElseThrow(), 502)).run(TruthTableTest.source(capture),
                Progress.NONE, row -> {
                    if (row.request()) {
                        names.add(row.summary().substring(0, row.summary().indexOf(", unit ")));
                    }
                });
        return names;
    }
}
