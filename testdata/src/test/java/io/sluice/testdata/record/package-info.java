/** Real masters and slaves, clients and servers whose traffic the {@code record.sh} of each protocol records. */
@NullMarked
package io.sluice.testdata.record;

import org.jspecify.annotations.NullMarked;
