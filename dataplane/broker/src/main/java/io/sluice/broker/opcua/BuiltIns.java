package io.sluice.broker.opcua;

/** Built-in types that are copied as they are, OPC 10000-6 §5.2.2. */
final class BuiltIns {
    private static final int LOCALE = 1, TEXT = 2;
    /** Of a DiagnosticInfo: each an index; then a text, a status code, and another DiagnosticInfo. */
    private static final int SYMBOLIC_ID = 1, NAMESPACE = 2, LOCALIZED = 4, DIAGNOSTIC_LOCALE = 8, ADDITIONAL = 0x10,
            INNER_STATUS = 0x20, INNER = 0x40;

    private BuiltIns() {}

    /** What each answer begins with, OPC 10000-4 §7.33. */
    static void responseHeader(Fields fields) {
        fields.copy(Long.BYTES + 2 * Integer.BYTES);
        diagnosticInfo(fields);
        texts(fields);
        extensionObject(fields);
    }

    static void texts(Fields fields) {
        for (int left = fields.copyCount(Integer.BYTES); left > 0 && fields.sound(); left--) {
            fields.copyText();
        }
    }

    static void localizedText(Fields fields) {
        int mask = fields.copyByte();
        if ((mask & LOCALE) != 0) {
            fields.copyText();
        }
        if ((mask & TEXT) != 0) {
            fields.copyText();
        }
    }

    /** One within another, each at least a byte of the message, so it ends. */
    private static void diagnosticInfo(Fields fields) {
        int mask = INNER;
        while ((mask & INNER) != 0 && fields.sound()) {
            mask = fields.copyByte();
            fields.copy(Integer.BYTES * Integer.bitCount(mask & (SYMBOLIC_ID | NAMESPACE | LOCALIZED
                    | DIAGNOSTIC_LOCALE)));
            if ((mask & ADDITIONAL) != 0) {
                fields.copyText();
            }
            if ((mask & INNER_STATUS) != 0) {
                fields.copy(Integer.BYTES);
            }
        }
    }

    private static void extensionObject(Fields fields) {
        nodeId(fields);
        if (fields.copyByte() != 0) {
            fields.copyText();
        }
    }

    static void nodeId(Fields fields) {
        switch (fields.copyByte()) {
            case 0 -> fields.copy(1);
            case 1 -> fields.copy(3);
            case 2 -> fields.copy(6);
            case 3, 5 -> {
                fields.copy(2);
                fields.copyText();
            }
            case 4 -> fields.copy(18);
            default -> fields.copy(-1);
        }
    }
}
