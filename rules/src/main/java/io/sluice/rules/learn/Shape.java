package io.sluice.rules.learn;

import io.sluice.dissect.Facts;
import java.util.Comparator;

/**
 * What one span of a request asks for, without its values.
 *
 * @param act what the word names by a number ({@code function 43/14}), or {@link Facts#NO_ITEM}
 * @param low first item, by number; 0 where items have names, or {@link Facts#NO_ITEM} or {@link Facts#UNTOLD}
 * @param high last item, included
 * @param item name of the item, as a policy writes it; empty where items have numbers
 * @param extra the extra field by number, 0 where it has a name, or {@link Facts#NO_ITEM}
 * @param other its name
 * @param untold it writes what no range of values can state: bit masks, structures, NaN
 */
public record Shape(int operation, int act, int scope, int low, int high, String item, int extra, String other,
        boolean untold) {
    static final Comparator<Shape> ORDER = Comparator.comparing(Shape::family, Family.ORDER)
            .thenComparingInt(Shape::low).thenComparingInt(Shape::high).thenComparing(Shape::item);

    Family family() {
        return new Family(operation, act, scope, extra, other, untold);
    }

    /** All that differs in its items only: what one rule, or a few, speak of. */
    record Family(int operation, int act, int scope, int extra, String other, boolean untold) {
        static final Comparator<Family> ORDER = Comparator.comparingInt(Family::operation)
                .thenComparingInt(Family::scope)
                .thenComparingInt(Family::act).thenComparingInt(Family::extra).thenComparing(Family::other)
                .thenComparing(Family::untold);

        long mixed(long seed) {
            long mixed = Ranked.mix(Ranked.mix(Ranked.mix(seed, operation), act), scope);
            return Ranked.mix(Ranked.mix(Ranked.mix(mixed, extra), other), untold ? 1 : 0);
        }
    }

    /** A shape in a conversation. */
    record Key(Conversation conversation, Shape shape) implements Ranked {
        @Override
        public long rank() {
            long mixed = shape.family().mixed(conversation.rank());
            return Ranked.mix(Ranked.mix(Ranked.mix(mixed, shape.low), shape.high), shape.item);
        }
    }

    /** A family in a conversation. */
    record FamilyKey(Conversation conversation, Family family) implements Ranked {
        @Override
        public long rank() {
            return family.mixed(conversation.rank());
        }
    }

    /** One item that is written in a conversation. */
    record ItemKey(Conversation conversation, Family family, int number, String name) implements Ranked {
        @Override
        public long rank() {
            return Ranked.mix(Ranked.mix(family.mixed(conversation.rank()), number), name);
        }
    }
}
