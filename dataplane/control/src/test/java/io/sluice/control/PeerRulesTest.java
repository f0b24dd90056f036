package io.sluice.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;
import jdk.net.UnixDomainPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerRulesTest {
    private static final String NOBODY = "65534";

    @TempDir
    Path folder;

    @Test
    void rootAndTheOwnUserAreAllowedWhateverTheirGroup() throws IOException {
        PeerRules rules = rules("daemon", "");
        assertTrue(rules.allows(peer("0", NOBODY)));
        assertTrue(rules.allows(peer(System.getProperty("user.name"), NOBODY)));
    }

    @Test
    void othersAreNot() throws IOException {
        assertFalse(rules("daemon", "daemon:x:1:\n").allows(peer(NOBODY, NOBODY)));
        assertFalse(rules("daemon", "").allows(null));
    }

    @Test
    void aMemberByPrimaryGroupIsAllowed() throws IOException {
        assertTrue(rules("daemon", "daemon:x:1:\n").allows(peer(NOBODY, "daemon")));
    }

    @Test
    void aMemberByTheListOfMembersIsAllowedFromTheMomentItIsListed() throws IOException {
        PeerRules rules = rules("daemon", "daemon:x:1:\n");
        UnixDomainPrincipal bin = peer("bin", NOBODY);
        assertFalse(rules.allows(bin));
        Files.writeString(folder.resolve("group"), "root:x:0:\ndaemon:x:1:games,bin\n");
        assertTrue(rules.allows(bin));
        assertFalse(rules.allows(peer("sys", NOBODY)));
    }

    // A name that only begins alike, a group that does, and lines that are no entries.
    @Test
    void namesAreComparedWhole() throws IOException {
        PeerRules rules = rules("daemon", "daemons:x:1:bin\n\ndaemon:x:1:binary,abin\ndaemon\n");
        assertFalse(rules.allows(peer("bin", NOBODY)));
    }

    @Test
    void aGroupThatDoesNotExistHasNoMembers() throws IOException {
        PeerRules rules = rules("no-such-group", "no-such-group:x:1:bin\n");
        assertEquals(Optional.empty(), rules.group());
        assertFalse(rules.allows(peer("bin", "daemon")));
    }

    private PeerRules rules(String group, String groups) throws IOException {
        return new PeerRules(group, Files.writeString(folder.resolve("group"), groups));
    }

    private static UnixDomainPrincipal peer(String user, String group) throws IOException {
        UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
        return new UnixDomainPrincipal(lookup.lookupPrincipalByName(user), lookup.lookupPrincipalByGroupName(group));
    }
}
