@NullMarked
package io.sluice.broker;

import org.jspecify.annotations.NullMarked;
