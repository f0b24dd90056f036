/** The management server: what people see of the firewall and change about it in a browser. It is unprivileged and dispensable. */
@NullMarked
package io.sluice.manage;

import org.jspecify.annotations.NullMarked;
