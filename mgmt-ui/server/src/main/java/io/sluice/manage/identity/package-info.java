/** Who may do what: accounts, roles, passwords, one-time codes, lock-out and sessions. */
@NullMarked
package io.sluice.manage.identity;

import org.jspecify.annotations.NullMarked;
