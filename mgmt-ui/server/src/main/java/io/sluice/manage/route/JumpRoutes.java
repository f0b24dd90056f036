package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Operations;
import java.util.List;

/** Jump sessions for browsers. */
public final class JumpRoutes implements Operations.Part {
    private static final List<String> ALL = List.of("listOwnKeys", "addOwnKey", "removeOwnKey", "listJumpTargets",
            "previewJumpSession", "listJumpSessions", "requestJumpSession", "getJumpSession", "approveJumpSession",
            "denyJumpSession", "withdrawJumpSession", "connectJumpSession", "changeJumpAccess", "endJumpSession",
            "endAllJumpSessions");

    @Override
    public void register(Operations operations) {
        ALL.forEach(id -> operations.on(id, _ -> {
            throw Refused.unavailable("no-broker", "jump sessions are not served yet");
        }));
    }
}
