package io.sluice.testdata;

/** What follows the IP header of a packet that {@link PacketBuilder} builds: TCP, UDP, ICMP, or bytes alone. */
final class TransportHeader {
    static final int ICMP = 1, TCP = 6, UDP = 17, ICMPV6 = 58;

    private static final int TCP_SIZE = 20, SHORT_SIZE = 8;

    int sequence;
    int acknowledgment;
    int flags = PacketBuilder.ACK;
    int window = 64_240;
    int urgent;
    byte[] options = {};
    int declaredDataOffset = -1;
    int declaredUdpLength = -1;
    int checksumError;
    boolean withoutChecksum;
    byte[] payload = {};
    int payloadLength;

    private int protocol = TCP;
    private int first;
    private int second;

    /** The protocol, and its two leading numbers: ports, or type and code. */
    void kind(int number, int firstNumber, int secondNumber) {
        protocol = number;
        first = firstNumber;
        second = secondNumber;
    }

    int protocol() {
        return protocol;
    }

    int size() {
        return payloadLength + switch (protocol) {
            case TCP -> TCP_SIZE + options.length;
            case UDP, ICMP, ICMPV6 -> SHORT_SIZE;
            default -> 0;
        };
    }

    /** Writes header and payload with the checksum over both (and the pseudo-header), and returns the end. */
    int write(byte[] out, int at, byte[] source, byte[] destination) {
        int checksumAt = switch (protocol) {
            case TCP -> tcp(out, at);
            case UDP -> udp(out, at);
            case ICMP, ICMPV6 -> icmp(out, at);
            default -> -1;
        };
        int size = size();
        int end = payload(out, at + size - payloadLength);
        if (checksumAt >= 0 && !withoutChecksum) {
            int sum = protocol == ICMP ? 0 : pseudoHeader(source, destination, size);
            int checksum = Wire.checksum(Wire.sum(out, at, size, sum)) ^ checksumError;
            // RFC 768: a computed 0 is sent as all ones, because 0 says "no checksum"
            Wire.put16(out, checksumAt, protocol == UDP && checksum == 0 ? 0xFFFF : checksum);
        }
        return end;
    }

    int payload(byte[] out, int at) {
        System.arraycopy(payload, 0, out, at, payloadLength);
        return at + payloadLength;
    }

    private int pseudoHeader(byte[] source, byte[] destination, int size) {
        int addresses = Wire.sum(source, 0, source.length, Wire.sum(destination, 0, destination.length, 0));
        return addresses + protocol + size;
    }

    private int tcp(byte[] out, int at) {
        int words = declaredDataOffset < 0 ? (TCP_SIZE + options.length) / 4 : declaredDataOffset;
        Wire.put16(out, Wire.put16(out, at, first), second);
        Wire.put32(out, at + 4, sequence);
        Wire.put32(out, at + 8, acknowledgment);
        Wire.put16(out, at + 12, words << 12 | flags);
        Wire.put16(out, at + 14, window);
        Wire.put16(out, at + 16, 0);
        Wire.put16(out, at + 18, urgent);
        Wire.put(out, at + TCP_SIZE, options);
        return at + 16;
    }

    private int udp(byte[] out, int at) {
        Wire.put16(out, Wire.put16(out, at, first), second);
        Wire.put16(out, at + 4, declaredUdpLength < 0 ? size() : declaredUdpLength);
        Wire.put16(out, at + 6, 0);
        return at + 6;
    }

    private int icmp(byte[] out, int at) {
        Wire.put16(out, at, first << 8 | second);
        Wire.put16(out, at + 2, 0);
        Wire.put32(out, at + 4, sequence);
        return at + 2;
    }
}
