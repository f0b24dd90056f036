package io.sluice.manage;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.journal.JournalSettings.Detail;
import io.sluice.journal.RuleReads;
import io.sluice.manage.firewall.PolicyText;
import io.sluice.rules.CompiledPolicy;
import java.nio.file.Path;

/** A capture through a real engine into a real journal: what the inline process does, without rings between. */
final class RecordedJournal implements EngineListener {
    private final Journal journal;
    private final Circumstances circumstances;
    private long nanos;

    private RecordedJournal(Journal journal, CompiledPolicy policy) {
        this.journal = journal;
        circumstances = new Circumstances(policy, "plant", true, null, null);
    }

    static void write(Path folder, Path capture, String yaml) throws Exception {
        CompiledPolicy policy = PolicyText.require(yaml).compiled();
        JournalSettings settings = new JournalSettings(folder, Detail.ALL, JournalSettings.KEEP,
                JournalSettings.SHARE_PERCENT, "test");
        try (Journal journal = Journal.open(settings); CaptureReader reader = CaptureReader.open(capture)) {
            RecordedJournal listener = new RecordedJournal(journal, policy);
            try (Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
                while (reader.next()) {
                    listener.nanos = reader.epochNanos();
                    engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                            reader.number(), reader.epochNanos());
                }
                engine.finish();
            }
            journal.endOfBatch();
        }
    }

    @Override
    public void message(MessageEvent event) {
        journal.message(event, circumstances);
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        journal.plain(flow, circumstances, nanos);
    }

    @Override
    public void ended(Flow flow) {
        journal.ended(flow, RuleReads.NONE, circumstances, nanos);
    }
}
