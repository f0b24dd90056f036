/**
 * The {@code sluice} command: one class for each verb, which reads its options, calls the module that does the work, and
 * prints. Nothing is decided here.
 */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
