@NullMarked
package io.sluice.dissect.modbus;

import org.jspecify.annotations.NullMarked;
