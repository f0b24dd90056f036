package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.OnDeny;
import java.util.Optional;

/**
 * A request, or a flow that is not looked into, as it was judged: at its time, over its connection, after all that came
 * before.
 *
 * @param from name of a zone or asset, as {@link CompiledPolicy#nameOf} gives it; {@code ?} where none was found
 * @param to likewise
 * @param service the inspected service; empty for a flow that is judged as a whole, in plain words
 * @param rule as {@link Verdict#rule} gives it
 * @param shortfall one of {@link Shortfall}'s numbers
 * @param trait for {@link Shortfall#TRAIT}: its number
 * @param span the span of the item that was refused
 * @param index the item that was refused, counted from its span's first
 * @param action what is done about a refusal
 */
public record Judged(String from, String to, Relation relation, Optional<Service> service, Facts facts, boolean allowed,
        int rule, int shortfall, int trait, int span, int index, OnDeny action) {}
