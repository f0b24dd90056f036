package io.sluice.manage.http;

import io.sluice.manage.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is done for each operation of the API document, by its id. */
public final class Operations {
    private final Map<String, Work> works = new HashMap<>();

    /** Runs on a thread of its own and may wait. */
    @FunctionalInterface
    public interface Work {
        Answer run(Call call) throws Refused;
    }

    /** A part of the server that serves some operations. */
    @FunctionalInterface
    public interface Part {
        void register(Operations operations);
    }

    public Operations with(Part part) {
        part.register(this);
        return this;
    }

    /**
     * Says who serves an operation.
     *
     * @throws IllegalArgumentException somebody serves it already
     */
    public Operations on(String operationId, Work work) {
        if (works.put(operationId, work) != null) {
            throw new IllegalArgumentException("`" + operationId + "` is served twice");
        }
        return this;
    }

    Optional<Work> find(String operationId) {
        return Optional.ofNullable(works.get(operationId));
    }

    Set<String> ids() {
        return Set.copyOf(works.keySet());
    }
}
