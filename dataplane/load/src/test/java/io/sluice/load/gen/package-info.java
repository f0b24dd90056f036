@NullMarked
package io.sluice.load.gen;

import org.jspecify.annotations.NullMarked;
