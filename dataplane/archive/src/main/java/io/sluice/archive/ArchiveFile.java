package io.sluice.archive;

import java.io.Serializable;

/**
 * A capture of an archive, as it is known without being read.
 *
 * @param name path from the archive's folder, with {@code /} on every system
 * @param bytes its size
 * @param modifiedMillis when it was last changed, milliseconds since 1970-01-01T00:00Z
 */
public record ArchiveFile(String name, long bytes, long modifiedMillis) implements Serializable {}
