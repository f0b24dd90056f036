package io.sluice.load.gen;

import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortException;
import java.lang.foreign.Arena;

/** The servers of all flows: an answer leaves when its request has arrived in its turn. */
final class Servers extends Endpoint {
    private final FrameImages answers;
    private final int requestBytes;
    private final int requestLength;

    Servers(Port port, LoadPlan plan, FlowBook book, FlowStates states, Arena arena) throws PortException {
        super(port, plan, book, states, arena);
        answers = FrameImages.answers(plan, book, arena);
        requestBytes = plan.exchange().requestBytes();
        requestLength = TcpFrame.HEADER_BYTES + requestBytes;
    }

    @Override
    int clientPort(long at) {
        return TcpFrame.sourcePort(at);
    }

    @Override
    void frame(int flow, long at, int length) {
        int flags = TcpFrame.flags(at);
        if (length == requestLength && flags == DATA_FLAGS) {
            request(flow, at);
        } else if (flags == TcpFrame.SYN) {
            long answer = handshakes.write(book.ends(flow).reversed(), TcpFrame.SYN | TcpFrame.ACK,
                    book.serverFirst(flow) - 1, book.clientFirst(flow));
            send(answer, handshakes.length());
        } else if (flags != TcpFrame.ACK) {
            foreign++;
        }
    }

    private void request(int flow, long at) {
        arrived++;
        long expected = states.served[flow];
        int ahead = TcpFrame.sequence(at) - book.clientFirst(flow) - (int) (expected * requestBytes);
        if (ahead == 0) {
            states.served[flow] = expected + 1;
            answer(flow, expected);
        } else {
            outOfTurn++;
            if (ahead < 0) { // its answer was lost
                answer(flow, expected + ahead / requestBytes);
            }
        }
    }

    private void answer(int flow, long number) {
        int sequence = book.serverFirst(flow) + (int) (number * answers.payloadBytes());
        int acknowledgement = book.clientFirst(flow) + (int) (states.served[flow] * requestBytes);
        send(answers.write(flow, number, sequence, acknowledgement), answers.length());
        sent++;
    }
}
