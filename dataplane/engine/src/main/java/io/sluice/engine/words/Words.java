package io.sluice.engine.words;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Notice;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Shortfall;
import io.sluice.dissect.Vocabulary;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Reason;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** A judged message, or a flow, in words. */
public final class Words {
    private Words() {}

    /** What it does: a request in the words of the policy, anything else as an analyser would show it. */
    public static String does(MessageEvent e) {
        Protocol protocol = Objects.requireNonNull(e.flow().service()).protocol();
        if (e.request()) {
            return protocol.vocabulary().describe(e.facts());
        }
        int direction = e.fromClient() ? Dissector.TO_SERVER : Dissector.TO_CLIENT;
        return protocol.columns().summary(e.session(), direction, e.bytes(), e.at(), e.size());
    }

    /** What is worth a look in a message, in words; empty for most. */
    public static String notices(MessageEvent e) {
        return Arrays.stream(Notice.values()).filter(n -> n.in(e.notices())).map(Notice::word)
                .collect(Collectors.joining(", "));
    }

    /** What was missing or wrong, in a few words; empty for an allowed message. */
    public static String detail(MessageEvent e) {
        if (e.problem() != null) {
            return e.problem().word();
        }
        if (e.allowed() || e.reason() == Reason.ANSWER_TO_REFUSED) {
            return "";
        }
        return switch (e.shortfall()) {
            case Shortfall.OPERATION -> "no rule permits this operation here";
            case Shortfall.ITEM -> item(e);
            case Shortfall.VALUE -> "outside the permitted values";
            case Shortfall.WINDOW -> "its window is closed";
            case Shortfall.RATE -> "its rate is used up";
            case Shortfall.TRAIT -> "the conduit demands another " + trait(e);
            default -> "";
        };
    }

    /** What a flow that is not inspected is, in the words of a policy: {@code tcp port 443}. */
    public static String service(Flow flow) {
        return switch (flow.protocol()) {
            case 6 -> "tcp port " + flow.serverPort();
            case 17 -> "udp port " + flow.serverPort();
            case 1, 58 -> "ping";
            default -> "ip protocol " + flow.protocol();
        };
    }

    private static String trait(MessageEvent e) {
        return Objects.requireNonNull(e.flow().service()).protocol().vocabulary().traits().stream()
                .filter(t -> t.number() == e.trait()).map(t -> t.key()).findFirst().orElse("connection");
    }

    /** An operation whose items are not numbered by a field, such as {@code function 8/4}, is its own item. */
    private static String item(MessageEvent e) {
        Vocabulary vocabulary = Objects.requireNonNull(e.flow().service()).protocol().vocabulary();
        int number = e.facts().operation(e.span());
        for (Vocabulary.Operation operation : vocabulary.operations()) {
            if (operation.number() == number) {
                return vocabulary.fields().stream().filter(f -> f.role() == Vocabulary.Role.ITEM)
                        .map(Vocabulary.Field::name).filter(operation.fields()::contains).findFirst()
                        .map(name -> "outside the permitted " + name + (name.endsWith("s") ? "es" : "s"))
                        .orElse("no rule permits this " + operation.word());
            }
        }
        return "outside what rules permit";
    }
}
