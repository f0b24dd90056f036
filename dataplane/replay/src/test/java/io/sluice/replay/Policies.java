package io.sluice.replay;

/** Policies made from those of the recordings. */
final class Policies {
    /** The policy of line-3 with a lower limit and without the historian's reads. */
    static final String STRICTER = stricter();

    private Policies() {}

    private static String stricter() {
        try {
            return change(withoutExpectations("modbus/line-3"), "value: 0..1500", "value: 0..1000").replaceFirst(
                    "      - \\{id: h1,.*\\}\n", "      - {id: r1, do: read, unit: 99}\n");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String withoutExpectations(String recording) throws Exception {
        String yaml = Recordings.policy(recording);
        return yaml.substring(0, yaml.indexOf("expect:"));
    }

    /** Replaces what must be there. */
    static String change(String yaml, String what, String by) {
        if (!yaml.contains(what)) {
            throw new IllegalArgumentException(what + " is not in the policy");
        }
        return yaml.replace(what, by);
    }
}
