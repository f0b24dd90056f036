/** What the processes of an appliance say to one another: control.proto over a Unix socket, and who may. */
@NullMarked
package io.sluice.control;

import org.jspecify.annotations.NullMarked;
