package io.sluice.control;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect: root, the user that this process runs as, and members of one group. Users are compared by number, not by
 * name. Membership is looked up when somebody connects, and the group itself by {@link #look}, so that both can be given and
 * taken without a restart.
 */
class PeerRules {
    static final Path GROUPS = Path.of("/etc/group");
    /** group(5): name, password, number, members. */
    private static final int MEMBERS = 3;

    private final UserPrincipal root;
    private final UserPrincipal self;
    private final String groupName;
    private final Path groups;
    private final Function<String, Optional<GroupPrincipal>> system;
    private volatile Optional<GroupPrincipal> group;

    PeerRules(String groupName, Path groups) throws IOException {
        this(groupName, groups, PeerRules::group);
    }

    /** @param system knows groups by their names */
    PeerRules(String groupName, Path groups, Function<String, Optional<GroupPrincipal>> system) throws IOException {
        this.root = lookup().lookupPrincipalByName("0");
        this.self = Files.getOwner(Path.of("/proc/self"));
        this.groupName = groupName;
        this.groups = groups;
        this.system = system;
        this.group = system.apply(groupName);
    }

    /** The group, if this system had it when it was looked for last. */
    Optional<GroupPrincipal> group() {
        return group;
    }

    /** Looks for the group again: it may have been made, deleted, or made anew with another number. Any thread. */
    Optional<GroupPrincipal> look() {
        Optional<GroupPrincipal> now = system.apply(groupName);
        group = now;
        return now;
    }

    /** @param peer what SO_PEERCRED says, or null where it says nothing */
    boolean allows(@Nullable UnixDomainPrincipal peer) {
        if (peer == null) {
            return false;
        }
        boolean owner = peer.user().equals(root) || peer.user().equals(self);
        return owner || isMember(peer);
    }

    private boolean isMember(UnixDomainPrincipal peer) {
        Optional<GroupPrincipal> now = group;
        return now.isPresent() && (peer.group().equals(now.get()) || isListed(peer.user().getName()));
    }

    private boolean isListed(String user) {
        try {
            List<String> lines = Files.readAllLines(groups);
            return lines.stream().map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > MEMBERS && fields[0].equals(groupName))
                    .anyMatch(fields -> Arrays.asList(fields[MEMBERS].split(",", -1)).contains(user));
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<GroupPrincipal> group(String name) {
        try {
            return Optional.of(lookup().lookupPrincipalByGroupName(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static UserPrincipalLookupService lookup() {
        return FileSystems.getDefault().getUserPrincipalLookupService();
    }
}
