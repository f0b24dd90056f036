package io.sluice.manage.assets;

/** What is remembered of a client, a server and what they speak. Mutable, and kept in files by its fields. */
final class RelationState {
    String client = "";
    String server = "";
    /** {@code modbus}, {@code opcua}, or as a policy writes it: {@code tcp port 443}. */
    String protocol = "";
    String conduit = "";
    Use total = new Use();
    Uses functions = new Uses();
    Uses items = new Uses();
}
