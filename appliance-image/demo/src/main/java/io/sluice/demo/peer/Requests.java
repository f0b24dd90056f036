package io.sluice.demo.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** How a peer is asked: one line of words on standard input, one line of answer. It ends with its standard input. */
final class Requests {
    /** Says that the peer can be asked. */
    static final String READY = "ready";

    interface Handler {
        /** One line. What it throws becomes one, too. */
        String answer(String[] words) throws Exception;
    }

    private Requests() {}

    static void serve(Handler handler) throws IOException {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println(READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(handler, line));
            out.flush();
        }
        // What the libraries still have running must not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static String answer(Handler handler, String line) {
        try {
            return handler.answer(line.split(" ", -1));
        } catch (Exception e) {
            return "failed: " + e;
        }
    }
}
