package io.sluice.manage.index;

import io.sluice.manage.query.Field;
import java.util.Optional;

/** By what events can be counted. */
public enum Facet {
    CONDUIT("conduit"),
    RULE("rule"),
    /** Asset or zone, else address. */
    SOURCE("if(src <> '', src, src_addr)"),
    DESTINATION("if(dst <> '', dst, dst_addr)"),
    /** Either side: each message counts for both. */
    HOST("unnest([if(src <> '', src, src_addr), if(dst <> '', dst, dst_addr)])"),
    /** What the standard calls it. */
    FUNCTION("fc_name"),
    OPERATION("op"),
    PROTOCOL("if(protocol <> '', protocol, lower(transport))"),
    VERDICT("verdict"),
    REASON("reason"),
    TYPE("type"),
    NODE("node"),
    UNIT("if(unit < 0, '', unit::VARCHAR)"),
    PERSON("person"),
    SESSION("session"),
    INTERFACE("iface"),
    POLICY("policy");

    private final String sql;

    Facet(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** By what is counted for a key of the filter language; empty for keys whose values nobody wants to see listed. */
    public static Optional<Facet> of(String key) {
        return Field.named(key).flatMap(field -> Optional.ofNullable(switch (field) {
            case CONDUIT -> CONDUIT;
            case RULE -> RULE;
            case SRC -> SOURCE;
            case DST -> DESTINATION;
            case HOST, ZONE -> HOST;
            case FUNCTION -> FUNCTION;
            case DO -> OPERATION;
            case PROTO -> PROTOCOL;
            case VERDICT -> VERDICT;
            case REASON -> REASON;
            case TYPE -> TYPE;
            case NODE -> NODE;
            case UNIT -> UNIT;
            case USER -> PERSON;
            case SESSION -> SESSION;
            case IFACE -> INTERFACE;
            case POLICY -> POLICY;
            case SPACE, ADDR, VALUE, FLOW, PORT, ENFORCED, SINCE, UNTIL, TEXT -> null;
        }));
    }
}
