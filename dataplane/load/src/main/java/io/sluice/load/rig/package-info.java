/** What a measurement is made in: network namespaces, links and processes, all of which are gone when it ends. */
@NullMarked
package io.sluice.load.rig;

import org.jspecify.annotations.NullMarked;
