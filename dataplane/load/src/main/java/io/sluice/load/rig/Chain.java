package io.sluice.load.rig;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way between clients and servers. What stands in its middle is a bridge of the kernel or a process. */
public final class Chain {
    /** The interfaces of the device in the middle. */
    public static final String CLIENT_SIDE = "fa", SERVER_SIDE = "fb";

    private static final String BRIDGE = "switch";

    private final String name;
    private final Host middle;
    private final String clientLink;
    private final String serverLink;
    private final String serverAddress;
    private @Nullable Asked device;

    Chain(String name, Host middle, String clientLink, String serverLink, String serverAddress) {
        this.name = name;
        this.middle = middle;
        this.clientLink = clientLink;
        this.serverLink = serverLink;
        this.serverAddress = serverAddress;
    }

    /** What stands in the middle, in words. */
    public String name() {
        return name;
    }

    /** The clients' interface. */
    public String clientLink() {
        return clientLink;
    }

    /** The servers' interface. */
    public String serverLink() {
        return serverLink;
    }

    /** Where clients on sockets find the server. */
    public String serverAddress() {
        return serverAddress;
    }

    Host middle() {
        return middle;
    }

    /** Lets the kernel's bridge stand in the middle. */
    public void bridge() throws RigException {
        middle.bridge(BRIDGE, CLIENT_SIDE, SERVER_SIDE);
    }

    /** Lets a process stand in the middle; returns it when it says that it is ready. */
    public Asked device(List<String> words) throws RigException {
        Asked started = middle.start(name, Processors.ofDevice(), words).awaitReady();
        device = started;
        return started;
    }

    /** A folder for files, gone with the rig. */
    Path folder() throws RigException {
        return middle.folder();
    }

    /** Takes processors away from a process in the middle, for one that would use them while others are measured. */
    public void pause() throws RigException {
        if (device != null) {
            device.signal("STOP");
        }
    }

    public void resume() throws RigException {
        if (device != null) {
            device.signal("CONT");
        }
    }
}
