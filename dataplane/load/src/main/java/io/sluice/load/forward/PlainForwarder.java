package io.sluice.load.forward;

import io.sluice.capture.port.Idle;
import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import io.sluice.capture.port.PortRequest;
import io.sluice.capture.port.Ports;
import io.sluice.capture.port.Sender;
import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Forwards every frame of two interfaces to the other one, by the ports and the manner of idling that the firewall has, and
 * with nothing else. A process of its own: {@code PlainForwarder INTERFACE INTERFACE adaptive|spin}.
 */
public final class PlainForwarder {
    private final Port one;
    private final Port other;
    private final Sender toOne;
    private final Sender toOther;
    private final boolean spin;

    private PlainForwarder(Port one, Port other, boolean spin) throws PortException {
        this.one = one;
        this.other = other;
        this.spin = spin;
        toOne = one.openSender();
        toOther = other.openSender();
    }

    public static void main(String... arguments) throws PortException, IOException {
        PlainForwarder forwarder = new PlainForwarder(open(arguments[0]), open(arguments[1]),
                arguments[2].equals("spin"));
        Thread.ofPlatform().name("forward").daemon().start(forwarder::run);
        Questions.serve(words -> List.of()); // until whoever started it has ended
    }

    private static Port open(String interfaceName) throws PortException {
        return Ports.open(new PortRequest(interfaceName, Optional.empty(), false, PortRequest.DEFAULT_RING_FRAMES,
                false)).port();
    }

    private void run() {
        Idle idle = new Idle(List.of(one, other), spin);
        while (true) { // a daemon's: it ends with the process
            if (forward(one, toOther) + forward(other, toOne) > 0) {
                idle.busy();
            } else {
                idle.pause();
            }
        }
    }

    private static int forward(Port from, Sender to) {
        int count = from.receive();
        for (int i = 0; i < count; i++) {
            to.send(from.at(i), from.length(i));
        }
        if (count > 0) {
            to.flush();
        }
        for (int i = 0; i < count; i++) {
            from.release(from.handle(i));
        }
        return count;
    }
}
