package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** The options that scripts depend on: their names, defaults and contradictions. */
class OptionsTest {
    @Command
    private static final class Dissect {
        @CommandLine.Mixin
        private final DissectOptions options = new DissectOptions();
    }

    @Command
    private static final class Replay {
        @CommandLine.Mixin
        private final ReplayOptions options = new ReplayOptions();
    }

    @Test
    void dissectNeedsACaptureOnly() throws WrongUsage {
        DissectOptions options = dissect("line-3.pcap");
        assertEquals("line-3.pcap", options.capture());
        assertEquals(Optional.empty(), options.protocol());
        assertEquals(Optional.empty(), options.port());
        assertEquals(DissectOptions.Format.TEXT, options.format());
    }

    @Test
    void dissectTakesProtocolPortAndFormat() throws WrongUsage {
        DissectOptions options = dissect("-", "--protocol", "modbus", "--port=1502", "--format", "tsv");
        assertEquals(Optional.of("modbus"), options.protocol());
        assertEquals(Optional.of(1502), options.port());
        assertEquals(DissectOptions.Format.TSV, options.format());
    }

    @Test
    void aPortOutsideSixteenBitsIsWrongUsage() {
        assertThrows(WrongUsage.class, () -> dissect("-", "--port", "65536").port());
        assertThrows(WrongUsage.class, () -> dissect("-", "--port", "0").port());
        assertThrows(ParameterException.class, () -> dissect("-", "--port", "modbus"));
    }

    @Test
    void replayObservesUnlessToldOtherwise() throws WrongUsage {
        ReplayOptions options = replay("a.pcap", "b.pcap", "--policy", "line-3.yaml");
        assertEquals(List.of("a.pcap", "b.pcap"), options.captures());
        assertEquals("line-3.yaml", options.policy());
        assertEquals(ReplayOptions.Profile.OBSERVE, options.profile());
        assertEquals(ReplayOptions.Format.TEXT, options.format());
        assertEquals(Map.of(), options.zones());
        assertEquals(Optional.empty(), options.baseline());
        assertEquals(Optional.empty(), options.log());
        assertEquals(Optional.empty(), options.annotate());
    }

    @Test
    void replayTakesEveryOption() throws WrongUsage {
        ReplayOptions options = replay("a.pcap", "--policy=p.yaml", "--baseline=p0.yaml", "--zone",
                "cell-3=10.3.1.0/24",
                "--zone", "ops=10.3.2.0/24", "--profile", "inline", "--log", "v.json", "--format", "json", "--annotate",
                "out.pcapng");
        assertEquals(Map.of("cell-3", "10.3.1.0/24", "ops", "10.3.2.0/24"), options.zones());
        assertEquals(ReplayOptions.Profile.INLINE, options.profile());
        assertEquals(ReplayOptions.Format.JSON, options.format());
        assertEquals(Optional.of("p0.yaml"), options.baseline());
        assertEquals(Optional.of(Path.of("v.json")), options.log());
        assertEquals(Optional.of(Path.of("out.pcapng")), options.annotate());
    }

    // The order shows in the report, which must be the same every time.
    @Test
    void networksOfAZoneAddUpAndKeepTheirOrder() throws WrongUsage {
        ReplayOptions options = replay("a.pcap", "--policy=p.yaml", "--zone", "ops=10.9.0.0/16", "--zone",
                "cell=10.3.1.0/24,10.3.2.0/24", "--zone", "ops=10.8.0.0/16");
        assertEquals("{ops=10.9.0.0/16,10.8.0.0/16, cell=10.3.1.0/24,10.3.2.0/24}", options.zones().toString());
        assertThrows(WrongUsage.class, () -> replay("a.pcap", "--policy=p.yaml", "--zone", "cell").zones());
    }

    @Test
    void theReportAloneGoesToStandardOutput() {
        assertThrows(WrongUsage.class, () -> replay("a.pcap", "--policy=p.yaml", "--log", "-").check());
        assertThrows(WrongUsage.class, () -> replay("a.pcap", "--policy=p.yaml", "--annotate", "-").check());
    }

    @Test
    void replayNeedsAPolicy() {
        assertThrows(MissingParameterException.class, () -> replay("a.pcap"));
    }

    @Test
    void standardInputCanBeReadOnlyOnce() throws WrongUsage {
        replay("-", "--policy", "p.yaml").check();
        assertThrows(WrongUsage.class, () -> replay("-", "--policy", "-").check());
    }

    private static DissectOptions dissect(String... arguments) {
        return parse(new Dissect(), arguments).options;
    }

    private static ReplayOptions replay(String... arguments) {
        return parse(new Replay(), arguments).options;
    }

    private static <T> T parse(T command, String... arguments) {
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return command;
    }
}
