package io.sluice.manage;

import java.util.List;
import java.util.Optional;

/**
 * A request that cannot be served: a code for programs, a sentence for people.
 *
 * @see <a href="openapi.yaml">the schema Refusal</a>
 */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String sentence;
    private final transient List<Problem> problems;
    private final int retryAfterSeconds;

    /**
     * Something wrong with a text.
     *
     * @param line from 1; 0: of the whole
     * @param column from 1
     */
    public record Problem(boolean warning, int line, int column, String text) {}

    private Refused(int status, String code, String sentence, List<Problem> problems, int retryAfterSeconds) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.sentence = sentence;
        this.problems = List.copyOf(problems);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * A refusal with one sentence.
     *
     * @param status of HTTP, RFC 9110 §15
     */
    public static Refused of(int status, String code, String sentence) {
        return new Refused(status, code, sentence, List.of(), 0);
    }

    /** The request makes no sense as it is. */
    public static Refused wrong(String sentence) {
        return of(400, "wrong-request", sentence);
    }

    public static Refused wrong(String sentence, List<Problem> problems) {
        return new Refused(400, "wrong-request", sentence, problems, 0);
    }

    public static Refused notFound(String sentence) {
        return of(404, "not-found", sentence);
    }

    /** The state does not permit it. */
    public static Refused conflict(String code, String sentence) {
        return of(409, code, sentence);
    }

    /** Something this server depends on does not answer. */
    public static Refused unavailable(String code, String sentence) {
        return of(503, code, sentence);
    }

    /** Too often; it may be tried again after a time. */
    public static Refused later(String code, String sentence, long millis) {
        return new Refused(429, code, sentence, List.of(), (int) Math.max(1, (millis + 999) / 1_000));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }

    public List<Problem> problems() {
        return problems;
    }

    public Optional<Integer> retryAfterSeconds() {
        return retryAfterSeconds == 0 ? Optional.empty() : Optional.of(retryAfterSeconds);
    }
}
