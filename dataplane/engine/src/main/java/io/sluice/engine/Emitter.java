package io.sluice.engine;

/** Turns an {@link Answer} into frames. Nothing that was not judged is read here, and nothing is decided but what is impossible. */
final class Emitter {
    private final Gate gate;
    private final Emission emission;
    private final SegmentFrames segments;
    private final ResetFrames resets;
    private final DatagramFrames datagrams;

    Emitter(Gate gate, Emission emission) {
        this.gate = gate;
        this.emission = emission;
        segments = new SegmentFrames(emission);
        resets = new ResetFrames(emission);
        datagrams = new DatagramFrames(emission);
    }

    /** The frames for the answer to the frame at hand. */
    Emission emit() {
        emission.clear();
        Answer answer = gate.answer;
        Packet p = gate.packet;
        if (answer.asItIs()) {
            emission.received(p);
        } else if (p.ethernet) {
            if (answer.torn) {
                tear(answer);
            }
            forward(p, answer);
            if (answer.refusalLength > 0 && p.kind() == Packet.Kind.UDP) {
                datagrams.refusal(p, answer);
            }
            reset(p, answer);
        }
        return emission;
    }

    /** RSTs to both ends of a flow that ends without a frame at hand: first the client's, which counts as going back. */
    Emission resets(Flow flow) {
        emission.clear();
        if (flow.protocol == Packet.PROTOCOL_TCP && (flow.toServer.linkSource | flow.toClient.linkSource) != 0) {
            resets.end(flow, true, true);
            resets.end(flow, false, false);
        }
        return emission;
    }

    /** Sequence numbers are not translated: where a piece is missing in the middle, only a reset is left. */
    private static void tear(Answer answer) {
        answer.action = Answer.Action.DROP;
        answer.releasedLength = 0;
        answer.reset = true;
        if (answer.flow != null) {
            answer.flow.ended = true;
            answer.flow.resetSent = true;
        }
    }

    private void forward(Packet p, Answer answer) {
        Flow flow = answer.flow;
        switch (answer.action) {
            case FORWARD -> {
                if (answer.reassembled) {
                    datagrams.fragments(p, answer);
                } else {
                    emission.received(p);
                }
            }
            case REWRITE -> {
                if (flow != null) {
                    rewrite(p, answer, flow);
                }
            }
            case HOLD, DROP -> {
            }
        }
        if (answer.releasedLength > 0 && flow != null && !answer.freed.isEmpty()) {
            segments.freed(p, answer, flow);
        }
    }

    private void rewrite(Packet p, Answer answer, Flow flow) {
        if (answer.kept.length() == p.payloadLength() && !answer.reassembled) {
            emission.received(p);
        } else {
            segments.kept(p, answer, flow, flow.half(fromClient(flow, p)));
        }
    }

    private void reset(Packet p, Answer answer) {
        if (p.kind() != Packet.Kind.TCP) {
            return;
        }
        Flow flow = answer.flow;
        if (answer.reset && flow != null) {
            boolean fromClient = fromClient(flow, p);
            resets.end(flow, !fromClient, false);
            if (!TcpTracker.isReset(p)) {
                resets.end(flow, fromClient, true);
            }
        } else if (answer.reset) {
            resets.instead(p);
            resets.refuse(null, p);
        } else if (answer.resetBack) {
            resets.refuse(flow, p);
        }
    }

    private static boolean fromClient(Flow flow, Packet p) {
        return flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
    }
}
