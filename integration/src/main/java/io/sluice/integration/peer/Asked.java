package io.sluice.integration.peer;

import io.sluice.testdata.net.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The other end of a {@link Peer}: reads requests from standard input until it ends. */
public final class Asked {
    /** Answers one request. */
    public interface Handler {
        /** The lines of the answer; whatever it throws becomes one line that begins with {@code failed}. */
        List<String> answer(String[] words) throws Exception;
    }

    private Asked() {}

    /** Says that it is ready, and answers until there are no more requests. */
    public static void serve(Handler handler) throws IOException {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println(Peer.READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            for (String answer : answer(handler, line)) {
                out.println(answer);
            }
            out.println(Peer.END);
            out.flush();
        }
    }

    private static List<String> answer(Handler handler, String line) {
        try {
            return handler.answer(line.split(" "));
        } catch (Exception e) {
            e.printStackTrace();
            return List.of("failed: " + e);
        }
    }
}
