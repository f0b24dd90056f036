package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Vocabulary.Request;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a request that was given in words does to one node.
 *
 * @param number of the item where it has no name: of a service, or {@link Facts#NO_ITEM}
 * @param values of a write; none where they are unknown
 */
record OpcUaRequestPart(int operation, int attribute, int number, Optional<OpcUaNodeId> item,
        Optional<OpcUaNodeId> object, List<Value> values) {
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN);

    /** One value that is written. */
    sealed interface Value {
        /** A number, in its {@link OrderedNumber} form. */
        record Numeric(long form) implements Value {}

        record Text(String text) implements Value {
            byte[] bytes() {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }

        /** How many bytes it takes in the request. */
        default long size() {
            return switch (this) {
                case Numeric _ -> 8;
                case Text text -> 4 + text.bytes().length;
            };
        }
    }

    static OpcUaRequestPart on(int operation, OpcUaNodeId node, int attribute) {
        return new OpcUaRequestPart(operation, attribute, Facts.NO_ITEM, Optional.of(node), Optional.empty(),
                List.of());
    }

    static OpcUaRequestPart write(OpcUaNodeId node, int attribute, List<Value> values) {
        return new OpcUaRequestPart(OpcUaMeaning.WRITE, attribute, Facts.NO_ITEM, Optional.of(node), Optional.empty(),
                values);
    }

    static OpcUaRequestPart call(OpcUaNodeId method, Optional<OpcUaNodeId> object) {
        return new OpcUaRequestPart(OpcUaMeaning.CALL, OpcUaMeaning.NO_ATTRIBUTE, Facts.NO_ITEM, Optional.of(method),
                object, List.of());
    }

    static OpcUaRequestPart nameless(int operation, int number) {
        return new OpcUaRequestPart(operation, OpcUaMeaning.NO_ATTRIBUTE, number, Optional.empty(), Optional.empty(),
                List.of());
    }

    /** A request that pours these parts into facts, as if a message had been read. */
    static Request request(List<OpcUaRequestPart> parts) {
        // Facts point into bytes, and only native ones; the request keeps these alive.
        MemorySegment bytes = Arena.ofAuto().allocate(Math.max(1, parts.stream().mapToLong(p -> p.size()).sum()));
        long at = 0;
        for (OpcUaRequestPart part : parts) {
            part.write(bytes, at);
            at += part.size();
        }
        return (facts, names) -> {
            facts.reset(bytes);
            long from = 0;
            for (OpcUaRequestPart part : parts) {
                part.fill(facts, names, bytes, from);
                from += part.size();
            }
        };
    }

    private long size() {
        return valuesAt(0) + values.stream().mapToLong(Value::size).sum();
    }

    private long objectAt(long at) {
        return at + item.map(OpcUaNodeId::size).orElse(0);
    }

    private long valuesAt(long at) {
        return objectAt(at) + object.map(OpcUaNodeId::size).orElse(0);
    }

    private void write(MemorySegment bytes, long at) {
        item.ifPresent(i -> i.write(bytes, at));
        object.ifPresent(o -> o.write(bytes, objectAt(at)));
        long valueAt = valuesAt(at);
        for (Value value : values) {
            switch (value) {
                case Value.Numeric number -> bytes.set(F64, valueAt, OrderedNumber.number(number.form()));
                case Value.Text text -> {
                    byte[] utf8 = text.bytes();
                    bytes.set(I32, valueAt, utf8.length);
                    MemorySegment.copy(utf8, 0, bytes, JAVA_BYTE, valueAt + 4, utf8.length);
                }
            }
            valueAt += value.size();
        }
    }

    private void fill(Facts facts, Names names, MemorySegment bytes, long at) {
        facts.opaque(facts.opaque() || operation == OpcUaMeaning.ENCRYPTED || operation == OpcUaMeaning.SERVICE);
        if (values.stream().allMatch(v -> v instanceof Value.Numeric)) {
            int span = add(facts, names, bytes, at);
            if (!values.isEmpty()) {
                facts.values(span, Facts.FLOAT_64, valuesAt(at), values.size());
            } else if (operation == OpcUaMeaning.WRITE) {
                facts.unknownValue(span);
            }
            return;
        }
        long valueAt = valuesAt(at);
        for (Value value : values) {
            int span = add(facts, names, bytes, at);
            switch (value) {
                case Value.Numeric number -> facts.store(span, number.form());
                case Value.Text text -> {
                    int name = names.find(OpcUaMeaning.head(OpcUaMeaning.TEXT, 0, 0), bytes, valueAt + 4,
                            text.bytes().length);
                    facts.storeText(span, OrderedNumber.name(name == Names.UNKNOWN ? OpcUaMeaning.UNNAMED : name),
                            valueAt);
                }
            }
            valueAt += value.size();
        }
    }

    private int add(Facts facts, Names names, MemorySegment bytes, long at) {
        int named = item.map(i -> i.find(names, bytes, at)).orElse(number);
        int span = facts.add(operation, attribute, named, named);
        object.ifPresent(o -> facts.extra(span, o.find(names, bytes, objectAt(at))));
        facts.named(span, item.isPresent() ? at : Facts.NOWHERE, object.isPresent() ? objectAt(at) : Facts.NOWHERE);
        return span;
    }
}
