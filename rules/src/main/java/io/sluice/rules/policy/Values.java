package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Naming;
import io.sluice.dissect.Vocabulary.Understood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads single values of the language. What is wrong becomes a problem and an empty answer. */
public final class Values {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    /** Plain words that YAML itself takes for something other than text (YAML 1.2.2 §10.3.2). */
    private static final Set<String> YAML_WORDS = Set.of("null", "Null", "NULL", "~", "true", "True", "TRUE", "false",
            "False", "FALSE");

    /** What stands for a rule's id where no rule decided. */
    static final String DEFAULT = "default";

    private final Problems problems;

    public Values(Problems problems) {
        this.problems = problems;
    }

    public Problems problems() {
        return problems;
    }

    /** A map; an empty value counts as an empty one. */
    public Optional<Yaml.Mapping> map(Yaml value, String key) {
        return switch (value) {
            case Yaml.Mapping mapping -> Optional.of(mapping);
            case Yaml.Text text when isEmpty(text) -> Optional.of(new Yaml.Mapping(List.of(), text.position()));
            case Yaml.Text _,Yaml.Sequence _ -> refuse(value, "`" + key + "` is a map: `{key: value}`");
        };
    }

    /** A list; an empty value counts as an empty one. */
    public List<Yaml> list(Yaml value, String key) {
        return switch (value) {
            case Yaml.Sequence sequence -> sequence.items();
            case Yaml.Text text when isEmpty(text) -> List.of();
            case Yaml.Text _,Yaml.Mapping _ -> {
                problems.error(value.position(), "`" + key + "` is a list: `[a, b]`, or lines that start with `- `");
                yield List.of();
            }
        };
    }

    /** One text, or a list of at least one. */
    public List<Yaml.Text> oneOrMore(Yaml value, String key) {
        if (!(value instanceof Yaml.Sequence sequence)) {
            return text(value, key).map(List::of).orElse(List.of());
        }
        if (sequence.items().isEmpty()) {
            problems.error(value.position(), "`" + key + "` is an empty list; name at least one");
        }
        List<Yaml.Text> texts = new ArrayList<>();
        sequence.items().forEach(item -> text(item, key).ifPresent(texts::add));
        return texts;
    }

    /** A text that is there. */
    public Optional<Yaml.Text> text(Yaml value, String key) {
        return switch (value) {
            case Yaml.Text text when isEmpty(text) -> refuse(value, "`" + key + "` has no value");
            case Yaml.Text text when text.plain() && YAML_WORDS.contains(text.value()) -> refuse(value, "`" + key
                    + "` cannot be " + Problems.quote(text.value()) + ", which is a word of YAML itself");
            case Yaml.Text text -> Optional.of(text);
            case Yaml.Sequence _,Yaml.Mapping _ -> refuse(value, "`" + key + "` is a single value here");
        };
    }

    /** The name of a zone, asset, window, conduit, port or policy. */
    public Optional<String> name(Yaml value, String key) {
        return text(value, key).filter(t -> isName(t, NAME, "letters, digits, `.`, `_` and `-`")).map(Yaml.Text::value);
    }

    /** The id of a rule. */
    Optional<String> id(Yaml value) {
        return text(value, "id").filter(t -> isName(t, ID, "small letters, digits, `_` and `-`")).map(Yaml.Text::value)
                .filter(id -> {
                    if (id.equals(DEFAULT)) {
                        problems.error(value.position(),
                                "`default` is what decides where no rule does; choose another id");
                    }
                    return !id.equals(DEFAULT);
                });
    }

    /** A group of accounts. */
    Optional<String> group(Yaml value, String key) {
        return text(value, key).filter(t -> isName(t, ID, "small letters, digits, `_` and `-`")).map(Yaml.Text::value);
    }

    private boolean isName(Yaml.Text text, Pattern pattern, String characters) {
        int longest = problems.limits().nameLength();
        if (text.value().length() <= longest && pattern.matcher(text.value()).matches()) {
            return true;
        }
        problems.error(text.position(), Problems.quote(text.value()) + " is not a name; names have " + characters
                + ", start with a letter or digit, and are at most " + longest + " characters long");
        return false;
    }

    /** One of a fixed set of words. */
    public <T> Optional<T> word(Yaml value, String key, Map<String, T> words) {
        return text(value, key).flatMap(text -> {
            T meaning = words.get(text.value());
            if (meaning == null) {
                problems.wrongWord(text.position(), "`" + key + "` cannot be " + Problems.quote(text.value()),
                        text.value(),
                        words.keySet());
            }
            return Optional.ofNullable(meaning);
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(Yaml value, String key) {
        if (value instanceof Yaml.Text text && (text.value().equals("true") || text.value().equals("false"))) {
            return text.value().equals("true");
        }
        problems.error(value.position(), "`" + key + "` is `true` or `false`");
        return false;
    }

    /** A whole number, both bounds included. */
    public Optional<Integer> number(Yaml value, String key, int min, int max) {
        return text(value, key).flatMap(text -> {
            Optional<Long> number = Numbers.parse(text.value()).filter(n -> n >= min && n <= max);
            return number.isPresent()
                    ? number.map(Long::intValue)
                    : refuse(text, "`" + key + "` is a number from " + min + " to " + max + ", not "
                            + Problems.quote(text.value()));
        });
    }

    /** Something with a grammar of its own, whose parser answers a meaning or a sentence. */
    public <T> Optional<T> parsed(Yaml value, String key, Function<String, Parsed<T>> parser) {
        return text(value, key).flatMap(text -> switch (parser.apply(text.value())) {
            case Parsed.Yes<T> yes -> Optional.of(yes.value());
            case Parsed.No<T> no -> refuse(text, no.sentence());
        });
    }

    /** A name of a protocol, in its normal form. */
    Optional<Name> name(Yaml.Text text, Naming naming) {
        return switch (naming.name(text.value())) {
            case Understood.Yes<Name> yes -> Optional.of(yes.meaning());
            case Understood.No<Name> no -> refuse(text, no.sentence());
        };
    }

    private static boolean isEmpty(Yaml.Text text) {
        return text.value().isEmpty();
    }

    private <T> Optional<T> refuse(Yaml value, String sentence) {
        problems.error(value.position(), sentence);
        return Optional.empty();
    }
}
