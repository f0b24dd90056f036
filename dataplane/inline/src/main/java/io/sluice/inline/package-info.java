/** The firewall in the wire: frames in at one port, judged, out at another. */
@NullMarked
package io.sluice.inline;

import org.jspecify.annotations.NullMarked;
