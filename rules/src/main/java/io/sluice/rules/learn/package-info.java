/**
 * A policy from traffic. {@link io.sluice.rules.learn.Observations} gathers what was seen, in bounded memory and so that
 * parts can be gathered apart and put together; {@link io.sluice.rules.learn.Proposer} makes a proposal of it: a policy for
 * people to read, with where each rule comes from, and a list of what was left out.
 */
@NullMarked
package io.sluice.rules.learn;

import org.jspecify.annotations.NullMarked;
