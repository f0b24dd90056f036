package io.sluice.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** The management pages beside the demo, where they can be: the same firewall in a browser. */
final class Pages {
    private static final int USUAL_PORT = 8443;
    private static final String SITE = "management listens at ", PRINT = "SHA-256 ", LINK = "/setup#";

    private final Peer server;

    private Pages(Peer server) {
        this.server = server;
    }

    /** Why this build has no pages to show; empty where it has. */
    static Optional<String> unavailable() {
        return Pages.class.getResource("/web/index.html") == null
                ? Optional.of("they are not in this build, because Node.js 20.19 or later was missing when it was made")
                : Optional.empty();
    }

    /** Starts the server and does not wait for it. */
    static Pages start(Plant plant, Class<?> sluice) throws DemoException {
        return new Pages(plant.manage(sluice, port()));
    }

    /** Its usual port, or another where somebody has that. */
    private static int port() throws DemoException {
        for (int wanted : List.of(USUAL_PORT, 0)) {
            try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // The next one.
            }
        }
        throw new DemoException("no port of the loopback is free");
    }

    /** Waits until it serves. Returns how to get there. */
    String invitation() throws DemoException, InterruptedException {
        List<String> said = server.awaitReady();
        return """

                The same in a browser on this machine: %s
                It warns of the certificate, which was made a moment ago for this demo; its SHA-256 is
                    %s
                Make the first account by this link, which works once:
                    %s
                It may look at the traffic and change the policy."""
                .formatted(behind(said, SITE), behind(said, PRINT), said.stream().map(String::strip).filter(
                        line -> line.contains(LINK)).findFirst().orElse("(there is none)"));
    }

    private static String behind(List<String> said, String words) {
        return said.stream().filter(line -> line.contains(words))
                .map(line -> line.substring(line.indexOf(words) + words.length())).findFirst().orElse("(unknown)");
    }
}
