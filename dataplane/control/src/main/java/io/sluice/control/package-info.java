/**
 * How other processes steer a running Sluice: {@code control.proto}, and a server and a client that speak it over a Unix
 * domain socket. The kernel vouches for who connects, so there are no keys and no passwords, and nothing listens on the
 * network. What a call means is not decided here. This is the one package of the dataplane that uses Netty.
 */
@NullMarked
package io.sluice.control;

import org.jspecify.annotations.NullMarked;
