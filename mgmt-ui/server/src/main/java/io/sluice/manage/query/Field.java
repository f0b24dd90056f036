package io.sluice.manage.query;

import io.sluice.manage.event.Deed.Part;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventType;
import io.sluice.manage.event.Judgement.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys of a filter, each with what it means for an event and for a row of the index. */
public enum Field {
    PROTO("proto", Kind.WORD, "protocol or transport: `modbus`, `opcua`, `tcp`, `udp`, `icmp`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matchesFolded(e.protocol()) || text(value).matchesFolded(e.transport());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "protocol", "lower(transport)");
        }
    },
    DO("do", Kind.WORD,
            "what is asked for, in the words of a policy: `read`, `write`, `call`; of management its type") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.deed().operation()) || anyPart(e, p -> text(value).matches(p.operation()));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            part(sql, s -> equal(s, text(value), "op"));
        }
    },
    FUNCTION("function", Kind.NUMBER_OR_TEXT, "function code or service id, or its name in the standard", "fc") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return value instanceof Value.Range range
                    ? e.deed().function() >= 0 && range.has(e.deed().function())
                    : folded(value).matchesFolded(e.deed().functionName());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            if (value instanceof Value.Range range) {
                between(sql.add("fc >= 0 AND "), "fc", range);
            } else {
                equal(sql, folded(value), "lower(fc_name)");
            }
        }
    },
    SRC("src", Kind.TEXT, "who sent it: asset, zone or address", "source", "from") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return Hosts.is(text(value), e.source());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), Hosts.isAddress(text(value)) ? "src_addr" : "src");
        }
    },
    DST("dst", Kind.TEXT, "to whom it went: asset, zone or address", "destination", "to") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return Hosts.is(text(value), e.destination());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), Hosts.isAddress(text(value)) ? "dst_addr" : "dst");
        }
    },
    HOST("host", Kind.TEXT, "asset, zone or address on either side", "asset") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return Hosts.is(text(value), e.source()) || Hosts.is(text(value), e.destination());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            boolean address = Hosts.isAddress(text(value));
            equal(sql, text(value), address ? "src_addr" : "src", address ? "dst_addr" : "dst");
        }
    },
    ZONE("zone", Kind.NAME, "a zone or an asset in it, on either side") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            var places = context.places().apply(text(value).text());
            return isIn(e.source().place(), places) || isIn(e.destination().place(), places);
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            sql.add("FALSE");
            for (String place : context.places().apply(text(value).text())) {
                sql.add(" OR src <> '' AND src = ?", place).add(" OR dst <> '' AND dst = ?", place);
            }
        }
    },
    PORT("port", Kind.NUMBER, "TCP or UDP port on either side") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return isIn(e.source().port(), range(value)) || isIn(e.destination().port(), range(value));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            between(sql.add("src_port >= 0 AND "), "src_port", range(value));
            between(sql.add(" OR dst_port >= 0 AND "), "dst_port", range(value));
        }
    },
    IFACE("iface", Kind.TEXT, "the firewall's port that it came in at") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.port());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "iface");
        }
    },
    CONDUIT("conduit", Kind.TEXT, "the conduit of the rule that decided") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.judgement().conduit());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "conduit");
        }
    },
    VERDICT("verdict", Kind.CHOICE, "`allow`, `deny`, or `none` for what was not judged") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.judgement().verdict().word());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "verdict");
        }

        @Override
        List<String> choices() {
            return Arrays.stream(Verdict.values()).map(Verdict::word).toList();
        }
    },
    ENFORCED("enforced", Kind.CHOICE, "`yes`: a refusal was carried out; `no`: it only would have been") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return e.judgement().verdict() == Verdict.DENY
                    && e.judgement().enforced() == text(value).text().equals("yes");
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            sql.add("verdict = 'deny' AND enforced = ?", text(value).text().equals("yes"));
        }

        @Override
        List<String> choices() {
            return List.of("yes", "no");
        }
    },
    REASON("reason", Kind.WORD,
            "why, in one word: `default`, `denied`, `no-conduit`, `malformed` …; of drops the cause") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.judgement().reason());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "reason");
        }
    },
    RULE("rule", Kind.TEXT, "the rule that decided") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.judgement().rule());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "rule");
        }
    },
    USER("user", Kind.TEXT, "the person behind it", "person") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.person());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "person");
        }
    },
    SESSION("session", Kind.TEXT, "the grant of the jump session", "grant") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.session());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "session");
        }
    },
    ADDR("addr", Kind.NUMBER, "addresses that it touches: `100..119`", "address") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            Value.Range asked = range(value);
            return anyPart(e, p -> p.low() >= 0 && p.low() <= asked.high() && p.high() >= asked.low());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            part(sql, s -> s.add("low >= 0 AND low <= ? AND high >= ?", range(value).highest(),
                    range(value).lowest()));
        }
    },
    UNIT("unit", Kind.NUMBER, "Modbus unit id") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return anyPart(e, p -> p.unit() >= 0 && range(value).has(p.unit()));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            part(sql, s -> between(s.add("unit >= 0 AND "), "unit", range(value)));
        }
    },
    SPACE("space", Kind.WORD, "`coil`, `discrete`, `input`, `holding`, `file`, `fifo`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return anyPart(e, p -> !p.space().isEmpty() && text(value).matches(p.space()));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            part(sql, s -> equal(s.add("space <> '' AND "), text(value), "space"));
        }
    },
    NODE("node", Kind.TEXT, "OPC UA node id: `ns=2;s=Line3.*`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return anyPart(e, p -> !p.node().isEmpty() && text(value).matches(p.node()));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            part(sql, s -> equal(s.add("node <> '' AND "), text(value), "node"));
        }
    },
    VALUE("value", Kind.NUMBER_OR_TEXT, "values written: `1500`, `0..100`, `\"a text\"`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return anyPart(e, p -> p.values().stream().anyMatch(v -> value instanceof Value.Range range
                    ? range.has(Numbers.of(v))
                    : text(value).matches(v)));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            part(sql, s -> {
                if (value instanceof Value.Range range) {
                    s.add("coalesce(num BETWEEN ? AND ?, FALSE)", range.low(), range.high());
                } else {
                    equal(s.add("written AND "), text(value), "value");
                }
            });
        }
    },
    TYPE("type", Kind.CHOICE, "of the record: `alert`, `modbus`, `opcua`, `drop`, `flow`, `stats`, `management`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return text(value).matches(e.type().word());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, text(value), "type");
        }

        @Override
        List<String> choices() {
            return Arrays.stream(EventType.values()).map(EventType::word).toList();
        }
    },
    FLOW("flow", Kind.NUMBER, "the number that connects the records of one flow") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return e.flow() >= 0 && range(value).has((double) e.flow());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            between(sql.add("flow >= 0 AND "), "flow", range(value));
        }
    },
    POLICY("policy", Kind.TEXT, "the policy that decided, by the beginning of its hash") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return beginning(value).matches(e.judgement().policy());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            equal(sql, beginning(value), "policy");
        }
    },
    SINCE("since", Kind.TIME, "not before: `15m`, `2h`, `7d`, `2026-11-27`, `2026-11-27T14:00`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return e.micros() >= ((Value.Time) value).micros(context.nowMicros());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            sql.add("time >= ?", ((Value.Time) value).micros(context.nowMicros()));
        }
    },
    UNTIL("until", Kind.TIME, "before: as `since`") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            return e.micros() < ((Value.Time) value).micros(context.nowMicros());
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            sql.add("time < ?", ((Value.Time) value).micros(context.nowMicros()));
        }
    },
    /** A word without a key: in any text. */
    TEXT("", Kind.TEXT, "") {
        @Override
        boolean test(Event e, Value value, FilterContext context) {
            Value.Text word = folded(value);
            Value.Text inside = surrounded("*", word, "*");
            return SearchedTexts.of(e)
                    .anyMatch(t -> word.pattern() ? inside.matchesFolded(t) : Value.Text.fold(t).contains(word.text()));
        }

        @Override
        void sql(Sql sql, Value value, FilterContext context) {
            Value.Text word = folded(value);
            if (word.pattern()) {
                equal(sql, surrounded("*", word, "*"), SearchedTexts.COLUMNS);
            } else {
                sql.add("FALSE");
                for (String column : SearchedTexts.COLUMNS) {
                    sql.add(" OR contains(" + column + ", ?)", word.text());
                }
            }
        }
    };

    /** What may stand behind a key. */
    enum Kind {
        /** Words of the firewall: case does not count. */
        WORD,
        /** One of a few words. */
        CHOICE,
        /** Names of policies and people, addresses, node ids: case counts, {@code *} stands for anything. */
        TEXT,
        /** A name without {@code *}. */
        NAME,
        /** Whole numbers and ranges of them. */
        NUMBER,
        /** Numbers, ranges of them, or texts. */
        NUMBER_OR_TEXT,
        TIME
    }

    private final String word;
    private final Kind kind;
    private final String help;
    /** Other names of the key, each between spaces. */
    private final String others;

    Field(String word, Kind kind, String help, String... others) {
        this.word = word;
        this.kind = kind;
        this.help = help;
        this.others = " " + String.join(" ", others) + " ";
    }

    /** Whether an event meets one value. */
    abstract boolean test(Event event, Value value, FilterContext context);

    /** The same as a condition on a row of the index; what is added may be joined by {@code OR}. */
    abstract void sql(Sql sql, Value value, FilterContext context);

    /** The words that may stand there, for {@link Kind#CHOICE}. */
    List<String> choices() {
        return List.of();
    }

    /** What stands in front of the colon. */
    public String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    /** What may stand behind it, for people. */
    public String help() {
        return help;
    }

    /** The field of a key, by any of its names. */
    public static Optional<Field> named(String key) {
        String word = key.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(f -> f != TEXT && (f.word.equals(word) || f.others.contains(" " + word + " ")))
                .findFirst();
    }

    private interface PartTest {
        boolean test(Part part);
    }

    private interface Writing {
        void write(Sql sql);
    }

    private static boolean isIn(String place, Set<String> places) {
        return !place.isEmpty() && places.contains(place);
    }

    private static boolean isIn(int port, Value.Range range) {
        return port >= 0 && range.has(port);
    }

    private static boolean anyPart(Event e, PartTest test) {
        for (Part part : e.deed().parts()) {
            if (test.test(part)) {
                return true;
            }
        }
        return false;
    }

    /** A condition on a part of a message: the first is in the row itself, further ones in a table of their own. */
    private static void part(Sql sql, Writing condition) {
        sql.add("(");
        condition.write(sql);
        sql.add(" OR multi AND id IN (SELECT id FROM part WHERE ");
        condition.write(sql);
        sql.add("))");
    }

    private static void equal(Sql sql, Value.Text text, String... columns) {
        sql.add("(");
        for (int i = 0; i < columns.length; i++) {
            sql.add(i == 0 ? "" : " OR ").add(columns[i]);
            if (text.pattern()) {
                sql.add(" LIKE ? ESCAPE '\\'", text.like());
            } else {
                sql.add(" = ?", text.text());
            }
        }
        sql.add(")");
    }

    private static void between(Sql sql, String column, Value.Range range) {
        sql.add(column + " BETWEEN ? AND ?", range.lowest(), range.highest());
    }

    private static Value.Text text(Value value) {
        return (Value.Text) value;
    }

    private static Value.Range range(Value value) {
        return (Value.Range) value;
    }

    private static Value.Text folded(Value value) {
        return new Value.Text(Value.Text.fold(text(value).text()), text(value).pattern());
    }

    private static Value.Text beginning(Value value) {
        return surrounded("", text(value), "*");
    }

    private static Value.Text surrounded(String before, Value.Text text, String behind) {
        return new Value.Text(before + text.text() + behind, true);
    }
}
