package io.sluice.dissect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words of one protocol in a policy: what may stand after {@code do}, which fields a rule may constrain, and how
 * they map to the numbers in {@link Facts}. The compiler, the schema, the UI and the docs all read this one place.
 *
 * <p>A span of facts is addressed by (operation, scope, item, value, extra). The <em>scope</em> folds the selector
 * fields (small domains, such as unit and space) into one number; the <em>item</em> is what runs (address); the
 * <em>extra</em> is one more field that some operations have (file number).
 */
public interface Vocabulary {
    /** Operations, by number. */
    List<Operation> operations();

    /** Fields in the order of the selectors; others after them. */
    List<Field> fields();

    /** What a conduit may demand of the connection, by number; none where the protocol has no such thing. */
    default List<Trait> traits() {
        return List.of();
    }

    /**
     * Operations that come with any allow of the same service: what a connection needs to work at all. No rule can
     * name them.
     */
    default List<Operation> implied() {
        return List.of();
    }

    /** Of the implied operations, those that a connection may always do as long as nothing protects it. */
    default Optional<Exemption> exemption() {
        return Optional.empty();
    }

    /** Understands one entry of {@code do}, such as {@code read} or {@code function 43/14}. */
    Understood<List<Act>> act(String text);

    /**
     * Understands one request in the words of {@code expect} and {@code --does}, such as
     * {@code write unit 1 holding 100 = 1500}.
     */
    Understood<Request> request(String text);

    /** The sorts of items that messages can have: each item of a message is of one of them. */
    default List<Shape> shapes() {
        return Stream.concat(operations().stream(), implied().stream())
                .map(o -> new Shape(o.number(), Map.of(), Set.of(Role.ITEM, Role.EXTRA, Role.VALUE), true,
                        Long.MAX_VALUE))
                .toList();
    }

    /**
     * One item in the words of {@link #request}, put together from its fields; empty where they cannot say it.
     *
     * @param item its number, for operations whose words name it
     * @param texts what it has in each field, by the field's name, as a policy states it; fields are missing in which it
     *     has nothing
     */
    default Optional<String> phrase(Operation operation, long item, Map<String, String> texts) {
        return Optional.empty();
    }

    /** One item of one span in the words of {@link #request}. */
    String describe(Facts facts, int span, int index);

    /**
     * What one item of a span has in a field that is no selector, as people write it; empty where it has nothing there
     * or nobody can tell.
     */
    default Optional<String> text(Field field, Facts facts, int span, int index) {
        int item = facts.low(span) + index;
        return switch (field.role()) {
            case ITEM -> item == Facts.NO_ITEM ? Optional.empty() : Optional.of(Integer.toString(item));
            case EXTRA -> facts.extra(span) == Facts.NO_ITEM
                    ? Optional.empty()
                    : Optional.of(Integer.toString(facts.extra(span)));
            case VALUE -> index >= facts.readable(span)
                    ? Optional.empty()
                    : Optional.of(Long.toString(facts.value(span, index)));
            case SELECTOR -> Optional.empty();
        };
    }

    /** A whole message's facts in one line, for logs and reports. */
    String describe(Facts facts);

    /**
     * Why an act makes no sense with these selector values ({@code write} with {@code space: input}); empty if it does.
     *
     * @param selectors the values a rule states, by field name; fields it leaves out are missing
     */
    Optional<String> objection(Act act, Map<String, Set<Integer>> selectors);

    /**
     * Why acts cannot be judged on connections with these traits, or, without acts, why no connection can have them;
     * empty if all is well. The sentence lacks its subject, the rule or conduit that states them.
     *
     * @param demands the values that are accepted, by the trait's key, empty for names and pins; traits that a conduit
     *     leaves out are missing
     */
    default Optional<String> objection(List<Act> acts, Map<String, Set<Integer>> demands) {
        return Optional.empty();
    }

    /**
     * Whether a refusal can be told to the client on some connection with these traits.
     *
     * @param demands as for {@link #objection(List, Map)}
     */
    default boolean answers(Map<String, Set<Integer>> demands) {
        return true;
    }

    /** The selector values that a rule means where it leaves a field out, by the field's name; any where missing. */
    default Map<String, Set<Integer>> assumed(Act act, boolean deny) {
        return Map.of();
    }

    /**
     * The keys that an allow on an act must state, if only as {@code any}, given the selector values it states.
     *
     * @param selectors as for {@link #objection}
     */
    default Set<String> required(Act act, Map<String, Set<Integer>> selectors) {
        return act.operation().required();
    }

    /**
     * What sort of operation a span is, as one number for counting: in reports all reads of holding registers are one
     * line, whatever unit and address. Below 2^28; called for every message, so it must not allocate.
     */
    int sort(int operation, int scope, int item);

    /** The words for what {@link #sort} returned. */
    String sortName(int sort);

    /** What stands after {@code do} for an operation; {@code item} counts where the word itself names one. */
    default String word(int operation, int item) {
        return operations().stream().filter(o -> o.number() == operation).map(Operation::word).findFirst()
                .orElse("operation " + operation);
    }

    /** A name as it stands between the quotes of a policy; empty for what no policy can state. */
    default Optional<String> written(Names.Key key) {
        return Optional.empty();
    }

