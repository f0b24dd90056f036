package io.sluice.manage.event;

import java.util.StringJoiner;

/** Events as lines for people. */
final class Sentences {
    private Sentences() {}

    static String of(Event e) {
        return switch (e.type()) {
            case MODBUS, OPCUA, ALERT -> message(e);
            case DROP -> "packet dropped: " + (e.judgement().detail().isEmpty()
                    ? e.judgement().reason()
                    : e.judgement().detail()) + more(e);
            case FLOW -> flow(e);
            case STATS -> "counters of the firewall";
            case MANAGEMENT -> e.deed().text();
            case OTHER -> "a record of a kind that is not known here";
        };
    }

    private static String message(Event e) {
        Judgement j = e.judgement();
        String what = e.deed().text().isEmpty() ? e.alert().signature() : e.deed().text();
        StringJoiner why = new StringJoiner("; ");
        add(why, j.verdict() == Judgement.Verdict.DENY && !e.alert().signature().isEmpty() && !e.deed().text().isEmpty()
                ? afterColon(e.alert().signature())
                : "");
        add(why, j.detail());
        add(why, j.because());
        add(why, j.notices());
        String verdict = j.verdict() == Judgement.Verdict.DENY ? j.enforced() ? "refused: " : "would be refused: " : "";
        return verdict + what + (why.length() == 0 ? "" : " (" + why + ")") + more(e);
    }

    private static String afterColon(String signature) {
        return signature.substring(signature.indexOf(": ") < 0 ? 0 : signature.indexOf(": ") + 2);
    }

    private static void add(StringJoiner to, String text) {
        if (!text.isEmpty()) {
            to.add(text);
        }
    }

    private static String more(Event e) {
        return e.repeated().equals(Event.Repeated.NONE) ? "" : ", " + e.repeated().count() + " times more";
    }

    private static String flow(Event e) {
        Flowed f = e.flowed();
        String service = e.protocol().isEmpty() ? e.transport() : e.protocol();
        String what = e.judgement().blocked()
                ? " flow that was refused as a whole"
                : f.state().equals("established") ? " flow goes on" : " flow is over";
        return service + what + (f.allowed() + f.denied() == 0
                ? ""
                : ": " + f.allowed() + " requests allowed, " + f.denied() + " refused");
    }
}
