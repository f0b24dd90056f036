package io.sluice.dissect.opcua;
import io.sluice.dissect.*;
import java.util.*;
/** placeholder until merge. */
final class OpcUaVocabulary implements Vocabulary {
    @Override
    public List<Operation> operations() { return List.of(new Operation(0, "browse", Set.of(), Set.of(), false)); }

    @Override
    public List<Field> fields() { return List.of(); }

    @Override
    public Understood<List<Act>> act(String text) { return new Understood.No<>("x"); }

    @Override
    public Understood<Request> request(String text) { return new Understood.No<>("x"); }

    @Override
    public String describe(Facts facts, int span, int index) { return "op " + facts.operation(span); }

    @Override
    public String describe(Facts facts) { return facts.spans() + " spans"; }

    @Override
    public Optional<String> objection(Act act, Map<String, Set<Integer>> selectors) { return Optional.empty(); }

    @Override
    public int sort(int operation, int scope, int item) { return operation; }

    @Override
    public String sortName(int sort) { return "op " + sort; }
}
