package io.sluice.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases in English and in another language, from a file of pairs of lines. In the English line <code>{}</code> stands for
 * any text, <code>{#}</code> for a number, <code>{.}</code> for a decimal, and <code>[s]</code> for letters that may be
 * missing. In the other, <code>{1}</code> is the first of them as it is, <code>{1~}</code> the same in that language where
 * it has a word for it, and <code>{1:one|many}</code> a word that depends on whether it is the number 1.
 */
final class Phrasebook {
    private static final Pattern ENGLISH = Pattern.compile("\\{([#.]?)}|\\[([a-z]+)]");
    private static final Pattern OTHER = Pattern.compile("\\{(\\d)(~|:([^|{}]*)\\|([^|{}]*))?}");
    private static final String NUMBER = "(\\d[\\d\u00a0\u202f ]*)";
    private static final String DECIMAL = "([<> ]*\\d+(?:\\.\\d+)?)";

    private record Sentence(Pattern english, Set<Integer> decimals, String other) {}

    private final Map<String, String> phrases = new HashMap<>();
    private final List<Sentence> sentences = new ArrayList<>();

    private Phrasebook() {}

    /** Reads a book that is part of the program. */
    static Phrasebook read(String resource) {
        try (InputStream in = Phrasebook.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource);
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Phrasebook of(String text) {
        Phrasebook book = new Phrasebook();
        String english = "";
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty() || (english.isEmpty() && line.startsWith("#"))) {
                if (!english.isEmpty()) {
                    throw new IllegalStateException("nothing below: " + english);
                }
            } else if (english.isEmpty()) {
                english = line;
            } else {
                book.add(english, line);
                english = "";
            }
        }
        return book;
    }

    private void add(String english, String other) {
        Matcher m = ENGLISH.matcher(english);
        if (!m.find()) {
            if (phrases.putIfAbsent(english, other) != null) {
                throw new IllegalStateException("twice: " + english);
            }
            return;
        }
        StringBuilder pattern = new StringBuilder();
        Set<Integer> decimals = new HashSet<>();
        int groups = 0;
        int end = 0;
        do {
            pattern.append(Pattern.quote(english.substring(end, m.start())));
            String letters = m.group(2);
            if (letters != null) {
                pattern.append("(?:").append(letters).append(")?");
            } else {
                groups++;
                if (".".equals(m.group(1))) {
                    decimals.add(groups);
                }
                pattern.append("#".equals(m.group(1)) ? NUMBER : ".".equals(m.group(1)) ? DECIMAL : "(.*?)");
            }
            end = m.end();
        } while (m.find());
        pattern.append(Pattern.quote(english.substring(end)));
        sentences.add(new Sentence(Pattern.compile(pattern.toString(), Pattern.DOTALL), decimals, other));
    }

    /** Empty where the book does not have it. Of several sentences that fit, the first in the book counts. */
    Optional<String> find(String english) {
        String phrase = phrases.get(english);
        if (phrase != null || english.isEmpty()) {
            return Optional.of(phrase == null ? "" : phrase);
        }
        for (Sentence sentence : sentences) {
            Matcher m = sentence.english().matcher(english);
            if (m.matches()) {
                return Optional.of(fill(sentence, m));
            }
        }
        return Optional.empty();
    }

    private String fill(Sentence sentence, Matcher english) {
        StringBuilder text = new StringBuilder();
        Matcher m = OTHER.matcher(sentence.other());
        while (m.find()) {
            int number = Integer.parseInt(m.group(1));
            String given = english.group(number);
            String how = m.group(2);
            String filled = how == null
                    ? sentence.decimals().contains(number) ? given.replace('.', ',') : given
                    : how.equals("~") ? find(given).orElse(given) : given.equals("1") ? m.group(3) : m.group(4);
            m.appendReplacement(text, Matcher.quoteReplacement(filled));
        }
        return m.appendTail(text).toString();
    }

    /** Whether a phrase is in the book as it is. */
    boolean has(String english) {
        return phrases.containsKey(english);
    }
}
