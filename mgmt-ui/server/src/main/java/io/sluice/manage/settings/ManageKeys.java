package io.sluice.manage.settings;

import io.sluice.rules.policy.Keys;
import java.util.List;

/** Every key of the settings: the reader and the documentation are compared with these lists. */
public final class ManageKeys {
    static final Keys SETTINGS = Keys.of("settings", "listen", "site", "data", "journal", "control", "certificate",
            "database", "sessions", "second_factor", "oidc", "metrics", "replay", "broker", "alerts", "assets",
            "active_identification", "exports");
    static final Keys CONTROL = Keys.of("control", "socket");
    static final Keys CERTIFICATE = Keys.of("certificate", "chain", "key");
    static final Keys DATABASE = Keys.of("database", "url", "user", "password_file");
    static final Keys SESSIONS = Keys.of("sessions", "idle", "longest");
    static final Keys OIDC = Keys.of("oidc", "name", "issuer", "client", "secret_file", "group_claim", "roles");
    static final Keys METRICS = Keys.of("metrics", "token_file");
    static final Keys REPLAY = Keys.of("replay", "largest");
    static final Keys ASSETS = Keys.of("assets", "vendors");
    static final Keys BROKER = Keys.of("broker", "listen", "name", "interface");
    static final Keys ALERTS = Keys.of("alerts", "learning", "settling", "scan_window", "scan_targets",
            "slow_scan_window", "slow_scan_targets", "denial_window", "denials", "denied_changes", "writes_to_learn",
            "range_margin", "rate_bucket", "rate_buckets", "rate_factor", "rate_least", "quiet");
    /** Of each export, below its name. */
    static final Keys EXPORT = Keys.of("export", "kind", "target", "filter", "queue", "trust", "certificate", "key",
            "topic");

    public static final List<Keys> ALL = List.of(SETTINGS, CONTROL, CERTIFICATE, DATABASE, SESSIONS, OIDC, METRICS,
            REPLAY, BROKER, ASSETS, ALERTS, EXPORT);

    private ManageKeys() {}
}
