/** Tests between real peers in network namespaces; each says what it needs where it is skipped. */
@NullMarked
package io.sluice.integration;

import org.jspecify.annotations.NullMarked;
