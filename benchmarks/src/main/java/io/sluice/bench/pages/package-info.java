/** The management pages under load: the firewall, the server and a browser as they are shipped. */
@NullMarked
package io.sluice.bench.pages;

import org.jspecify.annotations.NullMarked;
