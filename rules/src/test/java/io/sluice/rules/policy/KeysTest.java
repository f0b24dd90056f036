package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.testdata.Captures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
    // No key has been removed yet, so the mechanism is shown with a map of our own.
    @Test
    void aRemovedKeyNamesItsSuccessor() {
        Keys keys = new Keys("zone", List.of("ports"), Map.of(), Map.of("interfaces", "ports"));
        Problems problems = new Problems("f", PolicyLimits.DEFAULT);
        Yaml.Mapping map = (Yaml.Mapping) YamlReader.read("interfaces: [cell]", problems).orElseThrow();
        Section section = new Section(map, keys, "a zone", problems);
        assertTrue(section.all().isEmpty());
        assertEquals("[f:1:1: `interfaces` is no longer part of the language; use `ports`]",
                problems.sorted().toString());
    }

    @Test
    void noKeyIsKnownAndMissingAtOnce() {
        for (Keys keys : Keys.ALL) {
            List<String> all = new ArrayList<>(keys.known());
            all.addAll(keys.notYet().keySet());
            all.addAll(keys.removed().keySet());
            assertEquals(Set.copyOf(all).size(), all.size(), keys.toString());
            assertTrue(keys.known().containsAll(keys.removed().values()), keys.toString());
        }
    }

    // A rule's own keys would hide a field of the same name.
    @Test
    void noVocabularyHasAFieldNamedLikeAKeyOfEveryRule() {
        List<Vocabulary> vocabularies = new ArrayList<>(Protocols.ALL.stream().map(p -> p.vocabulary()).toList());
        vocabularies.add(PlainVocabulary.INSTANCE);
        for (Vocabulary vocabulary : vocabularies) {
            vocabulary.fields().forEach(f -> assertTrue(!Keys.RULE.known().contains(f.name()), f.name()));
        }
    }

    @Test
    void theDocumentationNamesEveryKey() {
        String text = Policies.text(Captures.project("docs/policy.md"));
        for (Keys keys : Keys.ALL) {
            keys.known().forEach(key -> assertTrue(text.contains("`" + key + "`"), keys.section() + ": " + key));
            keys.notYet().keySet().forEach(key -> assertTrue(text.contains("`" + key + "`"), key));
        }
        for (Protocol protocol : Protocols.ALL) {
            Vocabulary words = protocol.vocabulary();
            words.operations().forEach(o -> assertTrue(text.contains("`" + o.word()), o.word()));
            words.fields().forEach(f -> assertTrue(text.contains("`" + f.name() + "`"), f.name()));
            words.traits().forEach(t -> assertTrue(text.contains("`" + t.key() + "`"), t.key()));
        }
    }

    @Test
    void theExampleInTheDocumentationIsAPolicyWithoutProblems() {
        String text = Policies.text(Captures.project("docs/policy.md"));
        String example = text.split("```yaml\n", -1)[1].split("```", -1)[0];
        PolicyReader.Result result = PolicyReader.read("docs/policy.md", example);
        assertEquals("", Policies.problems(result));
    }
}
