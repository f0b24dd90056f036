package io.sluice.rules.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.dissect.Facts;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.learn.Observation.Ask;
import io.sluice.rules.learn.Observation.Asked;
import io.sluice.rules.learn.Observation.Outcome;
import io.sluice.rules.learn.Observation.Written;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.util.List;
import java.util.Map;

/** Observations by hand: Modbus and OPC UA requests of a client, one a second unless told otherwise. */
final class Seen {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int FUNCTION = 2;
    static final int HOLDING = 4;
    static final int SPACES = 7;
    static final long SECOND = 1_000_000_000L;
    static final long START = 1_770_000_000L * SECOND;

    final Observations observations;
    private long frame;
    private long nanos = START;

    Seen() {
        this(LearningLimits.DEFAULT);
    }

    Seen(LearningLimits limits) {
        observations = new Observations(limits);
    }

    static Host host(String address) {
        Network network = Network.parse(address).orElseThrow();
        return new Host(network.high(), network.low(), address);
    }

    static Conversation modbus(String client, String server) {
        return new Conversation(host(client), host(server), "modbus", Conversation.TCP, 502);
    }

    static Conversation opcua(String client, String server) {
        return new Conversation(host(client), host(server), "opcua", Conversation.TCP, 4840);
    }

    Moment next() {
        nanos += SECOND;
        return new Moment(nanos, ++frame);
    }

    /** The next is so much later. */
    Seen after(long pause) {
        nanos += pause - SECOND;
        return this;
    }

    Seen asked(Conversation who, Ask ask, Outcome outcome) {
        observations.add(new Asked(who, next(), List.of(ask), outcome, Map.of()));
        return this;
    }

    Seen read(Conversation who, int unit, int from, int to) {
        return asked(who, reading(unit, from, to), Outcome.ANSWERED);
    }

    static Ask reading(int unit, int from, int to) {
        return new Ask(new Shape(READ, Facts.NO_ITEM, unit * SPACES + HOLDING, from, to, "", Facts.NO_ITEM, "", false),
                "read unit " + unit + " holding " + from, null);
    }

    Seen wrote(Conversation who, int address, long value) {
        return asked(who, writing(address, value), Outcome.ANSWERED);
    }

    static Ask writing(int address, long value) {
        return new Ask(
                new Shape(WRITE, Facts.NO_ITEM, SPACES + HOLDING, address, address, "", Facts.NO_ITEM, "", false),
                "write unit 1 holding " + address + " = " + value,
                new Written(List.of(value), List.of()));
    }

    static Ask function(int code, int sub) {
        return new Ask(
                new Shape(FUNCTION, code << 16 | sub, SPACES, Facts.NO_ITEM, Facts.NO_ITEM, "", Facts.NO_ITEM, "",
                        false),
                "function " + code + "/" + sub + " unit 1", null);
    }

    /** Reads the value of a node. */
    static Ask node(String node) {
        return new Ask(new Shape(1, Facts.NO_ITEM, 13, 0, 0, node, Facts.NO_ITEM, "", false), "read " + node, null);
    }

    Seen flow(Conversation who, boolean answered, int packets) {
        Moment at = next();
        observations.add(new Observation.Flowed(who, at, at.nanos(), answered, packets, packets * 60L));
        return this;
    }

    Seen at(String address, String port, int vlan) {
        observations.add(new Observation.Sighted(host(address), next(), port, vlan));
        return this;
    }

    String policy() {
        return policy(ProposalOptions.DEFAULT);
    }

    String policy(ProposalOptions options) {
        return proposal(options).policy();
    }

    /** A proposal that is sound. */
    Proposal proposal(ProposalOptions options) {
        Proposal proposal = Proposer.propose(observations, options);
        if (!proposal.isEmpty()) {
            String text = proposal.policy();
            var read = assertInstanceOf(PolicyReader.Result.Read.class, PolicyReader.read("proposed", text),
                    () -> PolicyReader.read("proposed", text).problems() + text);
            assertEquals(List.of(), read.problems().stream().map(Problem::toString).toList(), text);
            var compiled = assertInstanceOf(PolicyCompiler.Result.Compiled.class,
                    PolicyCompiler.compile(read.policy(), ""), text);
            assertEquals(List.of(), Expectations.check(compiled.policy(), read.policy()).stream()
                    .map(Problem::toString).toList(), text);
        }
        return proposal;
    }
}
