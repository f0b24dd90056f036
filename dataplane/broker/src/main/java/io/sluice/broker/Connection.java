package io.sluice.broker;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A client that is connected into a session. Any thread may call it. */
public interface Connection {
    /** Where the client is. */
    InetSocketAddress from();

    /** What the client calls itself, such as {@code SSH-2.0-OpenSSH_9.2}; printable, at most 80 characters. */
    String client();

    /** How it proved who it is: {@code password} or {@code publickey}. */
    String method();

    Instant since();

    /** What has crossed so far. */
    Tally tally();

    /** The file of its recording, complete when {@link Witness#disconnected} is told; empty where there is none. Asked there only. */
    Optional<Path> recorded();

    /** Ends it now, at both ends; the sockets are closed when {@link Witness#disconnected} is told, within moments. */
    void end(Ending why, String sentence);

    /** The rules changed: from the next message on {@link JumpSession#judging} is in force, for connections that stand, too. */
    void amended();
}
