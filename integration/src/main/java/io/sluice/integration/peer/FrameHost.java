package io.sluice.integration.peer;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A host that knows nothing above Ethernet. Arguments: its link. Requests: {@code send FRAME}, in hexadecimal;
 * {@code heard TEXT}, how many frames arrived whose hexadecimal form has the text in it; {@code clear} forgets them.
 */
public final class FrameHost {
    private static final int KEPT = 20_000;

    private final FrameSocket socket;
    private final List<String> heard = new ArrayList<>();

    private FrameHost(FrameSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] arguments) throws Exception {
        FrameHost host = new FrameHost(new FrameSocket(arguments[0]));
        Thread.ofPlatform().daemon().start(host::listen);
        Asked.serve(host::answer);
    }

    private void listen() {
        while (true) {
            byte[] frame = socket.receive();
            if (frame != null) {
                keep(HexFormat.of().formatHex(frame));
            }
        }
    }

    private synchronized void keep(String frame) {
        if (heard.size() < KEPT) {
            heard.add(frame);
        }
    }

    private synchronized List<String> answer(String[] words) {
        switch (words[0]) {
            case "send" -> socket.send(HexFormat.of().parseHex(words[1]));
            case "clear" -> heard.clear();
            case "heard" -> {
                return List.of(Long.toString(heard.stream().filter(frame -> frame.contains(words[1])).count()));
            }
            default -> {
                return List.of("unknown: " + words[0]);
            }
        }
        return List.of();
    }
}
