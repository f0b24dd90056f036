package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Trait;
import io.sluice.testdata.Captures;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

class PolicySchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(DOCUMENT);

    @TestFactory
    Stream<DynamicTest> everyGoodPolicyIsValid() {
        return Policies.of("good").stream().map(file -> DynamicTest.dynamicTest(file.toString(),
                () -> assertEquals(Set.of(), validate(Policies.text(file)))));
    }

    // What an editor can show while somebody types.
    @TestFactory
    Stream<DynamicTest> everyPolicyOfBadShapeIsInvalid() {
        return Policies.of("bad/shape").stream().map(file -> DynamicTest.dynamicTest(file.toString(),
                () -> assertFalse(validate(Policies.text(file)).isEmpty())));
    }

    // What only the reader can know; should the schema learn to tell, the file moves to bad/shape.
    @TestFactory
    Stream<DynamicTest> everyPolicyOfBadMeaningIsValid() {
        return Policies.of("bad/meaning").stream().map(file -> DynamicTest.dynamicTest(file.toString(),
                () -> assertEquals(Set.of(), validate(Policies.text(file)))));
    }

    // An editor that underlines what the firewall accepts would teach people to ignore it.
    @Test
    void whatTheReaderAcceptsTheSchemaAccepts() {
        long seed = 20261123;
        Random random = new Random(seed);
        int accepted = 0;
        List<String> texts = Policies.of("good").stream().map(Policies::text).toList();
        for (int i = 0; i < 6_000; i++) {
            String text = PolicyMutationTest.mutate(texts.get(random.nextInt(texts.size())), texts, random);
            if (PolicyReader.read("f", text) instanceof PolicyReader.Result.Read) {
                accepted++;
                assertEquals(Set.of(), validate(text), "seed " + seed + "\n" + text);
            }
        }
        assertTrue(accepted > 150, "too few mutated policies were accepted: " + accepted);
    }

    @Test
    void everySectionHasTheKeysThatTheReaderKnows() {
        for (Keys keys : Keys.ALL) {
            Set<String> expected = new TreeSet<>(keys.known());
            if (keys.equals(Keys.RULE)) {
                vocabularies().forEach(v -> v.fields().forEach(f -> expected.add(f.name())));
            }
            assertEquals(expected, names(DOCUMENT.at("/$defs/" + keys.section() + "/properties")), keys.section());
        }
    }

    @Test
    void theFixedWordsAreThoseOfTheReader() {
        assertEquals(Words.MODES.keySet(), words("/$defs/modeWord"));
        assertEquals(Words.ON_DENY.keySet(), words("/$defs/conduit/properties/on_deny"));
        assertEquals(Words.TRANSPORTS.keySet(), words("/$defs/service/properties/transport"));
        Set<String> protocols = new TreeSet<>(Protocols.ALL.stream().map(Protocol::name).toList());
        assertEquals(protocols, words("/$defs/conduit/properties/protocol/oneOf/0"));
        assertEquals(protocols, names(DOCUMENT.at("/$defs/conduit/properties/protocol/oneOf/1/properties")));
        assertEquals(protocols, words("/$defs/expect/properties/protocol"));
    }

    @Test
    void theWordsOfFieldsAreThoseOfTheVocabularies() {
        for (Vocabulary vocabulary : vocabularies()) {
            for (Field field : vocabulary.fields()) {
                JsonNode property = DOCUMENT.at("/$defs/rule/properties/" + field.name());
                if (field.words().isEmpty()) {
                    assertEquals("#/$defs/" + kind(field), property.path("$ref").asText(), field.name());
                    boolean whole = field.notation() instanceof Notation.Whole;
                    assertTrue(!whole || (field.min() >= 0 && field.max() <= 65_535), field.name());
                } else {
                    assertEquals(field.words().keySet(), words("/$defs/" + field.name() + "Word"));
                }
            }
        }
    }

    /** Where protocols share a field, its values are those of both. */
    private static String kind(Field field) {
        List<Notation> all = vocabularies().stream().flatMap(v -> v.fields().stream())
                .filter(f -> f.name().equals(field.name())).map(Field::notation).toList();
        return all.stream().anyMatch(n -> n instanceof Notation.Decimal)
                ? "values"
                : all.stream().anyMatch(n -> n instanceof Notation.Named) ? "nodes" : "numbers";
    }

    @Test
    void theDemandsOfChannelsAreThoseOfTheVocabularies() {
        Set<String> keys = new TreeSet<>();
        for (Vocabulary vocabulary : vocabularies()) {
            for (Trait trait : vocabulary.traits()) {
                keys.add(trait.key());
                Set<String> known = new TreeSet<>(trait.words().keySet());
                known.add("any");
                switch (trait.how()) {
                    case ONE_OF -> assertEquals(trait.words().keySet(), words("/$defs/channel_" + trait.key()));
                    case AT_LEAST -> assertEquals(known, words("/$defs/channel/properties/" + trait.key()));
                    case PINNED_CLIENT, PINNED_SERVER -> assertEquals(Set.of("any", "pinned"),
                            words("/$defs/channel/properties/" + trait.key()));
                    case ONE_OF_NAMES -> assertEquals("any",
                            DOCUMENT.at("/$defs/channel/properties/" + trait.key() + "/anyOf/0/const").asText());
                }
            }
        }
        assertEquals(keys, names(DOCUMENT.at("/$defs/channel/properties")));
    }

    private static List<Vocabulary> vocabularies() {
        return Stream.concat(Protocols.ALL.stream().map(Protocol::vocabulary), Stream.of(PlainVocabulary.INSTANCE))
                .toList();
    }

    private static Set<String> words(String pointer) {
        Set<String> words = new TreeSet<>();
        DOCUMENT.at(pointer).path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Reads YAML with its own types, as editors do. */
    private static Set<ValidationMessage> validate(String yaml) {
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            return SCHEMA.validate(JSON.valueToTree(loaded));
        } catch (YamlEngineException e) {
            throw new AssertionError(yaml, e);
        }
    }

    private static JsonNode document() {
        try {
            Path file = Captures.project("rules/src/main/resources/io/sluice/rules/policy.schema.json");
            return JSON.readTree(Policies.text(file));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
