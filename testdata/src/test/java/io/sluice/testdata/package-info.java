/** What the generators and recordings promise, checked by an independent decoder where it is installed. */
@NullMarked
package io.sluice.testdata;

import org.jspecify.annotations.NullMarked;
