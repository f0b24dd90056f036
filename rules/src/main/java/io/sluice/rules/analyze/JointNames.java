package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Protocol;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * The names that two policies use in one protocol, numbered together. A name that a policy does not use is for it one
 * of all others, so a number of this list means for it {@link Names#UNKNOWN}.
 */
final class JointNames {
    /** Texts that no policy names are all one value. */
    private static final int OTHER_TEXT = Integer.MAX_VALUE;

    private final List<String> texts;
    private final int[] fromBefore;
    private final int[] fromAfter;

    JointNames(CompiledPolicy before, CompiledPolicy after, Protocol protocol) {
        TreeSet<String> all = new TreeSet<>(texts(before, protocol));
        all.addAll(texts(after, protocol));
        texts = List.copyOf(all);
        fromBefore = numbers(texts(before, protocol));
        fromAfter = numbers(texts(after, protocol));
    }

    private JointNames() {
        texts = List.of();
        fromBefore = new int[0];
        fromAfter = new int[0];
    }

    static JointNames none() {
        return new JointNames();
    }

    private static List<String> texts(CompiledPolicy policy, Protocol protocol) {
        List<String> own = new ArrayList<>();
        for (int n = 0; n < policy.names(protocol).size(); n++) {
            own.add(policy.nameText(protocol, n));
        }
        return own;
    }

    private int[] numbers(List<String> own) {
        return own.stream().mapToInt(t -> Collections.binarySearch(texts, t)).toArray();
    }

    int size() {
        return texts.size();
    }

    String text(long number) {
        return texts.get((int) number);
    }

    /** A name that neither policy uses. */
    String other(String example) {
        String name = example;
        for (int digits = 2; texts.contains(name) || texts.contains('"' + name + '"'); digits++) {
            name = example + digits;
        }
        return name;
    }

    /** Items that one policy gives by its own numbers, by those of this list. */
    Side items(List<Range> own, boolean after) {
        List<Range> joint = new ArrayList<>();
        for (Range range : own) {
            if (range.low() == Long.MIN_VALUE) {
                return new Side(own);
            }
            for (long n = range.low(); n <= range.high(); n++) {
                long number = n < 0 ? n : (after ? fromAfter : fromBefore)[(int) n];
                joint.add(new Range(number, number));
            }
        }
        return Side.union(joint);
    }

    /** The same for values, among which numbers stay as they are. */
    Side values(List<Range> own, boolean after) {
        List<Range> joint = new ArrayList<>();
        for (Range range : own) {
            if (range.low() == Long.MIN_VALUE || OrderedNumber.nameAt(range.high()) < 0) {
                joint.add(range);
                continue;
            }
            for (long form = range.low(); form <= range.high(); form++) {
                long place = OrderedNumber.name((after ? fromAfter : fromBefore)[OrderedNumber.nameAt(form)]);
                joint.add(new Range(place, place));
            }
        }
        return Side.union(joint);
    }

    /** All texts that can be written, those without a number included. */
    List<Range> everyText() {
        List<Range> every = new ArrayList<>();
        every.add(new Range(otherText(), otherText()));
        if (!texts.isEmpty()) {
            every.add(new Range(OrderedNumber.name(0), OrderedNumber.name(texts.size() - 1)));
        }
        return every;
    }

    static long otherText() {
        return OrderedNumber.name(OTHER_TEXT);
    }

    /** What an item is for one of the policies. */
    int own(long item, boolean after) {
        if (item < 0) {
            return (int) item;
        }
        int[] from = after ? fromAfter : fromBefore;
        for (int n = 0; n < from.length; n++) {
            if (from[n] == item) {
                return n;
            }
        }
        return Facts.NO_ITEM;
    }

    /** What a value is for one of the policies. */
    long ownValue(long form, boolean after) {
        int name = form == Long.MAX_VALUE ? -1 : OrderedNumber.nameAt(form);
        if (name < 0 || name == OTHER_TEXT) {
            return form;
        }
        int number = own(name, after);
        return number < 0 ? otherText() : OrderedNumber.name(number);
    }
}
