package io.sluice.dissect.opcua;

/** The numbers behind the words: operations, attributes as scopes, traits of a channel, kinds of names. */
final class OpcUaMeaning {
    static final int BROWSE = 0;
    static final int READ = 1;
    static final int WRITE = 2;
    static final int CALL = 3;
    static final int SUBSCRIBE = 4;
    static final int HISTORY_READ = 5;
    static final int HISTORY_UPDATE = 6;
    static final int MANAGE_NODES = 7;
    static final int REGISTER_SERVER = 8;
    /** A service that is known by number only; the item is its number. */
    static final int SERVICE = 9;
    /** A message whose body is encrypted. */
    static final int ENCRYPTED = 10;
    /** What a client needs to find a server and to open and close channels; the item is the service's number. */
    static final int DISCOVERY = 11;
    /** What a client needs to hold a session and its subscriptions; the item is the service's number. */
    static final int SESSION = 12;
    static final int OPERATIONS = 13;

    /** Scope is the AttributeId, OPC 10000-6 §A.1: 0 where there is none, {@link #OTHER_ATTRIBUTE} above the known. */
    static final int NO_ATTRIBUTE = 0;
    static final int VALUE_ATTRIBUTE = 13;
    static final int LAST_ATTRIBUTE = 27;
    static final int OTHER_ATTRIBUTE = 28;
    static final int ATTRIBUTES = 29;

    /** Traits of a channel. Security policies by rank, see {@link OpcUaSecurity}; modes as on the wire. */
    static final int SECURITY = 0;
    static final int MODE = 1;
    static final int USER = 2;
    static final int CLIENT_CERTIFICATE = 3;
    static final int SERVER_CERTIFICATE = 4;
    static final int ENDPOINT = 5;

    /** MessageSecurityMode, OPC 10000-4 §7.20. */
    static final int MODE_NONE = 1;
    static final int MODE_SIGN = 2;
    static final int MODE_SIGN_AND_ENCRYPT = 3;

    /** UserTokenType, OPC 10000-4 §7.43. */
    static final int ANONYMOUS = 0;
    static final int USERNAME = 1;
    static final int X509 = 2;
    static final int ISSUED = 3;

    /** A certificate or text that no rule names: a value of its own, unlike one that is absent. */
    static final int UNNAMED = Integer.MAX_VALUE;

    /** Kinds of names, the top bits of a key's head. A numeric NodeId is all head; the others have a tail. */
    static final long NUMERIC = 0;
    static final long STRING = 1;
    static final long GUID = 2;
    static final long OPAQUE = 3;
    /** Not node ids: a value written, a certificate's SHA-256, an endpoint's URL. */
    static final long TEXT = 4;
    static final long CERTIFICATE = 5;
    static final long URL = 6;

    private OpcUaMeaning() {}

    /**
     * The head of a name's key.
     *
     * @param kind one of the kinds of names
     * @param namespace index, 0 where there is none
     * @param number of a numeric id as an unsigned 32-bit number, 0 otherwise
     */
    static long head(long kind, int namespace, int number) {
        return kind << 60 | (long) namespace << 32 | Integer.toUnsignedLong(number);
    }

    static int scope(int attribute) {
        return attribute >= 0 && attribute <= LAST_ATTRIBUTE ? attribute : OTHER_ATTRIBUTE;
    }
}
