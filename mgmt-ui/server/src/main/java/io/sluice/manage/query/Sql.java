package io.sluice.manage.query;

import java.util.ArrayList;
import java.util.List;

/** A piece of SQL that grows, and what stands for its question marks. Values never become text of it. */
public final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    public Sql add(String piece) {
        text.append(piece);
        return this;
    }

    /** Adds a piece with one question mark. */
    public Sql add(String piece, Object parameter) {
        text.append(piece);
        parameters.add(parameter);
        return this;
    }

    /** Adds a piece with two question marks. */
    public Sql add(String piece, Object first, Object second) {
        text.append(piece);
        parameters.add(first);
        parameters.add(second);
        return this;
    }

    public Sql add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    public String text() {
        return text.toString();
    }

    public List<Object> parameters() {
        return parameters;
    }
}
