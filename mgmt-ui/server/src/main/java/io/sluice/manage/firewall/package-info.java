/** The firewall as seen from the management server: a client of its control socket, and recordings under its policy. */
@NullMarked
package io.sluice.manage.firewall;

import org.jspecify.annotations.NullMarked;
