/**
 * Network namespaces, virtual links and processes in them, for tests between real peers on one machine. Needs root; see
 * {@link io.sluice.testdata.net.Network#unavailable}.
 */
@NullMarked
package io.sluice.testdata.net;

import org.jspecify.annotations.NullMarked;
