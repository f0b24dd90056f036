package io.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet as another program reads it, beside the JSON lines as our own eyes do. */
class ParquetTest {
    @TempDir
    Path folder;

    // A folder's name may look like a pattern, which DuckDB would look for instead.
    @Test
    void parquetHoldsTheRowsOfTheJsonLinesInTheirOrder() throws Exception {
        Path in = folder.resolve("it's [1] of *");
        ArchiveFolder.copy("modbus/line-3", in.resolve("m/eth1_00001.pcap"));
        ArchiveFolder.copy("modbus/pipelined", in.resolve("p[2]/eth1_00001.pcap"));
        Path out = in.resolve("rows");
        ArchiveFolder.run(
                ArchiveFolder.settings(in, out, ArchiveFolder.recorded("modbus/line-3"), RowForm.BOTH, 2));
        for (String sensor : List.of("m/eth1", "p[2]/eth1")) {
            List<Map<String, Object>> written = ArchiveFolder.rows(out, sensor);
            assertTrue(written.size() > 50, "rows of " + sensor);
            assertEquals(written, read(out.resolve("parquet/" + sensor + "-00001.parquet"), folder));
        }
    }

    @Test
    void opcUaAndCapturesWithoutRowsToo() throws Exception {
        Path in = folder.resolve("in");
        ArchiveFolder.copy("opcua/plain", in.resolve("eth1.pcap"));
        Files.write(in.resolve("empty.pcap"),
                java.util.Arrays.copyOf(Files.readAllBytes(in.resolve("eth1.pcap")), 24));
        Path out = folder.resolve("rows");
        ArchiveFolder.run(ArchiveFolder.settings(in, out, ArchiveFolder.recorded("opcua/plain"), RowForm.BOTH, 1));
        assertEquals(ArchiveFolder.rows(out, "eth1"), read(out.resolve("parquet/eth1-00001.parquet"), folder));
        assertEquals(List.of(), read(out.resolve("parquet/empty-00001.parquet"), folder));
    }

    // The lines are only a way to the file then, and none is left.
    @Test
    void parquetAloneIsTheSame() throws Exception {
        Path in = folder.resolve("in");
        ArchiveFolder.copy("modbus/line-3", in.resolve("eth1.pcap"));
        var judge = ArchiveFolder.recorded("modbus/line-3");
        ArchiveFolder.run(ArchiveFolder.settings(in, folder.resolve("json"), judge, RowForm.JSON, 1));
        ArchiveFolder.run(ArchiveFolder.settings(in, folder.resolve("rows"), judge, RowForm.PARQUET, 1));
        assertEquals(ArchiveFolder.rows(folder.resolve("json"), "eth1"),
                read(folder.resolve("rows/parquet/eth1-00001.parquet"), folder));
        assertEquals(Map.of(), ArchiveFolder.files(folder.resolve("rows"), "json"));
    }

    /** Rows as {@link ArchiveFolder#rows} gives them; through a link, whose name is no pattern. */
    static List<Map<String, Object>> read(Path parquet, Path folder) throws Exception {
        Path link = Files.createTempDirectory(folder, "read").resolve("rows.parquet");
        Files.createSymbolicLink(link, parquet.toAbsolutePath());
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("SELECT * FROM read_parquet(['"
                        + link.toString().replace("[", "[[]").replace("*", "[*]").replace("'", "''") + "'])")) {
            assertEquals(Column.values().length, all.getMetaData().getColumnCount());
            while (all.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= all.getMetaData().getColumnCount(); i++) {
                    Object value = all.getObject(i);
                    if (value != null) {
                        row.put(all.getMetaData().getColumnName(i), switch (value) {
                            case Integer number -> number.longValue();
                            case OffsetDateTime time -> iso(time);
                            default -> value;
                        });
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String iso(OffsetDateTime time) {
        return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", java.util.Locale.ROOT)
                .format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }
}
