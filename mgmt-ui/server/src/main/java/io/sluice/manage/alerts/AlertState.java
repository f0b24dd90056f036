package io.sluice.manage.alerts;

/** What is remembered of an alert. Mutable, and kept in files by its fields. */
final class AlertState {
    String id = "";
    Kind kind = Kind.FIREWALL;
    Severity severity = Severity.LOW;
    Alert.State state = Alert.State.OPEN;
    String source = "";
    String destination = "";
    String title = "";
    String what = "";
    String why = "";
    String advice = "";
    String filter = "";
    long count;
    long first;
    long last;
    String movedBy = "";
    long movedAt = -1;
    String note = "";
}
