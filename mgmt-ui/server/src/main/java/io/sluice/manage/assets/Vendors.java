package io.sluice.manage.assets;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who made a network card, by a list that the site gives: lines of the registries that the IEEE publishes as CSV
 * ({@code MA-L,0080F4,Telemecanique Electrique,address}), or of a prefix and a name ({@code 00:80:f4,Telemecanique}). The
 * longest prefix counts; addresses that were set by hand, or drawn (IEEE 802 §8.2.2), have no maker.
 */
public final class Vendors {
    /** No list: nobody is known. */
    public static final Vendors NONE = new Vendors(Map.of(), 0, 0);

    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_NAME = 200;
    /** Digits of MA-S, MA-M and MA-L assignments. */
    private static final int[] PREFIXES = {9, 7, 6};
    private static final int LOCAL = 2;
    private static final String CELL = "(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))";
    private static final Pattern REGISTRY = Pattern
            .compile("(?:MA-[LMS]|CID|IAB),\"?([0-9A-Fa-f]{6,9})\"?," + CELL + "(?:,.*)?");
    private static final Pattern PLAIN = Pattern.compile("\"?([0-9A-Fa-f:.-]{6,17})\"?[,;\t]" + CELL);

    private final Map<String, String> names;
    private final int skipped;
    private final int firstSkipped;

    private Vendors(Map<String, String> names, int skipped, int firstSkipped) {
        this.names = names;
        this.skipped = skipped;
        this.firstSkipped = firstSkipped;
    }

    /**
     * Reads a list. Lines that name no vendor are left out and counted, see {@link #complaint}.
     *
     * @throws IOException with a sentence: the file cannot be read
     */
    public static Vendors read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("the list of vendors `" + file + "` is larger than 64 MiB; that is no such list");
            }
            return of(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (MalformedInputException e) {
            throw new IOException("the list of vendors `" + file + "` is no text in UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the list of vendors `" + file + "` is missing; put it there, or take `vendors` out of"
                            + " the settings",
                    e);
        }
    }

    static Vendors of(List<String> lines) {
        Map<String, String> names = new HashMap<>();
        int skipped = 0;
        int first = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean head = i == 0 && line.startsWith("Registry,");
            if (!line.isEmpty() && !line.startsWith("#") && !head && !add(line, names)) {
                first = skipped++ == 0 ? i + 1 : first;
            }
        }
        return new Vendors(Map.copyOf(names), skipped, first);
    }

    private static boolean add(String line, Map<String, String> names) {
        Matcher m = REGISTRY.matcher(line);
        if (!m.matches()) {
            m = PLAIN.matcher(line);
            if (!m.matches()) {
                return false;
            }
        }
        String digits = digits(m.group(1));
        String name = m.group(2) == null ? m.group(3) : m.group(2).replace("\"\"", "\"");
        String clean = name.replaceAll("\\p{Cntrl}", " ").strip();
        if (clean.isEmpty() || (digits.length() != 6 && digits.length() != 7 && digits.length() != 9)) {
            return false;
        }
        names.put(digits, clean.length() > MOST_NAME ? clean.substring(0, MOST_NAME) : clean);
        return true;
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
    }

    /** What was wrong with the list, in a sentence; empty where nothing was. */
    public Optional<String> complaint() {
        return skipped == 0
                ? Optional.empty()
                : Optional
                        .of(skipped + (skipped == 1 ? " line names" : " lines name") + " no vendor, the first is line "
                                + firstSkipped + "; a line is `00:80:f4,Name`, or as in the IEEE's `oui.csv`");
    }

    public int size() {
        return names.size();
    }

    /** The maker of a card, by its address as the inventory writes it; empty where the list does not know. */
    public Optional<String> of(String mac) {
        String digits = digits(mac);
        if (digits.length() != 12 || (Integer.parseInt(digits.substring(0, 2), 16) & LOCAL) != 0) {
            return Optional.empty();
        }
        for (int length : PREFIXES) {
            String name = names.get(digits.substring(0, length));
            if (name != null) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Of an asset: what it says itself, else what the list says of its cards, each once. */
    public String of(Asset asset) {
        String said = asset.identification().values().getOrDefault("vendor_name", "");
        return !said.isEmpty()
                ? said
                : String.join(", ", asset.macs().stream().flatMap(mac -> of(mac).stream()).distinct().toList());
    }
}
