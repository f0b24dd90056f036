package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A capture of the collection, and where the protocol is spoken in it. */
record Sample(String name, CaptureSource capture, Map<Protocol, List<Integer>> services) {
    private record Named(String name, Path file) implements CaptureSource {
        @Override
        public CaptureReader open() throws CaptureException {
            return CaptureReader.open(file);
        }
    }

    /** Every one that has a truth table of a protocol, once; skips the test where there is no collection. */
    static List<Sample> all(String protocol) throws Exception {
        Map<String, Sample> samples = new TreeMap<>();
        for (TruthTable truth : TruthTable.all(protocol)) {
            Path file = truth.capture();
            String name = Objects.requireNonNull(file.getParent()).getFileName() + "/" + file.getFileName();
            samples.putIfAbsent(name, new Sample(name, new Named(name, file),
                    Map.of(Protocols.named(protocol).orElseThrow(), List.of(truth.port()))));
        }
        return List.copyOf(samples.values());
    }
}
