package io.sluice.inline.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.sluice.rules.policy.Keys;
import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The reader, the documentation and the schema for editors must speak of the same keys and defaults. */
class SettingsDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = text("docs/settings.md");
    private static final JsonNode SCHEMA_TEXT = schemaText();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SCHEMA_TEXT);
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|.*", Pattern.MULTILINE);

    @Test
    void theDocumentationHasATableOfTheKeysOfEachSection() {
        for (Keys keys : SettingsKeys.ALL) {
            if (!keys.equals(SettingsKeys.JUMP_ADDRESS)) { // explained within `jump`
                Set<String> expected = new TreeSet<>(keys.known());
                if (keys.equals(SettingsKeys.JUMP)) {
                    expected.addAll(SettingsKeys.JUMP_ADDRESS.known());
                }
                String section = TEXT.split("### " + keys.section() + "\n", -1)[1].split("\n##", -1)[0];
                assertEquals(expected, ROW.matcher(section).results().map(m -> m.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)), keys.section());
            }
        }
    }

    @Test
    void theDefaultsThatAreWrittenOutAreThoseOfTheReader() {
        List<String> blocks = blocks();
        assertEquals(plain(blocks.get(0)), plain(blocks.get(1)));
    }

    // Every default in a table is also in the block, so one changed here and not there would show.
    @Test
    void everyKeyWithADefaultIsInTheBlockOfDefaults() {
        Set<String> without = Set.of("jump", "management", "broker", "tap", "addresses", "zone", "address", "listen");
        for (Keys keys : SettingsKeys.ALL) {
            keys.known().stream().filter(key -> !without.contains(key))
                    .forEach(key -> assertTrue(blocks().get(1).contains(key + ":"), key));
        }
    }

    @Test
    void theSchemaHasTheKeysOfTheReader() {
        for (Keys keys : SettingsKeys.ALL) {
            Set<String> names = new TreeSet<>();
            SCHEMA_TEXT.at("/$defs/" + keys.section() + "/properties").fieldNames().forEachRemaining(names::add);
            assertEquals(new TreeSet<>(keys.known()), names, keys.section());
        }
    }

    @Test
    void theSchemaHasTheWordsOfTheReader() {
        assertEquals(SettingsWords.BACKENDS.keySet(), words("settings/properties/backend"));
        assertEquals(SettingsWords.PIPELINES.keySet(), words("settings/properties/pipeline"));
        assertEquals(SettingsWords.IDLE.keySet(), words("settings/properties/idle"));
        assertEquals(SettingsWords.OFFLOADS.keySet(), words("settings/properties/offloads"));
        assertEquals(SettingsWords.DETAIL.keySet(), words("journal/properties/detail"));
    }

    @Test
    void theExamplesAreValid() {
        blocks().subList(0, 2).forEach(block -> assertEquals(Set.of(), validate(block)));
        assertEquals(Set.of(), validate(SettingsReaderTest.MINIMAL + blocks().get(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prots: {}", "backend: tap", "fallback: l4", "priority: 100", "limits: {memory: 96MB}",
            "journal: {share: 100%}", "cpus: [1, 1]", "jump: {tap: j}"})
    void whatTheReaderRefusesAtSightTheSchemaRefuses(String line) {
        String text = SettingsReaderTest.MINIMAL + line + "\n";
        assertFalse(validate(text).isEmpty(), text);
        assertTrue(SettingsReader.read(Path.of("s"), text) instanceof SettingsReader.Result.Refused, text);
    }

    /** Settings without the positions in which they differ. */
    private static String plain(String yaml) {
        SettingsReader.Result result = SettingsReader.read(Path.of("/etc/s.yaml"), yaml);
        assertEquals(List.of(), result.problems());
        return result.toString().replaceAll("Position\\[[^]]*]", "");
    }

    private static List<String> blocks() {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(TEXT).results().map(m -> m.group(1))
                .toList();
    }

    private static Set<String> words(String pointer) {
        Set<String> words = new TreeSet<>();
        SCHEMA_TEXT.at("/$defs/" + pointer).path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Set<ValidationMessage> validate(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SCHEMA.validate(JSON.valueToTree(loaded));
    }

    private static JsonNode schemaText() {
        try {
            return JSON.readTree(text("dataplane/inline/src/main/resources/io/sluice/inline/settings.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String path) {
        try {
            return Files.readString(Captures.project(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
