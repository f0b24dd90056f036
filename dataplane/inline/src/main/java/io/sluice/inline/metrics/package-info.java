/** All numbers of a running Sluice in Prometheus' text, by Micrometer. Nothing here runs on a packet thread. */
@NullMarked
package io.sluice.inline.metrics;

import org.jspecify.annotations.NullMarked;
