package io.sluice.manage.jump;

import java.util.List;

/**
 * What may be done at one device, for people.
 *
 * @param may one sentence each
 * @param mayNot what somebody may expect and cannot be done
 */
public record Permissions(Target target, String protocol, int port, List<String> may, List<String> mayNot) {
    public Permissions {
        may = List.copyOf(may);
        mayNot = List.copyOf(mayNot);
    }
}
