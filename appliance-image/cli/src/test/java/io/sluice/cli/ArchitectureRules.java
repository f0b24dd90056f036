package io.sluice.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;

/**
 * What must never be, module by module, as ARCHITECTURE.md says it. Each rule is made for a root package, so that it can
 * be tried on {@code io.sluice} and on the seeded violations.
 */
final class ArchitectureRules {
    private static final String[] LOGGING = {"org.slf4j..", "java.util.logging..", "ch.qos.logback..",
            "org.apache.log4j..",
            "org.apache.logging.."};

    private ArchitectureRules() {}

    static ArchRule pureModulesDoNoInputOrOutput(String root) {
        return noClasses().that(in(root, "dissect", "rules", "engine")).should().dependOnClassesThat(
                resideInAnyPackage("io.netty..", "com.lmax..", "java.net..", "java.nio.channels..", "java.nio.file..")
                        .or(resideInAnyPackage(LOGGING)).or(assignableTo(System.Logger.class)));
    }

    static ArchRule timeIsAnArgument(String root) {
        return noClasses().that(in(root, "dissect", "rules", "engine")).should().dependOnClassesThat(
                assignableTo(Clock.class)).orShould()
                .accessTargetWhere(describe("reads a clock", ArchitectureRules::isClock));
    }

    /** {@code System.nanoTime}, and every {@code now()} of java.time. */
    private static boolean isClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return switch (access.getTarget().getName()) {
            case "nanoTime", "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "now" -> owner.getPackageName().equals("java.time");
            default -> false;
        };
    }

    static ArchRule engineRunsNothingByItself(String root) {
        return noClasses().that(in(root, "engine")).should().dependOnClassesThat(
                resideInAnyPackage("java.util.concurrent", "java.util.concurrent.locks")).orShould().accessTargetWhere(
                        describe("starts or stops threads",
                                access -> access.getTargetOwner().isAssignableTo(Thread.class)
                                        && !access.getTarget().getName().equals("currentThread")));
    }

    static ArchRule engineTouchesNoStreams(String root) {
        return noClasses().that(in(root, "engine")).should().dependOnClassesThat(resideInAnyPackage("java.io.."));
    }

    static ArchRule onlyNativeSegments(String root) {
        return noClasses().that(in(root, "dissect", "rules", "engine")).should().callMethodWhere(
                describe("makes a heap segment", call -> makesSegment(call, Set.of("ofArray", "ofBuffer"))));
    }

    /** In the classes that run for each message; the others may slice. */
    static ArchRule noSlicePerMessage(String root) {
        return noClasses().that(in(root, "engine").or(in(root, "dissect").and(simpleNameEndingWith("View").or(
                simpleNameEndingWith("Dissector"))))).should().callMethodWhere(
                        describe("slices a segment", call -> makesSegment(call, Set.of("asSlice"))));
    }

    private static boolean makesSegment(JavaAccess<?> call, Set<String> methods) {
        return call.getTargetOwner().isEquivalentTo(MemorySegment.class)
                && methods.contains(call.getTarget().getName());
    }

    static ArchRule rulesAndEngineKnowNoProtocol(String root) {
        return noClasses().that(in(root, "rules", "engine", "capture")).should().dependOnClassesThat(aProtocol(root));
    }

    static ArchRule onlyProtocolsNamesProtocols(String root) {
        return noClasses()
                .that(resideInAnyPackage(root + ".dissect").and(DescribedPredicate.not(simpleName("Protocols"))))
                .should().dependOnClassesThat(aProtocol(root));
    }

    static ArchRule protocolsAreApart(String root) {
        return slices().matching(root + ".dissect.(*)..").should().notDependOnEachOther();
    }

    static ArchRule onlyCaptureCallsNativeCode(String root) {
        return noClasses().that(DescribedPredicate.not(in(root, "capture"))).should().dependOnClassesThat(
                assignableTo(Linker.class).or(assignableTo(SymbolLookup.class)).or(resideInAnyPackage("org.pcap4j..")));
    }

    static ArchRule onlyInlineUsesTheDisruptor(String root) {
        return noClasses().that(DescribedPredicate.not(in(root, "inline"))).should().dependOnClassesThat(
                resideInAnyPackage("com.lmax.."));
    }

    /** The devices of the demo are others' software, which may run on what it likes. */
    static ArchRule onlyControlUsesNetty(String root) {
        return noClasses().that(DescribedPredicate.not(in(root, "control", "broker", "manage", "demo"))).should()
                .dependOnClassesThat(resideInAnyPackage("io.netty..", "io.grpc.netty.."));
    }

    static ArchRule nobodyNeedsManagement(String root) {
        return noClasses().that(DescribedPredicate.not(in(root, "manage", "cli"))).should().dependOnClassesThat(
                in(root, "manage"));
    }

    static ArchRule nobodyNeedsTheDemo(String root) {
        return noClasses().that(DescribedPredicate.not(in(root, "demo", "cli"))).should().dependOnClassesThat(
                in(root, "demo"));
    }

    static ArchRule nothingShippedUsesTestSupport(String root) {
        return noClasses().that(DescribedPredicate.not(in(root, "testdata"))).should().dependOnClassesThat(
                in(root, "testdata"));
    }

    static ArchRule modulesAreFreeOfCycles(String root) {
        return slices().assignedFrom(new Modules(root)).should().beFreeOfCycles();
    }

    /** The arrows of ARCHITECTURE.md: a module, and all that it may know beside itself. */
    static ArchRule mayKnow(String root, String module, String... others) {
        String[] known = Arrays.copyOf(others, others.length + 1);
        known[others.length] = module;
        return classes().that(in(root, module)).should().onlyDependOnClassesThat(
                DescribedPredicate.not(resideInAnyPackage(root + "..")).or(in(root, known)));
    }

    private static DescribedPredicate<JavaClass> in(String root, String... modules) {
        return resideInAnyPackage(
                Arrays.stream(modules).map(module -> root + "." + module + "..").toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> aProtocol(String root) {
        return resideInAnyPackage(root + ".dissect.*..");
    }

    /** A module is the package below the root. */
    private record Modules(String root) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.startsWith(root + ".")
                    ? SliceIdentifier.of(name.substring(root.length() + 1).split("\\.", 2)[0])
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the modules of " + root;
        }
    }
}
