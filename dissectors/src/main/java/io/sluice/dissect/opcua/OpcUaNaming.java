package io.sluice.dissect.opcua;

import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Understood;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What rules name beside node ids: texts that are written, certificates, and the URLs of endpoints. */
final class OpcUaNaming {
    private static final Pattern CERTIFICATE = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern URL = Pattern.compile("opc\\.tcp://[^\\s/]+(/\\S*)?");
    private static final int LONGEST_URL = 4095;

    private OpcUaNaming() {}

    /** A text as a value; its normal form stands in quotes, so that it is not taken for a number. */
    static Understood<Name> text(String text) {
        return new Understood.Yes<>(new Name(OpcUaText.quoted(text),
                Names.Key.ofText(OpcUaMeaning.head(OpcUaMeaning.TEXT, 0, 0), text)));
    }

    /** The SHA-256 of a certificate. */
    static Understood<Name> certificate(String text) {
        if (!CERTIFICATE.matcher(text).matches()) {
            return new Understood.No<>("`" + OpcUaText.shown(text) + "` is not a certificate's fingerprint; write"
                    + " `sha256:` and 64 hexadecimal digits");
        }
        byte[] digest = HexFormat.of().parseHex(text.substring("sha256:".length()));
        return new Understood.Yes<>(new Name(text, new Names.Key(
                OpcUaMeaning.head(OpcUaMeaning.CERTIFICATE, 0, 0), new String(digest, StandardCharsets.ISO_8859_1))));
    }

    /** An endpoint's URL, which must be the client's to the letter. */
    static Understood<Name> url(String text) {
        return URL.matcher(text).matches() && text.length() <= LONGEST_URL
                ? new Understood.Yes<>(new Name(text,
                        Names.Key.ofText(OpcUaMeaning.head(OpcUaMeaning.URL, 0, 0), text)))
                : new Understood.No<>("`" + OpcUaText.shown(text) + "` is not an endpoint; write its URL as the client"
                        + " does: `opc.tcp://10.3.1.20:4840`");
    }

    /** A name as people write it; empty where that would read as another one, because its bytes are no text. */
    static Optional<String> written(Names.Key key) {
        long kind = key.head() >>> 60;
        byte[] tail = key.tail().getBytes(StandardCharsets.ISO_8859_1);
        String text = switch ((int) kind) {
            case (int) OpcUaMeaning.TEXT, (int) OpcUaMeaning.URL -> new String(tail, StandardCharsets.UTF_8);
            case (int) OpcUaMeaning.CERTIFICATE -> "sha256:" + HexFormat.of().formatHex(tail);
            default -> new OpcUaNodeId(kind, (int) (key.head() >>> 32) & 0xFFFF, (int) key.head(), key.tail()).text();
        };
        Understood<Name> again = switch ((int) kind) {
            case (int) OpcUaMeaning.TEXT -> text(text);
            case (int) OpcUaMeaning.URL -> url(text);
            case (int) OpcUaMeaning.CERTIFICATE -> certificate(text);
            default -> OpcUaNodeId.name(text);
        };
        return again instanceof Understood.Yes<Name> yes && yes.meaning().key().equals(key)
                ? Optional.of(text)
                : Optional.empty();
    }
}
