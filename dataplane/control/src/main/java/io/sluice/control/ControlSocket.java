package io.sluice.control;

import java.nio.file.Path;

/**
 * Where the control service listens, and who besides root and its own user may connect.
 *
 * @param group members of this group, by its name
 */
public record ControlSocket(Path path, String group) {
    public static final ControlSocket DEFAULT = new ControlSocket(Path.of("/run/sluice/control.sock"), "sluice");
}
