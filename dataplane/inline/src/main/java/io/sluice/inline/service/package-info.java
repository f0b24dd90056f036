/**
 * The control service: what the calls of {@code control.proto} mean here. Each call is turned into plain Java, handed on, and
 * its outcome turned back; who may call at all was decided by the socket.
 */
@NullMarked
package io.sluice.inline.service;

import org.jspecify.annotations.NullMarked;
