package io.sluice.seeded.dissect;

/** A seeded violation: what a message says is a value, not a line in a log. */
public final class LogsMessages {
    private static final System.Logger LOG = System.getLogger("modbus");

    public void malformed() {
        LOG.log(System.Logger.Level.WARNING, "malformed");
    }
}
