package io.sluice.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file by which others find the socket. The socket is bound under another name, gets its group and mode, and only then
 * appears under its own, so that it is never there with the wrong rights.
 */
final class SocketFile {
    /** sun_path of unix(7), without its terminating zero. */
    private static final int LONGEST = 107;

    private final Path path;
    private final Path hidden;
    private @Nullable Object key;

    SocketFile(Path path) {
        this.path = path.toAbsolutePath();
        this.hidden = this.path.resolveSibling(".sock." + ProcessHandle.current().pid());
    }

    /** Makes the folder where it is missing, and takes away what a process that was killed has left behind. */
    Path prepare() throws ControlException {
        if (Math.max(path.toString().length(), hidden.toString().length()) > LONGEST) {
            throw new ControlException("`" + path + "` is too long for a socket: at most " + LONGEST
                    + " characters; choose a shorter `control: {socket: …}`");
        }
        try {
            Files.createDirectories(path.resolveSibling(""));
            Files.deleteIfExists(hidden);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                requireStale();
            }
            return hidden;
        } catch (AccessDeniedException e) {
            throw new ControlException("permission is missing for `" + e.getFile()
                    + "`; run as root, or choose another `control: {socket: …}`");
        } catch (IOException e) {
            throw new ControlException("the control socket `" + path + "` cannot be made: " + e.getMessage());
        }
    }

    private void requireStale() throws IOException, ControlException {
        if (!Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
            throw new ControlException("`" + path + "` is there and is not a socket; move it away, or choose another"
                    + " `control: {socket: …}`");
        }
        if (answers()) {
            throw new ControlException("Sluice is running already: somebody answers at `" + path
                    + "`; stop it first, or choose another `control: {socket: …}`");
        }
    }

    private boolean answers() {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Gives the bound socket its rights and its name.
     *
     * @param group may connect too; empty: only the owner
     */
    void publish(Optional<GroupPrincipal> group) throws ControlException {
        try {
            give(hidden, group);
            key = Files.readAttributes(hidden, PosixFileAttributes.class).fileKey();
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw notGiven(e);
        }
    }

    /** Gives the socket that is in use to another group, or to none. */
    void share(Optional<GroupPrincipal> group) throws ControlException {
        try {
            if (isOurs()) {
                give(path, group);
            }
        } catch (IOException e) {
            throw notGiven(e);
        }
    }

    /** The rights last, so that they never hold for a group that is not meant. */
    private static void give(Path socket, Optional<GroupPrincipal> group) throws IOException {
        PosixFileAttributeView file = Files.getFileAttributeView(socket, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        if (group.isPresent()) {
            file.setGroup(group.get());
        }
        Files.setPosixFilePermissions(socket,
                PosixFilePermissions.fromString(group.isPresent() ? "rw-rw----" : "rw-------"));
    }

    private ControlException notGiven(IOException e) {
        return new ControlException("the control socket `" + path + "` cannot be given to its group: "
                + e.getMessage() + "; run as root or as a member of the group");
    }

    private boolean isOurs() throws IOException {
        return key != null && key.equals(
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
    }

    /** Takes the file away, unless another process has put its own in its place. */
    void remove() {
        try {
            Files.deleteIfExists(hidden);
            if (isOurs()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // A socket file that nobody listens at is taken for stale by the next start.
        }
    }
}
