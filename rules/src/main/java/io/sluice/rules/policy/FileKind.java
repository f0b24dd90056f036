package io.sluice.rules.policy;

/**
 * What kind of file is read, for sentences.
 *
 * @param noun {@code policy}
 * @param start how such a file starts, as the end of a sentence
 */
public record FileKind(String noun, String start) {
    public static final FileKind POLICY = new FileKind("policy", "a policy starts with `policy: NAME`");
}
