/** Real masters and slaves, clients and servers whose traffic {@code testdata/modbus/record.sh} and {@code testdata/opcua/record.sh} record. */
@NullMarked
package io.sluice.testdata.record;

import org.jspecify.annotations.NullMarked;
