package io.sluice.replay;

import io.sluice.engine.Profile;
import io.sluice.replay.ReportWriter.Form;
import io.sluice.testdata.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recordings under their policies, against what is kept beside them. */
class RecordingsReplayTest {
    @ParameterizedTest
    @ValueSource(strings = {"line-3", "pipelined"})
    void theReportIsTheOneKept(String recording, @TempDir Path folder) throws Exception {
        Path log = folder.resolve("log.jsonl");
        Report report = Recordings.replay(recording, Profile.OBSERVE, log);
        Golden.check("testdata/modbus/" + recording + "/expected.txt", Recordings.written(report, Form.TEXT));
        Files.copy(log, Path.of("/tmp/" + recording + ".jsonl"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(Path.of("/tmp/" + recording + ".json"), Recordings.written(report, Form.JSON));
        Files.writeString(Path.of("/tmp/" + recording + "-inline.txt"),
                Recordings.written(Recordings.replay(recording, Profile.INLINE), Form.TEXT));
    }
}
