/**
 * Which policy counts: the store under {@code data}, and commit-confirm.
 *
 * <p>At every moment one policy is <em>active</em>: confirmed, and on disk. Another may be <em>pending</em>: it judges, but is not
 * active, and gives way by itself unless it is confirmed in time. See ADR 17.
 */
@NullMarked
package io.sluice.inline.policy;

import org.jspecify.annotations.NullMarked;
