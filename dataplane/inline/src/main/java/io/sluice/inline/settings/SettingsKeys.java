package io.sluice.inline.settings;

import io.sluice.rules.policy.Keys;
import java.util.List;
import java.util.Map;

/** Every key of the settings: the reader, the published schema and the documentation are compared with these lists. */
final class SettingsKeys {
    static final Keys SETTINGS = new Keys("settings",
            List.of("ports", "policy", "data", "jump", "backend", "pipeline", "idle", "offloads", "fallback", "cpus",
                    "priority", "limits", "clock", "control", "journal", "management", "broker"),
            Map.of(), Map.of());
    static final Keys PORT = Keys.of("port", "interface", "mirror");
    static final Keys JUMP = Keys.of("jump", "tap", "addresses");
    static final Keys JUMP_ADDRESS = Keys.of("jump address", "zone", "address");
    static final Keys LIMITS = Keys.of("limits", "flows", "memory");
    static final Keys CLOCK = Keys.of("clock", "require_sync");
    static final Keys CONTROL = Keys.of("control", "socket", "group");
    static final Keys JOURNAL = Keys.of("journal", "detail", "keep", "share", "bytes");
    static final Keys MANAGEMENT = Keys.of("management", "listen");
    static final Keys BROKER = Keys.of("broker", "listen");

    static final List<Keys> ALL = List.of(SETTINGS, PORT, JUMP, JUMP_ADDRESS, LIMITS, CLOCK, CONTROL, JOURNAL,
            MANAGEMENT, BROKER);

    private SettingsKeys() {}
}
