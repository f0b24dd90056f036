package io.sluice.manage.jump;

/** A device that a session leads to, and by which conduit. */
public record Target(String conduit, String asset) {}
