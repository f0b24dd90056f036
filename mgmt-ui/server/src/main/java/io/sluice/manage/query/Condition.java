package io.sluice.manage.query;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.List;
import java.util.function.Predicate;

/** A filter at a moment, under a policy: the same question to an event and to the index. */
public record Condition(Filter filter, FilterContext context) implements Predicate<Event> {
    /** All events. */
    public static final Condition ALL = new Condition(Filter.ALL, FilterContext.at(0));

    /** All records of a flow. */
    public static Condition flow(long flow) {
        Term term = new Term(false, Field.FLOW, List.of(new Value.Range(flow, flow)));
        return new Condition(new Filter(List.of(term)), FilterContext.at(0));
    }

    @Override
    public boolean test(Event event) {
        for (Term term : filter.terms()) {
            if (!term.test(event, context)) {
                return false;
            }
        }
        return true;
    }

    /** Adds a condition on the rows of the index; {@code TRUE} where all are meant. */
    public void sql(Sql sql) {
        sql.add("TRUE");
        for (Term term : filter.terms()) {
            sql.add(" AND ");
            term.sql(sql, context);
        }
    }

    /** False where no refusal can meet it: the index keeps them apart. */
    public boolean mayBeRefused() {
        return filter.terms().stream().allMatch(t -> switch (t.field()) {
            case VERDICT -> says(t, Verdict.DENY.word());
            case TYPE -> says(t, EventType.ALERT.word()) || says(t, EventType.DROP.word())
                    || says(t, EventType.FLOW.word());
            default -> true;
        });
    }

    /** False where only a refusal can meet it. */
    public boolean mayBeOther() {
        return filter.terms().stream().filter(t -> t.field() == Field.VERDICT)
                .allMatch(t -> says(t, Verdict.ALLOW.word()) || says(t, Verdict.NONE.word()));
    }

    private static boolean says(Term term, String word) {
        return term.values().contains(new Value.Text(word, false)) != term.negated();
    }
}
