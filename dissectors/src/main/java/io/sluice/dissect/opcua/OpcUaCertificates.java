package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits.OpcUaLimits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Names;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Certificates as they lie in OpenSecureChannel: DER, leaf first, the issuers behind it (OPC 10000-6 §6.7.2.3). Only
 * what a rule needs is read: the leaf's SHA-256 and its first and last day (RFC 5280 §4.1), and that a chain is one.
 */
final class OpcUaCertificates {
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xA0;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int DIGEST_BYTES = 32;
    private static final int CERTIFICATE = Malformed.CERTIFICATE.code();

    private final OpcUaLimits limits;
    private final MessageDigest sha256;
    private final byte[] content;
    private final long[] subjects;
    private final long[] subjectEnds;
    private final byte[] digest = new byte[DIGEST_BYTES];
    private final MemorySegment nativeDigest = Arena.ofAuto().allocate(DIGEST_BYTES);

    /** The leaf's validity, seconds since 1970. */
    long notBefore;
    long notAfter;
    /** The certificate's number among the policy's names, {@link OpcUaMeaning#UNNAMED}, or no trait. */
    int name;

    /** The element read last, and where the one behind it begins. */
    private int tag;
    private long from;
    private long to;

    OpcUaCertificates(OpcUaLimits limits) {
        this.limits = limits;
        content = new byte[limits.certificateBytes()];
        subjects = new long[limits.certificates()];
        subjectEnds = new long[limits.certificates()];
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Reads a chain; 0, or a negated problem. No certificate at all is no problem. */
    int read(MemorySegment bytes, long at, int length, Names names) {
        name = Facts.NO_TRAIT;
        notBefore = Long.MIN_VALUE;
        notAfter = Long.MAX_VALUE;
        if (length <= 0) {
            return 0;
        }
        if (length > limits.certificateBytes()) {
            return -CERTIFICATE;
        }
        long end = at + length;
        long next = at;
        long issuer = 0;
        long issuerLength = -1;
        for (int n = 0; next < end; n++) {
            if (n == limits.certificates() || !element(bytes, next, end) || tag != SEQUENCE) {
                return -CERTIFICATE;
            }
            long stop = to;
            if (n == 0) {
                name = named(bytes, next, (int) (stop - next), names);
            }
            if (!inside(bytes, from, stop, n == 0) || !issues(bytes, issuer, issuerLength) || comesBack(bytes, n)) {
                return -CERTIFICATE;
            }
            issuer = issuerAt;
            issuerLength = issuerEnd - issuerAt;
            next = stop;
        }
        return 0;
    }

    /** A subject twice, or an issuer further down: some stacks go round such a chain for ever (CVE-2022-37013). */
    private boolean comesBack(MemorySegment bytes, int n) {
        for (int i = 0; i < n; i++) {
            if (same(bytes, subjects[i], subjectEnds[i], subjectAt, subjectEnd)
                    || same(bytes, subjects[i], subjectEnds[i], issuerAt, issuerEnd)) {
                return true;
            }
        }
        subjects[n] = subjectAt;
        subjectEnds[n] = subjectEnd;
        return false;
    }

    private static boolean same(MemorySegment bytes, long at, long end, long otherAt, long otherEnd) {
        return end - at == otherEnd - otherAt
                && MemorySegment.mismatch(bytes, at, end, bytes, otherAt, otherEnd) < 0;
    }

    private long issuerAt;
    private long issuerEnd;
    private long subjectAt;
    private long subjectEnd;

    /** The certificate before this one was issued by this one's subject. */
    private boolean issues(MemorySegment bytes, long issuer, long length) {
        return length < 0 || same(bytes, issuer, issuer + length, subjectAt, subjectEnd);
    }

    /** TBSCertificate: version, serial number, algorithm, issuer, validity, subject. */
    private boolean inside(MemorySegment bytes, long start, long stop, boolean leaf) {
        if (!element(bytes, start, stop) || tag != SEQUENCE) {
            return false;
        }
        long end = to;
        long at = from;
        if (element(bytes, at, end) && tag == VERSION) {
            at = to;
        }
        boolean well = element(bytes, at, end) && element(bytes, to, end) && tag == SEQUENCE;
        issuerAt = to;
        well = well && element(bytes, to, end) && tag == SEQUENCE;
        issuerEnd = to;
        well = well && element(bytes, to, end) && tag == SEQUENCE;
        long validity = from;
        long validityEnd = to;
        subjectAt = to;
        well = well && element(bytes, to, end) && tag == SEQUENCE;
        subjectEnd = to;
        return well && (!leaf || validity(bytes, validity, validityEnd));
    }

    private boolean validity(MemorySegment bytes, long at, long end) {
        if (!element(bytes, at, end)) {
            return false;
        }
        notBefore = time(bytes, tag, from, to);
        if (!element(bytes, to, end)) {
            return false;
        }
        notAfter = time(bytes, tag, from, to);
        return notBefore != Long.MAX_VALUE && notAfter != Long.MAX_VALUE;
    }

    /** UTCTime or GeneralizedTime without fractions, in Z (RFC 5280 §4.1.2.5); MAX_VALUE for anything else. */
    private static long time(MemorySegment bytes, int tag, long at, long end) {
        int yearDigits = tag == UTC_TIME ? 2 : 4;
        if ((tag != UTC_TIME && tag != GENERALIZED_TIME) || end - at != yearDigits + 11
                || bytes.get(JAVA_BYTE, end - 1) != 'Z') {
            return Long.MAX_VALUE;
        }
        long digits = 0;
        for (long i = at; i < end - 1; i++) {
            int digit = bytes.get(JAVA_BYTE, i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MAX_VALUE;
            }
            digits = digits * 10 + digit;
        }
        long year = digits / 10_000_000_000L;
        year = tag == UTC_TIME ? year + (year < 50 ? 2000 : 1900) : year;
        long seconds = digits / 10_000 % 100 * 3600 + digits / 100 % 100 * 60 + digits % 100;
        return days(year, digits / 100_000_000 % 100, digits / 1_000_000 % 100) * 86_400 + seconds;
    }

    /** Days since 1970-01-01 in the Gregorian calendar; months beyond twelve simply run on. */
    private static long days(long year, long month, long day) {
        long shifted = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    /** Reads tag and length in front of {@code at}: {@link #tag}, {@link #from}, {@link #to}. False if they do not fit. */
    private boolean element(MemorySegment bytes, long at, long end) {
        if (end - at < 2) {
            return false;
        }
        tag = bytes.get(JAVA_BYTE, at) & 0xFF;
        int first = bytes.get(JAVA_BYTE, at + 1) & 0xFF;
        from = at + 2;
        long length = first;
        if (first >= 0x80) {
            int more = first & 0x7F;
            if (more == 0 || more > 3 || end - from < more) {
                return false;
            }
            length = 0;
            for (int i = 0; i < more; i++) {
                length = length << 8 | (bytes.get(JAVA_BYTE, from++) & 0xFF);
            }
        }
        to = from + length;
        return to <= end;
    }

    private int named(MemorySegment bytes, long at, int length, Names names) {
        if (names.size() == 0) {
            return OpcUaMeaning.UNNAMED;
        }
        MemorySegment.copy(bytes, JAVA_BYTE, at, content, 0, length);
        sha256.reset();
        sha256.update(content, 0, length);
        try {
            sha256.digest(digest, 0, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        MemorySegment.copy(digest, 0, nativeDigest, JAVA_BYTE, 0, DIGEST_BYTES);
        int found = names.find(OpcUaMeaning.head(OpcUaMeaning.CERTIFICATE, 0, 0), nativeDigest, 0, DIGEST_BYTES);
        return found < 0 ? OpcUaMeaning.UNNAMED : found;
    }
}
