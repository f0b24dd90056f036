package io.sluice.manage.firewall;

import io.sluice.journal.JournalVerifier;
import io.sluice.journal.RecordProof;
import io.sluice.journal.Verification;
import io.sluice.journal.VerifierKey;
import io.sluice.manage.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Whether the journal is as it was written, and proofs of single records. One verification at a time. */
public final class JournalAudit implements AutoCloseable {
    private final Path folder;
    private final InstantSource clock;
    private final ExecutorService runner = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("journal-audit").daemon().factory());
    private volatile Outcome last = new Outcome(State.NEVER, Optional.empty(), Optional.empty(),
            "the journal was not verified since this server was started");
    private volatile double done;
    private volatile boolean cancelled;

    /** How it stands. */
    public enum State {
        NEVER,
        RUNNING,
        INTACT,
        BROKEN,
        /** Somebody ended it before everything was read. */
        CANCELLED,
        /** It could not be read. */
        FAILED
    }

    /**
     * How a verification stands.
     *
     * @param seen what was found, once it is over
     */
    public record Outcome(State state, Optional<Instant> at, Optional<Verification> seen, String sentence) {}

    public JournalAudit(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    public Outcome last() {
        return last;
    }

    /** How much of the journal the verification that runs has read, 0 to 1. */
    public double done() {
        return done;
    }

    /** Ends the one that runs, within moments. */
    public void cancel() {
        cancelled = true;
    }

    /** Begins one, unless one runs. */
    public synchronized Outcome verify() {
        if (last.state() != State.RUNNING) {
            done = 0;
            cancelled = false;
            last = new Outcome(State.RUNNING, Optional.of(clock.instant()), Optional.empty(),
                    "hashes and signatures are being checked");
            runner.execute(() -> last = outcome());
        }
        return last;
    }

    private Outcome outcome() {
        try {
            Optional<VerifierKey> key = JournalVerifier.keyIn(folder);
            if (key.isEmpty()) {
                return failed("`" + folder + "` has no public key in `journal.pub`");
            }
            Optional<Verification> verified = JournalVerifier.verify(folder, key.get(), this::goesOn);
            if (verified.isEmpty()) {
                return new Outcome(State.CANCELLED, Optional.of(clock.instant()), Optional.empty(),
                        "it was ended before everything was read, so it says nothing");
            }
            Verification seen = verified.get();
            return new Outcome(seen.sound() ? State.INTACT : State.BROKEN, Optional.of(clock.instant()),
                    Optional.of(seen), seen.sound()
                            ? "nothing was changed, removed or added"
                            : "the journal is not as it was signed: " + seen.broken().map(Object::toString).orElse(""));
        } catch (JournalVerifier.NoJournal e) {
            return failed("there is no journal in `" + folder + "`");
        } catch (IOException e) {
            return failed("the journal in `" + folder + "` cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            return failed("this is a bug in Sluice: " + e);
        }
    }

    private boolean goesOn(long bytes, long of) {
        done = (double) bytes / of;
        return !cancelled;
    }

    private Outcome failed(String sentence) {
        return new Outcome(State.FAILED, Optional.of(clock.instant()), Optional.empty(), sentence);
    }

    /** A proof that one record is in the journal, for {@code sluice audit verify} on another machine. */
    public String prove(long record) throws Refused {
        try {
            VerifierKey key = JournalVerifier.keyIn(folder).orElseThrow(() -> Refused.unavailable("no-key",
                    "`" + folder + "` has no public key in `journal.pub`"));
            return RecordProof.of(folder, key, record).text();
        } catch (RecordProof.NoProof none) {
            throw Refused.notFound(none.sentence());
        } catch (IOException e) {
            throw Refused.unavailable("journal-unreadable", "the journal in `" + folder + "` cannot be read: "
                    + e.getMessage());
        }
    }

    @Override
    public void close() {
        cancel();
        runner.shutdownNow();
    }
}
