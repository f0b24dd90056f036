/** The settings of the management server, {@code manage.yaml}: records, and a strict reader that says what is wrong where. */
@NullMarked
package io.sluice.manage.settings;

import org.jspecify.annotations.NullMarked;
