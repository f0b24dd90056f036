package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Guards the invariants of ARCHITECTURE.md. Each rule is tried twice: on what is shipped, where it must hold, and on
 * {@code io.sluice.seeded}, where it must find the violations sown for it: a rule that matches nothing also "holds".
 */
class ArchitectureTest {
    private static final String SHIPPED = "io.sluice";
    private static final String SEEDED = "io.sluice.seeded";
    private static final JavaClasses SHIPPED_CLASSES = new ClassFileImporter().withImportOption(
            new ImportOption.DoNotIncludeTests()).importPackages(SHIPPED);
    private static final JavaClasses SEEDED_CLASSES = new ClassFileImporter().importPackages(SEEDED);

    /** A module that slips out of the class path would make every rule about it hold. */
    @Test
    void everyModuleIsLookedAt() {
        Set<String> modules = new TreeSet<>();
        SHIPPED_CLASSES.forEach(type -> modules.add(type.getPackageName().split("\\.", -1)[2]));
        assertEquals(
                Set.of("archive", "broker", "capture", "cli", "control", "demo", "dissect", "engine", "inline",
                        "journal", "load",
                        "manage", "replay", "rules", "testdata"),
                modules);
    }

    @Test
    void dissectorsRulesAndEngineOpenNoSocketsAndFilesAndDoNotLog() {
        guard(ArchitectureRules::pureModulesDoNoInputOrOutput, "OpensSockets", "LogsMessages", "OpensFiles");
    }

    // A capture replayed twice gives the same bytes of decision log only if nothing reads a clock.
    @Test
    void timeIsAnArgument() {
        guard(ArchitectureRules::timeIsAnArgument, "ReadsTheClock", "ReadsTheDate", "ReadsNanoTime");
    }

    @Test
    void theEngineStartsNoThreadsAndTakesNoLocks() {
        guard(ArchitectureRules::engineRunsNothingByItself, "StartsThreads", "UsesExecutors");
    }

    @Test
    void theEngineReadsAndWritesNothing() {
        guard(ArchitectureRules::engineTouchesNoStreams, "PrintsLines");
    }

    @Test
    void messagesAreReadInPlaceFromNativeSegments() {
        guard(ArchitectureRules::onlyNativeSegments, "ReadsHeapSegments");
        guard(ArchitectureRules::noSlicePerMessage, "SlicingView");
    }

    @Test
    void rulesEngineAndCaptureKnowNoProtocol() {
        guard(ArchitectureRules::rulesAndEngineKnowNoProtocol, "KnowsAProtocol");
    }

    @Test
    void onlyTheListOfProtocolsNamesProtocols() {
        guard(ArchitectureRules::onlyProtocolsNamesProtocols, "RegistersBesideTheList");
    }

    @Test
    void protocolsNeverImportOneAnother() {
        guard(ArchitectureRules::protocolsAreApart, "AsksAnotherProtocol");
    }

    @Test
    void onlyCaptureCallsNativeCode() {
        guard(ArchitectureRules::onlyCaptureCallsNativeCode, "CallsNativeCode");
    }

    @Test
    void onlyInlineUsesTheDisruptor() {
        guard(ArchitectureRules::onlyInlineUsesTheDisruptor, "UsesADisruptor");
    }

    @Test
    void onlyControlUsesNetty() {
        guard(ArchitectureRules::onlyControlUsesNetty, "UsesNetty");
    }

    @Test
    void nobodyNeedsManagement() {
        guard(ArchitectureRules::nobodyNeedsManagement, "NeedsManagement");
    }

    @Test
    void nobodyNeedsTheDemo() {
        guard(ArchitectureRules::nobodyNeedsTheDemo, "NeedsTheDemo");
    }

    @Test
    void nothingShippedUsesTestSupport() {
        guard(ArchitectureRules::nothingShippedUsesTestSupport, "UsesTestData");
    }

    @Test
    void modulesHaveNoCycles() {
        guard(ArchitectureRules::modulesAreFreeOfCycles, "KnowsReplay");
    }

    @Test
    void modulesKnowOnlyWhatIsBelowThem() {
        guard(root -> ArchitectureRules.mayKnow(root, "dissect"));
        guard(root -> ArchitectureRules.mayKnow(root, "capture"), "KnowsReplay");
        guard(root -> ArchitectureRules.mayKnow(root, "control"), "KnowsRules");
        guard(root -> ArchitectureRules.mayKnow(root, "rules", "dissect"));
        guard(root -> ArchitectureRules.mayKnow(root, "engine", "rules", "dissect"), "NeedsManagement");
        guard(root -> ArchitectureRules.mayKnow(root, "journal", "engine", "rules", "dissect"), "AsksCapture",
                "KnowsInline");
        guard(root -> ArchitectureRules.mayKnow(root, "inline", "engine", "rules", "dissect", "capture", "journal",
                "control"), "UsesReplay");
        guard(root -> ArchitectureRules.mayKnow(root, "replay", "engine", "capture", "rules", "dissect"),
                "UsesTestData");
        guard(root -> ArchitectureRules.mayKnow(root, "archive", "replay", "engine", "capture", "rules", "dissect"),
                "ReadsTheJournal");
        guard(root -> ArchitectureRules.mayKnow(root, "demo", "control"), "JudgesByItself");
        guard(root -> ArchitectureRules.mayKnow(root, "load", "capture", "control"), "KnowsJournal");
        guard(root -> ArchitectureRules.mayKnow(root, "broker", "engine", "rules", "dissect", "capture"),
                "KnowsControl");
        guard(root -> ArchitectureRules.mayKnow(root, "manage", "broker", "replay", "archive", "journal", "control",
                "engine", "capture", "rules", "dissect"));
    }

    private static void guard(Function<String, ArchRule> rule, String... seeds) {
        rule.apply(SHIPPED).check(SHIPPED_CLASSES);
        String found = rule.apply(SEEDED).evaluate(SEEDED_CLASSES).getFailureReport().toString();
        for (String seed : seeds) {
            assertTrue(found.contains(seed), () -> "the rule overlooks the seeded violation " + seed + ": " + found);
        }
    }
}
