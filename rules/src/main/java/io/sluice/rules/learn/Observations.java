package io.sluice.rules.learn;

import io.sluice.rules.learn.Observation.Ask;
import io.sluice.rules.learn.Observation.Asked;
import io.sluice.rules.learn.Observation.Outcome;
import io.sluice.rules.learn.Observation.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen, as sums: only counts, smallest and largest, first few and lowest-ranked are kept, so neither the order
 * of observations matters nor how they were split. Observations that are added to one, or to several that are merged, give
 * equal ones.
 */
public final class Observations {
    private final LearningLimits limits;
    private final Span all = new Span();
    final Bounded<Host, Site> sites;
    final Bounded<Conversation, Traffic> traffic;
    final Bounded<Shape.Key, Tally> shapes;
    final Bounded<Shape.FamilyKey, Activity> families;
    final Bounded<Shape.ItemKey, Values> items;
    final Bounded<Side, Times> besides;

    /** A sort of traffic beside flows. */
    record Side(String what) implements Ranked {
        @Override
        public long rank() {
            return Ranked.mix(9, what);
        }
    }

    public Observations(LearningLimits limits) {
        this.limits = limits;
        sites = new Bounded<>(limits.hosts(), Site::new);
        traffic = new Bounded<>(limits.conversations(), Traffic::new);
        shapes = new Bounded<>(limits.shapes(), Tally::new);
        families = new Bounded<>(limits.families(), () -> new Activity(limits.seconds()));
        items = new Bounded<>(limits.items(), () -> new Values(limits.texts()));
        besides = new Bounded<>(limits.besides(), Times::new);
    }

    public void add(Observation observation) {
        all.add(observation.at());
        switch (observation) {
            case Asked asked -> asked(asked);
            case Observation.Flowed flow -> {
                Traffic sum = traffic.observed(flow.conversation());
                if (sum != null) {
                    sum.flowed(flow);
                }
            }
            case Observation.Sighted seen -> {
                Site site = sites.observed(seen.host());
                if (site != null) {
                    site.add(seen.port(), seen.vlan());
                }
            }
            case Observation.Unreadable message -> {
                Traffic sum = traffic.observed(message.conversation());
                if (sum != null) {
                    sum.unreadable(message);
                }
            }
            case Observation.Beside beside -> {
                Times times = besides.observed(new Side(beside.what()));
                if (times != null) {
                    times.span().add(beside.at());
                }
            }
        }
    }

    private void asked(Asked asked) {
        Conversation who = asked.conversation();
        Traffic sum = traffic.observed(who);
        if (sum != null) {
            sum.asked(asked);
        }
        Set<Shape.Family> counted = new HashSet<>();
        for (Ask ask : asked.asks()) {
            Tally tally = shapes.observed(new Shape.Key(who, ask.shape()));
            if (tally != null) {
                tally.add(asked.at(), asked.outcome(), ask.does());
            }
            Shape.Family family = ask.shape().family();
            if (counted.add(family)) {
                Activity activity = families.observed(new Shape.FamilyKey(who, family));
                if (activity != null) {
                    activity.add(asked.at());
                }
            }
            if (ask.written() != null && asked.outcome() != Outcome.REFUSED && asked.outcome() != Outcome.FORBIDDEN) {
                written(who, family, ask, ask.written(), asked.at());
            }
        }
    }

    /** Items with numbers have a value each; one with a name has them all. */
    private void written(Conversation who, Shape.Family family, Ask ask, Written written, Moment at) {
        Shape shape = ask.shape();
        boolean each = shape.item().isEmpty() && shape.low() >= 0;
        for (int i = 0; i <= (each ? shape.high() - shape.low() : 0); i++) {
            Values values = items.observed(new Shape.ItemKey(who, family, shape.low() + i, shape.item()));
            if (values == null) {
                continue;
            }
            values.add(at, i == 0 ? ask.does() : "");
            List<Long> numbers = written.numbers();
            if (each && i < numbers.size()) {
                values.number(numbers.get(i));
            } else if (!each) {
                numbers.forEach(values::number);
                written.texts().forEach(values::text);
            }
        }
    }

    /** Adds what others have. */
    public void merge(Observations other) {
        all.merge(other.all);
        sites.merge(other.sites);
        traffic.merge(other.traffic);
        shapes.merge(other.shapes);
        families.merge(other.families);
        items.merge(other.items);
        besides.merge(other.besides);
    }

    public LearningLimits limits() {
        return limits;
    }

    /** How many there were. */
    public long count() {
        return all.count();
    }

    /** From when to when, and how many. */
    Span all() {
        return all;
    }

    List<Conversation> conversations() {
        return traffic.keys(Conversation.ORDER);
    }

    /** One sentence for each bound that was reached. */
    public List<String> losses() {
        List<String> losses = new ArrayList<>();
        loss(losses, sites.lost(), limits.hosts(), "addresses");
        loss(losses, traffic.lost(), limits.conversations(), "conversations");
        loss(losses, shapes.lost(), limits.shapes(), "different requests");
        loss(losses, families.lost(), limits.families(), "sorts of requests");
        loss(losses, items.lost(), limits.items(), "items that are written");
        loss(losses, besides.lost(), limits.besides(), "sorts of other frames");
        return losses;
    }

    private static void loss(List<String> losses, long lost, int most, String what) {
        if (lost > 0) {
            losses.add("more than " + most + " " + what + ": " + lost + " observations of others were not learnt from");
        }
    }

    /** When and how often. */
    static final class Times implements Mergeable<Times> {
        static final Comparator<Side> ORDER = Comparator.comparing(Side::what);

        private final Span span = new Span();

        Span span() {
            return span;
        }

        @Override
        public void merge(Times other) {
            span.merge(other.span);
        }

        @Override
        public long count() {
            return span.count();
        }

        @Override
        public void write(Keep out) throws IOException {
            span.write(out);
        }

        @Override
        public void read(Kept in) throws IOException {
            span.read(in);
        }

        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Times other && span.equals(other.span);
        }

        @Override
        public int hashCode() {
            return span.hashCode();
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Observations other && all.equals(other.all) && sites.equals(other.sites)
                && traffic.equals(other.traffic) && shapes.equals(other.shapes) && families.equals(other.families)
                && items.equals(other.items) && besides.equals(other.besides);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }
}
