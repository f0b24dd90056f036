/**
 * How fast is it on this machine? Measures the firewall, started as a process between network namespaces, beside what does
 * the same without it.
 */
@NullMarked
package io.sluice.load;

import org.jspecify.annotations.NullMarked;
