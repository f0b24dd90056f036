package io.sluice.capture.port;

/** Whether frames can come and go. */
public enum LinkState {
    UP,
    /** The interface is down, or its cable is out. The port works again by itself when that ends. */
    DOWN,
    /**
     * The interface that was opened is no more (deleted, or moved to another network namespace), even if there is a new one
     * of its name. Close the port, and open another when there is an interface again.
     */
    GONE
}
