package io.sluice.rules.policy;

/**
 * Where something stands in a policy file.
 *
 * @param file the path as the user gave it
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
