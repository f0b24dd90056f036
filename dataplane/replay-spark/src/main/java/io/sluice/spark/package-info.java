/**
 * Archives on more machines than one: each sensor's captures are one ordered task of an Apache Spark job, judged by the
 * same engine, into the same rows ({@link io.sluice.archive.Column}). Captures and rows lie wherever Spark reads and
 * writes.
 */
@NullMarked
package io.sluice.spark;

import org.jspecify.annotations.NullMarked;
