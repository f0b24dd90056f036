/** What stands between the peers, and the peers around it: a firewall, or a bridge that lets everything pass. */
@NullMarked
package io.sluice.integration.device;

import org.jspecify.annotations.NullMarked;
