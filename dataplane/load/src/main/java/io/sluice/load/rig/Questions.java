package io.sluice.load.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The side of a process that is asked by {@link Asked}: one line a question, an answer ends with a single dot. */
public final class Questions {
    static final String READY = "ready", END = ".", FAILED = "failed: ";

    /** Answers one question. */
    public interface Answerer {
        List<String> answer(List<String> words) throws Exception;
    }

    private Questions() {}

    /** Answers until nobody asks any more. */
    public static void serve(Answerer answerer) throws IOException {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println(READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            for (String answer : answer(answerer, List.of(line.split(" ", -1)))) {
                out.println(answer);
            }
            out.println(END);
            out.flush();
        }
    }

    private static List<String> answer(Answerer answerer, List<String> words) {
        try {
            return answerer.answer(words);
        } catch (Exception e) {
            return List.of(FAILED + e.getMessage());
        }
    }
}
