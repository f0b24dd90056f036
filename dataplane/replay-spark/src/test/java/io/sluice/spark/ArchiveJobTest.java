package io.sluice.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.archive.Archive;
import io.sluice.archive.ArchiveSettings;
import io.sluice.archive.Grouping;
import io.sluice.archive.RowForm;
import io.sluice.engine.Profile;
import io.sluice.testdata.Captures;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job in Spark's local mode, beside {@code sluice archive}: the same rows, as an independent reader finds them. */
class ArchiveJobTest {
    private static final long MEMORY = 2L << 30;

    @TempDir
    Path folder;

    @BeforeAll
    static void memory() {
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Assumptions.assumeTrue(machine.getTotalMemorySize() >= MEMORY, "Spark needs a machine with 2 GiB of memory");
    }

    // The third of the recordings is cut in two, so that connections run on from file to file; and one file is none.
    @Test
    @Timeout(600)
    void theRowsAreThoseOfOneMachine() throws Exception {
        Path in = folder.resolve("in");
        copy("modbus/line-3", in.resolve("2026/11/21/line 3/eth1_2026-11-21T23:35:08.pcap"));
        copy("opcua/plain", in.resolve("opc/eth1.pcap"));
        split("modbus/pipelined", in.resolve("b/tap_00001.pcap"), in.resolve("b/tap_00002.pcap"));
        Files.writeString(in.resolve("b/tap_00003.pcap"), "no capture");
        // Who is an engineering laptop is told beside the policy: its zone has no networks of its own.
        Path policy = Files.writeString(folder.resolve("policy.yaml"), Files
                .readString(Captures.project("testdata/modbus/line-3/policy.yaml"))
                .replace("assets:", "  laptops: {ports: [third]}\nassets:")
                .replace("conduits:",
                        "conduits:\n  laptops-read: {from: laptops, to: plc-3a, protocol: modbus, allow: [{id: l1,"
                                + " do: read}]}"));
        LinkedHashMap<String, String> zones = new LinkedHashMap<>(Map.of("laptops", "10.3.1.77"));
        Path alone = folder.resolve("alone");
        long rows = new Archive(
                new ArchiveSettings(in, alone, new PolicyText("line-3", Files.readString(policy), zones).judge(),
                        Profile.OBSERVE, Grouping.NAME, RowForm.PARQUET, 1, 1 << 20, "test"))
                .run(_ -> {
                }).rows();
        assertTrue(rows > 400, "rows of one machine: " + rows);
        try (SparkSession spark = SparkSession.builder().master("local[2]").appName("test")
                .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", folder.resolve("spark").toString())
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString()).getOrCreate()) {
            for (String form : List.of("parquet", "json")) {
                List<String> troubles = ArchiveJob.run(spark,
                        JobOptions.parse(List.of(in.toUri().toString(), "--policy",
                                policy.toUri().toString(), "--out", folder.resolve(form).toUri().toString(), "--rows",
                                form, "--zone", "laptops=10.3.1.77")));
                assertEquals(1, troubles.size(), troubles.toString());
                assertTrue(troubles.getFirst().startsWith("b/tap_00003.pcap: is neither pcap nor pcapng"),
                        troubles.toString());
            }
        }
        String one = "read_parquet('" + alone + "/parquet/**/*.parquet')";
        String many = "read_parquet('" + folder.resolve("parquet") + "/*.parquet')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement query = connection.createStatement()) {
            assertEquals(rows, number(query, "SELECT count(*) FROM " + many));
            assertEquals(0, number(query, difference(one, many)));
            assertTrue(number(query, "SELECT count(*) FROM " + many + " WHERE from_place = 'laptops'") > 0, "--zone");
            assertEquals(0, number(query, difference(many, one)));
            assertEquals(columns(query, one), columns(query, many));
            String lines = "(SELECT time::TIMESTAMPTZ AS time, * EXCLUDE (time) FROM read_json('"
                    + folder.resolve("json") + "/*.json', format = 'newline_delimited'))";
            assertEquals(rows, number(query, "SELECT count(*) FROM " + lines));
            assertEquals(0, number(query, "SELECT count(*) FROM (SELECT time, nanos, sensor, file, frame, verdict FROM "
                    + lines + " EXCEPT ALL SELECT time, nanos, sensor, file, frame, verdict FROM " + one + ")"));
            // A sensor is one task, and its rows stand in their order.
            assertEquals(0, number(query, "SELECT count(*) FROM (SELECT nanos < lag(nanos) OVER (PARTITION BY filename"
                    + " ORDER BY file_row_number) AS back FROM read_parquet('" + folder.resolve("parquet")
                    + "/*.parquet', filename = true, file_row_number = true)) WHERE back"));
        }
    }

    @Test
    void zonesThatAreNoneAreRefusedBeforeAnythingIsRead() {
        assertThrows(IllegalArgumentException.class, () -> JobOptions.parse(List.of("in", "--policy", "p", "--out", "o",
                "--zone", "cell")));
        String text = "policy: p\nmode: enforce\nzones: {a: {ports: [x]}}\n";
        var unknown = assertThrows(IllegalArgumentException.class,
                () -> new PolicyText("p", text, new LinkedHashMap<>(Map.of("b", "10.0.0.0/8"))).judge());
        assertTrue(String.valueOf(unknown.getMessage()).contains("has no zone `b`; it has a"), unknown.getMessage());
        var wrong = assertThrows(IllegalArgumentException.class,
                () -> new PolicyText("p", text, new LinkedHashMap<>(Map.of("a", "10.0.0.0/99"))).judge());
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("--zone a: "), wrong.getMessage());
    }

    private static String difference(String some, String others) {
        return "SELECT count(*) FROM (SELECT * FROM " + some + " EXCEPT ALL SELECT * FROM " + others + ")";
    }

    private static long number(Statement query, String sql) throws Exception {
        try (ResultSet result = query.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String columns(Statement query, String table) throws Exception {
        try (ResultSet result = query.executeQuery(
                "SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE SELECT * FROM " + table
                        + ")")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void copy(String recording, Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.copy(Captures.project("testdata/" + recording + "/capture.pcap"), file);
    }

    /** After the record that reaches the middle. */
    private static void split(String recording, Path first, Path second) throws Exception {
        byte[] all = Files.readAllBytes(Captures.project("testdata/" + recording + "/capture.pcap"));
        var bytes = java.nio.ByteBuffer.wrap(all).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int at = 24;
        while (at < all.length / 2) {
            at += 16 + bytes.getInt(at + 8);
        }
        Files.createDirectories(first.getParent());
        Files.write(first, java.util.Arrays.copyOf(all, at));
        byte[] rest = new byte[24 + all.length - at];
        System.arraycopy(all, 0, rest, 0, 24);
        System.arraycopy(all, at, rest, 24, all.length - at);
        Files.write(second, rest);
    }
}
