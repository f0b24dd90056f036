package io.sluice.broker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What the gateway may know of an approved session. Unless a method says otherwise it is called on worker threads and may
 * take its time; a call that throws is a refusal.
 */
public interface JumpSession {
    /** Unique and safe as a file's name: letters, digits and hyphens. */
    String id();

    /** To whom everything is attributed. */
    String person();

    /** How long it still lasts; zero or less: it is over. Asked ten times a second: answered from memory, at once. */
    Duration remaining();

    /** How long it may be idle; empty: as long as it lasts. A session is idle while no byte crosses any of its doors. From memory, at once. */
    Optional<Duration> idleLimit();

    /** Whether what crosses its doors is kept. */
    boolean recorded();

    /** One or two sentences for the client's terminal, such as what is permitted and until when; may be empty. */
    String welcome();

    /**
     * Somebody has proved who they are and is about to be let in.
     *
     * @param connection by which the session is ended, or told that something changed, from now on
     * @return false where no further connection is permitted
     */
    boolean connected(Connection connection);

    /**
     * What the client wants to reach.
     *
     * @param name as it stands in the client's command; compared inside the session only
     * @return empty where the session does not lead there
     */
    Optional<Door> door(String name, int port);

    /** Announces a connection to the firewall, which lets it pass once. */
    Binding bind(Door door, InetSocketAddress source);

    /**
     * By what messages are judged at a door now; asked when it opens and after each {@link Connection#amended}.
     *
     * @return empty where nothing is permitted any more: connections to it end
     */
    Optional<Judging> judging(Door door);

    /** Who is told what happens. */
    Witness witness();
}
