package io.sluice.load.gen;

import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import java.lang.foreign.Arena;

/** The clients of all flows: a flow's next request leaves when an answer has arrived in its turn. */
final class Clients extends Endpoint {
    private final FrameImages requests;
    private final ReadyFlows ready;
    private final int[] answerTransactions;
    private final int answerBytes;
    private final int answerLength;
    private int opened;
    private int underWay;
    /** Answers that belong to no request by their transaction: something changed them. */
    private long altered;
    /** Requests that were sent again because no answer came. */
    private long repeated;

    Clients(Port port, LoadPlan plan, FlowBook book, FlowStates states, Arena arena) throws PortException {
        super(port, plan, book, states, arena);
        requests = FrameImages.requests(plan, book, arena);
        ready = new ReadyFlows(plan);
        answerTransactions = plan.exchange().answerTransactions();
        answerBytes = plan.exchange().answerBytes();
        answerLength = TcpFrame.HEADER_BYTES + answerBytes;
    }

    @Override
    int clientPort(long at) {
        return TcpFrame.destinationPort(at);
    }

    @Override
    void frame(int flow, long at, int length) {
        int flags = TcpFrame.flags(at);
        if (length == answerLength && flags == DATA_FLAGS) {
            answer(flow, at);
        } else if (flags == (TcpFrame.SYN | TcpFrame.ACK)) {
            established(flow);
        } else {
            foreign++;
        }
    }

    private void answer(int flow, long at) {
        arrived++;
        long expected = states.answered[flow];
        if (TcpFrame.sequence(at) != book.serverFirst(flow) + (int) (expected * answerBytes)) {
            outOfTurn++;
        } else if (!FrameImages.isNumber(at, answerTransactions, expected)) {
            altered++;
        } else {
            states.answered[flow] = expected + 1;
            underWay--;
            ready.add(flow);
        }
    }

    /** Sends a flow's SYN, the first or another one. */
    void open(int flow) {
        states.opening[flow] = true;
        send(handshakes.write(book.ends(flow), TcpFrame.SYN, book.clientFirst(flow) - 1, 0), handshakes.length());
    }

    private void established(int flow) {
        send(handshakes.write(book.ends(flow), TcpFrame.ACK, book.clientFirst(flow), book.serverFirst(flow)),
                handshakes.length());
        if (!states.open[flow]) {
            states.open[flow] = true;
            opened++;
            for (int i = 0; i < plan.depth(); i++) {
                ready.add(flow);
            }
        }
    }

    /** Sends requests of flows that may, as long as the window has room; returns how many. */
    int request(long most) {
        int count = (int) Math.min(most, Math.min(ready.count(), plan.window() - underWay));
        for (int i = 0; i < count; i++) {
            int flow = ready.take();
            request(flow, states.sent[flow]++);
        }
        if (count > 0) {
            underWay += count;
            flush();
        }
        return Math.max(count, 0);
    }

    /** Sends everything again that a flow has under way: what came after a lost frame was not taken (RFC 9293 §3.8.1). */
    void repeat(int flow) {
        flush();
        for (long number = states.answered[flow]; number < states.sent[flow]; number++) {
            request(flow, number);
            repeated++;
        }
        flush();
    }

    private void request(int flow, long number) {
        int sequence = book.clientFirst(flow) + (int) (number * requests.payloadBytes());
        int acknowledgement = book.serverFirst(flow) + (int) (states.answered[flow] * answerBytes);
        send(requests.write(flow, number, sequence, acknowledgement), requests.length());
        sent++;
    }

    /** Flows whose handshake is done. */
    int opened() {
        return opened;
    }

    /** Exchanges under way, all flows. */
    int underWay() {
        return underWay;
    }

    long altered() {
        return altered;
    }

    long repeated() {
        return repeated;
    }
}
