package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PolicyMutationTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 4_000;
    private static final String CHARACTERS = "{}[]:,-#&*!|>'\"%@` \n.0179azAZ\t\u0000\u202e\ufeff\ud800é/~?<=";

    // A policy comes from a person or from the management process; neither may bring the firewall down with a text.
    @Test
    void everyMutatedPolicyIsReadOrRefusedWithProblems() {
        List<String> texts = Stream.of("good", "bad").flatMap(f -> Policies.of(f).stream()).map(Policies::text)
                .toList();
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            String text = mutate(texts.get(random.nextInt(texts.size())), texts, random);
            check(text);
        }
    }

    // A file that was cut off in transfer.
    @Test
    void everyPrefixOfAPolicyIsReadOrRefusedWithProblems() {
        for (Path file : Policies.of("good")) {
            String text = Policies.text(file);
            for (int i = 0; i < text.length(); i++) {
                check(text.substring(0, i));
            }
        }
    }

    static void check(String text) {
        PolicyReader.Result result = Assertions.assertTimeout(Duration.ofSeconds(5),
                () -> PolicyReader.read("f", text), () -> "seed " + SEED + ", text:\n" + text);
        switch (result) {
            case PolicyReader.Result.Read read -> assertFalse(read.problems().stream()
                    .anyMatch(p -> p.severity() == Problem.Severity.ERROR), text);
            case PolicyReader.Result.Refused refused -> assertFalse(refused.problems().stream()
                    .noneMatch(p -> p.severity() == Problem.Severity.ERROR), text);
        }
        for (Problem problem : result.problems()) {
            assertFalse(problem.text().chars().anyMatch(Character::isISOControl), text);
        }
    }

    static String mutate(String text, List<String> texts, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(mutated.length() + 1);
            int end = Math.min(mutated.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> mutated.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 1 -> mutated.delete(at, end);
                case 2 -> mutated.insert(at, mutated.substring(at, end));
                case 3 -> mutated.replace(at, end, word(texts.get(random.nextInt(texts.size())), random));
                default -> swapLines(mutated, random);
            }
        }
        return mutated.toString();
    }

    private static String word(String text, Random random) {
        String[] words = text.split("[ \\n]+", -1);
        return words[random.nextInt(words.length)];
    }

    private static void swapLines(StringBuilder text, Random random) {
        String[] lines = text.toString().split("\n", -1);
        int a = random.nextInt(lines.length);
        int b = random.nextInt(lines.length);
        String line = lines[a];
        lines[a] = lines[b];
        lines[b] = line;
        text.setLength(0);
        text.append(String.join("\n", lines));
    }
}
