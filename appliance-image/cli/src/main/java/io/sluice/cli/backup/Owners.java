package io.sluice.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Gives files that are put back to whom they belonged, as far as this machine knows them and this user may. */
final class Owners {
    private final Map<String, Optional<UserPrincipal>> users = new HashMap<>();
    private final Map<String, Optional<GroupPrincipal>> groups = new HashMap<>();
    private final TreeSet<String> missing = new TreeSet<>();

    void give(Path file, Entry entry) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes now = view.readAttributes();
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        if (!now.owner().getName().equals(entry.owner())) {
            Optional<UserPrincipal> user = users.computeIfAbsent(entry.owner(),
                    name -> found(() -> names.lookupPrincipalByName(name)));
            note(entry.owner(), user.isPresent() && done(() -> view.setOwner(user.get())));
        }
        if (!now.group().getName().equals(entry.group())) {
            Optional<GroupPrincipal> group = groups.computeIfAbsent(entry.group(),
                    name -> found(() -> names.lookupPrincipalByGroupName(name)));
            note(entry.group(), group.isPresent() && done(() -> view.setGroup(group.get())));
        }
    }

    private interface Lookup<T> {
        T find() throws IOException;
    }

    private static <T> Optional<T> found(Lookup<T> lookup) {
        try {
            return Optional.of(lookup.find());
        } catch (IOException | UnsupportedOperationException nobody) {
            return Optional.empty();
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private static boolean done(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    private void note(String name, boolean given) {
        if (!given) {
            missing.add(Entry.printable(name));
        }
    }

    /** What somebody has to do by hand; empty where all is given. */
    Optional<String> note() {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("files of `" + String.join("`, `", missing) + "` belong to who ran this, as there is no"
                        + " such user or group here, or only root may give files away: use `chown` before the start");
    }
}
