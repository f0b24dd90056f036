/** To come. */
@NullMarked
package io.sluice.capture;

import org.jspecify.annotations.NullMarked;
