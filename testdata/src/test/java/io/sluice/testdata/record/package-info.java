/** Real Modbus masters and slaves whose traffic {@code testdata/modbus/record.sh} records. */
@NullMarked
package io.sluice.testdata.record;

import org.jspecify.annotations.NullMarked;
