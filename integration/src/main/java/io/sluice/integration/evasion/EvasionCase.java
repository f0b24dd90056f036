package io.sluice.integration.evasion;

/**
 * One way to send a message.
 *
 * @param name short, without spaces
 * @param says how the stream is cut and sent
 * @param permitted what must become of the message where the policy allows it; where it does not, it must never arrive
 * @param kind how the connection begins
 * @param script sends it
 */
public record EvasionCase(String name, String says, Expected permitted, Kind kind, Script script) {
    /** What must become of a permitted message. */
    public enum Expected {
        /** It arrives, once, and is answered. */
        ARRIVES,
        /** It is not a sound message or not sent soundly: it never arrives. */
        NEVER,
        /** Two readings were sent, both permitted: either may arrive, or neither. */
        EITHER
    }

    /** How the connection begins. */
    public enum Kind {
        /** A handshake, one read and its answer. */
        OPEN,
        /** The same with TCP timestamps. */
        TIMESTAMPS,
        /** The same within VLAN 10. */
        VLAN,
        /** The same over IPv6. */
        IPV6,
        /** Nothing: the script opens the connection, or not. */
        CLOSED
    }

    /** Sends the messages of a play over a connection; its stream goes on at {@code offset}. */
    public interface Script {
        /** How. */
        void play(Play play);
    }
}
