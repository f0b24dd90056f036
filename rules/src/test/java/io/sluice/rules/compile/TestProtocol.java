package io.sluice.rules.compile;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Session;
import io.sluice.dissect.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A protocol that exists as words only, with small domains, so that a test can try much of what can be said in them. */
final class TestProtocol implements Protocol, Vocabulary {
    static final TestProtocol INSTANCE = new TestProtocol("test");

    static final Operation READ = new Operation(0, "read", Set.of("unit", "kind", "item", "file"), Set.of(), false);
    static final Operation WRITE = new Operation(1, "write", Set.of("unit", "kind", "item", "file", "value"), Set.of(),
            true);
    static final Operation FUNCTION = new Operation(2, "function", Set.of("unit"), Set.of(), true);
    static final int UNITS = 3;
    static final int KINDS = 3;

    private final String name;

    TestProtocol(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int defaultPort() {
        return 9;
    }

    @Override
    public Vocabulary vocabulary() {
        return this;
    }

    @Override
    public int sort(int operation, int scope, int item) {
        return operation;
    }

    @Override
    public String sortName(int sort) {
        return operations().get(sort).word();
    }

    @Override
    public Columns columns() {
        throw new UnsupportedOperationException("nobody dissects this protocol");
    }

    @Override
    public Dissector dissector(Limits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session session(Limits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> operations() {
        return List.of(READ, WRITE, FUNCTION);
    }

    /** Unit 0 is everyone; kind 0 is that of requests without one. */
    @Override
    public List<Field> fields() {
        return List.of(
                new Field("unit", Role.SELECTOR, 0, UNITS - 1, Map.of(), Set.of(), OptionalInt.of(0), ""),
                new Field("kind", Role.SELECTOR, 0, KINDS - 1, Map.of("a", 1, "b", 2), Set.of(0), OptionalInt.empty(),
                        ""),
                new Field("item", Role.ITEM, 0, 65_535, Map.of(), Set.of(), OptionalInt.empty(), ""),
                new Field("value", Role.VALUE, 0, 65_535, Map.of(), Set.of(), OptionalInt.empty(), ""),
                new Field("file", Role.EXTRA, 0, 9, Map.of(), Set.of(), OptionalInt.empty(), ""));
    }

    @Override
    public Understood<List<Act>> act(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Understood<Request> request(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String describe(Facts facts, int span, int index) {
        return facts.operation(span) + "/" + facts.scope(span) + "/" + (facts.low(span) + index);
    }

    @Override
    public String describe(Facts facts) {
        return facts.spans() + " spans";
    }

    @Override
    public Optional<String> objection(Act act, Map<String, Set<Integer>> selectors) {
        return Optional.empty();
    }
}
