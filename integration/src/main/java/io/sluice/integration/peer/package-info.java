/**
 * Masters, slaves, clients and servers, each a process of its own that is asked by lines and answers by lines; see
 * {@link io.sluice.testdata.net.Peer}.
 */
@NullMarked
package io.sluice.integration.peer;

import org.jspecify.annotations.NullMarked;
