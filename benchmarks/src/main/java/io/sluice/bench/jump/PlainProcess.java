package io.sluice.bench.jump;

import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/**
 * The SSH server that the gateway is built on, with its own forwarding and nothing else, in a process like the gateway's:
 * what SSH costs without Sluice. Started with a folder; asked {@code port} or {@code key}.
 */
public final class PlainProcess {
    private PlainProcess() {}

    public static void main(String... arguments) throws IOException {
        try (SshServer server = SshServer.setUpDefaultServer()) {
            server.setHost("127.0.0.1");
            SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(Path.of(arguments[0],
                    "plain_key"));
            keys.setAlgorithm(KeyUtils.EC_ALGORITHM);
            keys.setKeySize(256);
            server.setKeyPairProvider(keys);
            server.setPublickeyAuthenticator((_, _, _) -> true);
            server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
            CoreModuleProperties.TCP_NODELAY.set(server, true); // as the gateway has it
            server.start();
            Questions.serve(words -> List.of(words.getFirst().equals("port")
                    ? Integer.toString(server.getPort())
                    : PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic())));
        }
    }
}
