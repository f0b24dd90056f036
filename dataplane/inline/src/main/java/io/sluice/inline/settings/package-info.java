/** The appliance's settings, {@code sluice.yaml}: records, and a strict reader that says what is wrong where. */
@NullMarked
package io.sluice.inline.settings;

import org.jspecify.annotations.NullMarked;
