/**
 * The jump-session broker: an SSH gateway that carries nothing but approved connections to approved devices, and judges
 * every message on them.
 *
 * <p>{@link io.sluice.broker.Gateway} is the listener. Who may enter, where to and under which rules says the one who starts
 * it, as a {@link io.sluice.broker.Doorkeeper}; the gateway knows no accounts, no database and no firewall.
 *
 * <p>Threads: what a {@link io.sluice.broker.Doorkeeper} and a {@link io.sluice.broker.JumpSession} are asked may take its
 * time; what a {@link io.sluice.broker.Witness} is told comes on the thread that carries all connections and must return at
 * once.
 */
@NullMarked
package io.sluice.broker;

import org.jspecify.annotations.NullMarked;
