package io.sluice.rules.learn;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.dissect.Vocabulary.Trait;
import io.sluice.rules.learn.Shape.Family;
import io.sluice.rules.learn.Shape.FamilyKey;
import io.sluice.rules.learn.Shape.ItemKey;
import io.sluice.rules.policy.Network;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Observations as bytes, so that what was seen in several places or on several days can be put together later. Equal
 * observations give equal bytes. They are for programs with the same vocabularies: shapes are numbers of these.
 */
public final class KeptObservations {
    /** Changes with every change of what is written. */
    private static final int FORMAT = 1;
    private static final int MOST_ITEMS = 1 << 16;

    private static final Comparator<Shape.Key> BY_SHAPE = Comparator
            .comparing(Shape.Key::conversation, Conversation.ORDER).thenComparing(Shape.Key::shape, Shape.ORDER);
    private static final Comparator<FamilyKey> BY_FAMILY = Comparator
            .comparing(FamilyKey::conversation, Conversation.ORDER).thenComparing(FamilyKey::family, Family.ORDER);
    private static final Comparator<ItemKey> BY_ITEM = Comparator.comparing(ItemKey::conversation, Conversation.ORDER)
            .thenComparing(ItemKey::family, Family.ORDER).thenComparingInt(ItemKey::number)
            .thenComparing(ItemKey::name);

    private KeptObservations() {}

    public static void write(Observations seen, DataOutput to) throws IOException {
        Keep out = new Keep(to);
        LearningLimits l = seen.limits();
        out.number(FORMAT).number(vocabularies()).number(l.hosts()).number(l.conversations()).number(l.shapes())
                .number(l.families()).number(l.items()).number(l.seconds()).number(l.texts()).number(l.besides());
        seen.all().write(out);
        seen.sites.write(out, Comparator.naturalOrder(), KeptObservations::host);
        seen.traffic.write(out, Conversation.ORDER, KeptObservations::conversation);
        seen.shapes.write(out, BY_SHAPE, (o, k) -> {
            conversation(o, k.conversation());
            family(o, k.shape().family());
            o.number(k.shape().low()).number(k.shape().high()).text(k.shape().item());
        });
        seen.families.write(out, BY_FAMILY, (o, k) -> {
            conversation(o, k.conversation());
            family(o, k.family());
        });
        seen.items.write(out, BY_ITEM, (o, k) -> {
            conversation(o, k.conversation());
            family(o, k.family());
            o.number(k.number()).text(k.name());
        });
        seen.besides.write(out, Observations.Times.ORDER, (o, side) -> o.text(side.what()));
    }

    /**
     * Reads observations.
     *
     * @param limits which must be those under which they were gathered: sums under others cannot be merged
     * @param frames how many frames come before: added to the number of each frame
     * @throws IOException if they are not of this program's making; the message says what is wrong
     */
    public static Observations read(DataInput from, LearningLimits limits, long frames) throws IOException {
        Kept in = new Kept(from, frames);
        if (in.number() != FORMAT || in.number() != vocabularies()) {
            throw new IOException("it was written by another version, whose words have other numbers");
        }
        LearningLimits theirs = new LearningLimits(in.integer(), in.integer(), in.integer(), in.integer(),
                in.integer(), in.integer(), in.integer(), in.integer());
        if (!theirs.equals(limits)) {
            throw new IOException("it was gathered under other limits");
        }
        Observations seen = new Observations(limits);
        seen.all().read(in);
        seen.sites.read(in, KeptObservations::host);
        seen.traffic.read(in, KeptObservations::conversation);
        seen.shapes.read(in, KeptObservations::shape);
        seen.families.read(in, i -> {
            Conversation conversation = conversation(i);
            return new FamilyKey(conversation, family(i, conversation));
        });
        seen.items.read(in, i -> {
            Conversation conversation = conversation(i);
            return new ItemKey(conversation, family(i, conversation), i.integer(), i.text());
        });
        seen.besides.read(in, i -> new Observations.Side(i.text()));
        return seen;
    }

    private static void host(Keep out, Host host) throws IOException {
        out.number(host.high()).number(host.low()).text(host.text());
    }

    private static Host host(Kept in) throws IOException {
        Host host = new Host(in.number(), in.number(), in.text());
        Optional<Network> address = Network.parse(host.text());
        if (address.isEmpty() || address.get().high() != host.high() || address.get().low() != host.low()) {
            throw new IOException("an address is not one");
        }
        return host;
    }

    private static void conversation(Keep out, Conversation c) throws IOException {
        host(out, c.client());
        host(out, c.server());
        out.text(c.protocol()).number(c.transport()).number(c.port());
    }

    private static Conversation conversation(Kept in) throws IOException {
        Conversation c = new Conversation(host(in), host(in), in.text(), (int) in.number(0, 255),
                (int) in.number(0, 65_535));
        if (c.inspected() && Protocols.named(c.protocol()).isEmpty()) {
            throw new IOException("it names a protocol that is not known");
        }
        return c;
    }

    private static void family(Keep out, Family f) throws IOException {
        out.number(f.operation()).number(f.act()).number(f.scope()).number(f.extra()).text(f.other()).flag(f.untold());
    }

    private static Family family(Kept in, Conversation of) throws IOException {
        Family f = new Family(in.integer(), in.integer(), (int) in.number(0, Integer.MAX_VALUE), in.integer(),
                in.text(), in.flag());
        boolean known = Protocols.named(of.protocol()).stream().flatMap(p -> p.vocabulary().operations().stream())
                .anyMatch(o -> o.number() == f.operation());
        if (!known) {
            throw new IOException("it names an operation that is not known");
        }
        return f;
    }

    private static Shape.Key shape(Kept in) throws IOException {
        Conversation conversation = conversation(in);
        Family f = family(in, conversation);
        int low = in.integer();
        int high = in.integer();
        if (low > high || (long) high - low >= MOST_ITEMS) {
            throw new IOException("it names a range that no message has");
        }
        return new Shape.Key(conversation, new Shape(f.operation(), f.act(), f.scope(), low, high, in.text(),
                f.extra(), f.other(), f.untold()));
    }

    /** A number that is another one as soon as any number of a vocabulary means something else. */
    private static long vocabularies() {
        long mixed = 11;
        for (Protocol protocol : Protocols.ALL) {
            Vocabulary vocabulary = protocol.vocabulary();
            mixed = Ranked.mix(mixed, protocol.name());
            for (Operation o : vocabulary.operations()) {
                mixed = Ranked.mix(Ranked.mix(mixed, o.word()), o.number());
            }
            for (Field f : vocabulary.fields()) {
                mixed = Ranked.mix(Ranked.mix(Ranked.mix(mixed, f.name() + f.role()), f.min()), f.max());
                mixed = Ranked.mix(mixed, new TreeMap<>(f.words()).toString());
            }
            for (Trait t : vocabulary.traits()) {
                mixed = Ranked.mix(Ranked.mix(mixed, t.key()), t.number());
                mixed = Ranked.mix(mixed, new TreeMap<>(t.words()).toString());
            }
        }
        return mixed;
    }
}
