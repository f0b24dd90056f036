/**
 * Folders of captures through the engine: each sensor's captures in their order, several sensors at a time, every verdict
 * as a row of one table ({@link io.sluice.archive.Column}), as JSON lines and as Parquet. A run that was cut off goes on
 * where it was, and its rows are those of a run that was not.
 */
@NullMarked
package io.sluice.archive;

import org.jspecify.annotations.NullMarked;
