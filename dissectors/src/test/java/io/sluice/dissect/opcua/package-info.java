@NullMarked
package io.sluice.dissect.opcua;

import org.jspecify.annotations.NullMarked;
