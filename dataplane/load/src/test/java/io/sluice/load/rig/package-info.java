@NullMarked
package io.sluice.load.rig;

import org.jspecify.annotations.NullMarked;
