package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.testdata.Captures;
import io.sluice.testdata.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final String FOLDER = "appliance-image/cli/src/test/resources/diff/";
    private static final String OLD = Captures.project(FOLDER + "old.yaml").toString();
    private static final String NEW = Captures.project(FOLDER + "new.yaml").toString();

    @TempDir
    Path folder;

    @Test
    void theDifferencesAreThoseOnRecord() {
        Ran ran = sluice("diff", OLD, NEW);
        assertEquals(1, ran.exitCode(), ran.err());
        Golden.check(FOLDER + "expected.txt", ran.out());
    }

    @Test
    void programsGetTheSameAsOneObject() {
        Ran ran = sluice("diff", OLD, NEW, "--format", "json");
        assertEquals(1, ran.exitCode(), ran.err());
        Golden.check(FOLDER + "expected.json", ran.out());
    }

    @Test
    void aPolicyInOtherWordsIsTheSame() throws IOException {
        Path old = Policies.file(folder, Policies.SOUND);
        Path other = Files.writeString(folder.resolve("other.yaml"), Policies.SOUND
                .replace("- {id: s2, do: write, space: holding, unit: 1, address: 100..119, value: 0..1500}",
                        "- {id: t1, do: write, space: holding, unit: 1, address: 107..119, value: 0..1500}\n"
                                + "      - {id: s2, do: write, space: holding, unit: 1, address: 100..106, value: 0..1500}")
                .replace("hmi-setpoints", "panel"));
        assertEquals(new Ran(0, "no difference: " + old + " and " + other + " mean the same\n", ""),
                sluice("diff", old.toString(), other.toString()));
    }

    @Test
    void oneOfTheTwoMayComeFromStandardInput() {
        Ran ran = sluiceReading(Policies.SOUND.replace("0..1500}", "0..1600}"), "diff", "-",
                Policies.file(folder, Policies.SOUND).toString());
        assertEquals(1, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("newly denied   modbus: write unit 1 space holding address 100..117, 119"
                + " value 1501..1600"), ran.out());
        Ran both = sluice("diff", "-", "-");
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("cannot both be read from standard input"), both.err());
    }

    @Test
    void aSecondPolicyMustBeNamed() {
        Ran ran = sluice("diff", OLD);
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("NEW"), ran.err());
    }

    // Exit code 1 would say that they differ, which nobody knows.
    @Test
    void aPolicyThatIsMissingOrHasProblemsCannotBeCompared() {
        Ran missing = sluice("diff", OLD, "nowhere.yaml");
        assertEquals(new Ran(3, "", missing.err()), missing);
        assertTrue(missing.err().endsWith("sluice: there is no file `nowhere.yaml`\n"), missing.err());
        Ran broken = sluiceReading("policy: x\n", "diff", OLD, "-");
        assertEquals(3, broken.exitCode());
        assertTrue(broken.err().contains("policy `stdin` has problems"), broken.err());
    }

    // What the documentation shows is what people get.
    @Test
    void theExampleOfTheDocumentationIsTrue() throws IOException {
        String docs = Files.readString(Captures.project("docs/policy.md"));
        String policy = docs.split("```yaml\n", -1)[1].split("```", -1)[0];
        Path old = Files.writeString(folder.resolve("line-3.yaml"), policy);
        Path changed = Files.writeString(folder.resolve("line-3-new.yaml"),
                policy.replace("address: 100..119, value: 0..1500", "address: 100..129, value: 0..2000")
                        .replace("coil, address: 12, window: maintenance", "coil, address: 12")
                        .replace("[holding, input], rate", "holding, rate"));
        String shown = docs.split("\\$ sluice diff line-3.yaml line-3-new.yaml\n", -1)[1].split("```", -1)[0];
        assertEquals(shown, sluice("diff", old.toString(), changed.toString()).out());
    }
}
