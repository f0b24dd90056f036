package io.sluice.load.gen;

import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import io.sluice.capture.port.Sender;
import java.lang.foreign.Arena;

/** What clients and servers have in common: an interface of their own, and what arrived there. */
abstract class Endpoint {
    /** Of both sides, all flows. */
    static final int DATA_FLAGS = TcpFrame.PSH | TcpFrame.ACK;

    final LoadPlan plan;
    final FlowBook book;
    final FlowStates states;
    final HandshakeFrames handshakes;
    private final Port port;
    private final Sender sender;
    /** Data frames that were sent. */
    long sent;
    /** Data frames that arrived, whatever their number. */
    long arrived;
    /** Of these, those that had arrived before, or came before their turn. */
    long outOfTurn;
    /** Frames that nobody here sent: other traffic of the interface, and resets. */
    long foreign;

    Endpoint(Port port, LoadPlan plan, FlowBook book, FlowStates states, Arena arena) throws PortException {
        this.port = port;
        this.plan = plan;
        this.book = book;
        this.states = states;
        handshakes = new HandshakeFrames(arena);
        sender = port.openSender();
    }

    /** A frame of a flow arrived. */
    abstract void frame(int flow, long at, int length);

    /** The client's port of an arrived frame. */
    abstract int clientPort(long at);

    /** Deals with the frames that have arrived, a batch of them at most; returns how many there were. */
    final int receive() {
        int count = port.receive();
        for (int i = 0; i < count; i++) {
            look(port.at(i), port.length(i));
            port.release(port.handle(i));
        }
        if (count > 0) {
            sender.flush();
        }
        return count;
    }

    private void look(long at, int length) {
        int flow = TcpFrame.isTcp(at, length) ? book.flowOf(clientPort(at)) : FlowBook.NONE;
        if (flow == FlowBook.NONE) {
            foreign++;
        } else {
            frame(flow, at, length);
        }
    }

    final void send(long at, int length) {
        if (!sender.send(at, length)) {
            sender.flush();
            sender.send(at, length);
        }
    }

    final void flush() {
        sender.flush();
    }

    /** Frames that did not get into or out of the interface. */
    final long notTaken() {
        return sender.lost() + port.counters().ringFull();
    }
}
