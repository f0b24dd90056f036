/** Support for tests and benchmarks: seeded generators, recordings, and a listener that says what was skipped. */
@NullMarked
package io.sluice.testdata;

import org.jspecify.annotations.NullMarked;
