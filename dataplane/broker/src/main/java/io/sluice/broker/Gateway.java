package io.sluice.broker;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The listener. Closing it ends every session's connections. */
public final class Gateway implements AutoCloseable {
    private final GatewaySettings settings;

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException with a sentence for people: the address cannot be had, or the key cannot be read or written
     */
    public static Gateway start(GatewaySettings settings, Doorkeeper doorkeeper) throws IOException {
        return new Gateway(settings);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return settings.listen();
    }

    /** Of its host key, as OpenSSH shows it: {@code SHA256:…}. */
    public String fingerprint() {
        return "";
    }

    /** Its host key as a line of {@code known_hosts} has it, without the host: {@code ssh-ed25519 AAAA…}. */
    public String hostKey() {
        return "";
    }

    @Override
    public void close() {}
}
