package io.sluice.manage.jump;

import io.sluice.manage.Refused;
import io.sluice.manage.identity.Role;
import io.sluice.rules.policy.Addresses;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a person may ask for a session, work in it, or approve it: checked at every step, and again while it lives. */
final class Eligibility {
    private Eligibility() {}

    /** Why somebody may not ask for sessions on these terms, or work in one. */
    static Optional<String> objection(Person person, Terms terms) {
        if (!person.enabled()) {
            return Optional.of("the account `" + person.id() + "` may not sign in any more");
        }
        if (!person.has(Role.REQUESTER)) {
            return Optional.of("`" + person.id() + "` has not the role `requester`");
        }
        if (!person.groups().contains(terms.group())) {
            return Optional.of("`" + person.id() + "` is not in the group `" + terms.group() + "`");
        }
        return terms.secondFactor() && !person.secondFactor()
                ? Optional.of("this needs a second factor; set one up in your account first")
                : Optional.empty();
    }

    /** Why somebody may not ask or connect from an address. */
    static Optional<String> objection(String address, Terms terms) {
        if (terms.networks().isEmpty() || within(address, terms.networks())) {
            return Optional.empty();
        }
        return Optional.of("sessions of this kind are not possible from " + address + ", only from "
                + String.join(", ", terms.networks()));
    }

    private static boolean within(String address, List<String> networks) {
        return Addresses.address(address) instanceof Parsed.Yes<Network> yes && networks.stream()
                .flatMap(n -> Network.parse(n).stream())
                .anyMatch(n -> n.contains(yes.value().high(), yes.value().low()));
    }

    /** Whether a person is one of those who approve a session, apart from the hour. */
    static boolean isApprover(Person person, Jump jump) {
        return person.enabled() && person.has(Role.APPROVER) && person.groups().contains(jump.terms().approvers())
                && !person.id().equals(jump.person());
    }

    static void requireApprover(Person person, Jump jump, Instant now) throws Refused {
        if (person.id().equals(jump.person())) {
            throw Refused.of(403, "own-request", "nobody approves an own request; ask somebody of the group `"
                    + jump.terms().approvers() + "`");
        }
        if (!isApprover(person, jump)) {
            throw Refused.of(403, "not-an-approver", "sessions of `" + jump.request().rule()
                    + "` are approved by the group `" + jump.terms().approvers() + "`, to which you do not belong");
        }
        if (jump.approvals().stream().anyMatch(a -> !a.stepUp() && a.who().equals(person.id()))
                && jump.slot() == null) {
            throw Refused.conflict("approved-already", "you have approved this already; somebody else has to, too");
        }
        Hours shift = jump.terms().shift();
        if (shift != null && !shift.isOpen(now)) {
            throw Refused.of(403, "not-in-shift", "the policy permits approvals only in the window `" + shift.name()
                    + "` (" + shift.sentence() + ")");
        }
    }
}
