package io.sluice.manage.index;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the index lies and what it may take.
 *
 * @param folder of the index; made if it is missing
 * @param journal the folder of the journal; it may be missing, and come later
 * @param memoryMegabytes what DuckDB may take outside of Java's heap, for data; its code takes some 60 MB more
 * @param threads of DuckDB, 1 or more
 * @param poll how often it is looked for new records
 * @param batch the most records in one transaction
 */
public record IndexSettings(Path folder, Path journal, int memoryMegabytes, int threads, Duration poll, int batch) {
    public static IndexSettings in(Path folder, Path journal) {
        return new IndexSettings(folder, journal, 192, 2, Duration.ofMillis(150), 10_000);
    }
}