    /**
     * Whether a request programs, diagnoses or administers a device, or nobody can tell: work of a person at a time, and
     * nothing that ought to be permitted because it was seen.
     */
    default boolean engineering(int operation, int item) {
        return false;
    }

    /** How many scopes there are. */
    default int scopes() {
        return fields().stream().filter(f -> f.role() == Role.SELECTOR).mapToInt(Field::size).reduce(1,
                (a, b) -> a * b);
    }

    /** Folds selector values, in the order of {@link #fields}, into a scope. */
    default int scope(int... selectors) {
        int scope = 0;
        int i = 0;
        for (Field field : fields()) {
            if (field.role() == Role.SELECTOR) {
                scope = scope * field.size() + (selectors[i++] - (int) field.min());
            }
        }
        return scope;
    }

    default Optional<Field> field(String name) {
        return fields().stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /** What part of the facts a field constrains. */
    enum Role {
        SELECTOR,
        ITEM,
        VALUE,
        EXTRA
    }

    /**
     * An operation.
     *
     * @param word what reports call it
     * @param fields the keys a rule on it may use
     * @param required the keys an allow must state, if only as {@code any}
     * @param writes whether it changes the device
     */
    record Operation(int number, String word, Set<String> fields, Set<String> required, boolean writes) {}

    /**
     * A field.
     *
     * @param min smallest value that can be written
     * @param max largest value that can be written
     * @param words names for values, where people write words instead of numbers; empty otherwise
     * @param unnamed for selectors: values that stand for "none", covered only where a rule leaves the field out
     * @param everyone the value that addresses every device at once, if there is one: an allow covers it only where it
     *     is written, a deny is always touched by it
     */
    record Field(String name, Role role, long min, long max, Map<String, Integer> words, Set<Integer> unnamed,
            OptionalInt everyone, String help, Notation notation) {
        public Field(String name, Role role, long min, long max, Map<String, Integer> words, Set<Integer> unnamed,
                OptionalInt everyone, String help) {
            this(name, role, min, max, words, unnamed, everyone, help, new Notation.Whole());
        }

        public int size() {
            return Math.toIntExact(max - min + 1);
        }
    }

    /**
     * A sort of items.
     *
     * @param selectors the values of selector fields, by name; any where missing
     * @param has which of item, extra and value such an item has
     * @param hidden its value may be one that cannot be told
     * @param mostValue the greatest value, where the field's own is greater
     */
    record Shape(int operation, Map<String, Set<Integer>> selectors, Set<Role> has, boolean hidden, long mostValue) {
        public Shape(int operation, Map<String, Set<Integer>> selectors, Set<Role> has) {
            this(operation, selectors, has, false, Long.MAX_VALUE);
        }
    }

    /** How people write the values of a field that has no words. */
    sealed interface Notation {
        /** Whole numbers and ranges of them, as they are in the facts. */
        record Whole() implements Notation {}

        /**
         * Decimal numbers and ranges of them, in the facts as {@link OrderedNumber}s; and texts in quotes, which are
         * names of their own: equal or not.
         */
        record Decimal(Naming naming) implements Notation {}

        /**
         * Names, in the facts as their numbers in {@link Names}.
         *
         * @param example a name, for when any will do; with digits behind it, it is another one
         */
        record Named(Naming naming, String example) implements Notation {}
    }

    /** Brings a name, as people write it, to its normal form. */
    interface Naming {
        Understood<Name> name(String text);
    }

    /**
     * A name.
     *
     * @param text the one way to write it
     */
    record Name(String text, Names.Key key) {}

    /**
     * Something a conduit may demand of a connection. Its values are numbers: those of its words, or of a name.
     *
     * @param number which of {@link Facts#trait}
     * @param key in the policy's {@code channel} section
     * @param how what the policy says of it
     * @param words the words of its values
     * @param naming for names and pins: how its values are named
     * @param late may be unknown as long as a connection does only what is {@link #implied}
     */
    record Trait(int number, String key, Demand how, Map<String, Integer> words, Optional<Naming> naming, boolean late,
            String help) {}

    /**
     * Operations that need meet no demand while a trait has a value.
     *
     * @param operations by number
     * @param trait which of {@link Facts#trait}
     * @param value that of a connection which nothing protects
     */
    record Exemption(Set<Integer> operations, int trait, int value) {}

    /** What a policy says of a trait. */
    enum Demand {
        /** A list of words: the exact set of accepted values. */
        ONE_OF,
        /** One word: this value or any greater one. */
        AT_LEAST,
        /** A list of names: the exact set of accepted values. */
        ONE_OF_NAMES,
        /** The word {@code pinned}: the certificate that the policy gives for the asset of the connection's client. */
        PINNED_CLIENT,
        /** The same for its server. */
        PINNED_SERVER
    }

    /**
     * An entry of {@code do}, resolved.
     *
     * @param item the one item it names, where the word itself does ({@code function 43/14})
     */
    record Act(Operation operation, OptionalInt item) {}

    /** A request in words, resolved: it can be poured into facts. */
    interface Request {
        /** Pours it into facts, with those names that the policy uses; others cannot be told apart. */
        void fill(Facts facts, Names names);
    }

    /** Either a meaning, or a sentence that says what is wrong and what to write instead. */
    sealed interface Understood<T> {
        record Yes<T>(T meaning) implements Understood<T> {}

        record No<T>(String sentence) implements Understood<T> {}
    }
}
