package io.sluice.manage.index;

/** By what events can be counted. */
public enum Facet {
    CONDUIT("conduit"),
    RULE("rule"),
    /** Asset or zone, else address. */
    SOURCE("if(src <> '', src, src_addr)"),
    DESTINATION("if(dst <> '', dst, dst_addr)"),
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
}
