package io.sluice.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** One SSH connection in a session: its crossings, and its end. */
final class Client implements Connection {
    /** So often something may be asked for that a session does not give. */
    private static final int ATTEMPTS = 100;
    private static final int LONGEST_DETAIL = 200;
    private static final int LONGEST_NAME = 80;
    /** What is still to be sent to a client whose session ends gets so long. */
    private static final int FAREWELL_MILLIS = 100;
    /** So old may be what a crash takes from a recording. */
    private static final long FLUSH_NANOS = 1_000_000_000L;

    final JumpSession jump;
    private final ServerSession session;
    private final String method;
    private final Instant since = Instant.now();
    private final Gateway gateway;
    private final Carrier carrier;
    private final Set<Crossing> crossings = new HashSet<>();
    private final AtomicInteger passages = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Object amending = new Object();
    /** Rises with each amendment. */
    private final AtomicInteger edition = new AtomicInteger();
    private volatile Tally tally = Tally.NOTHING;
    private Tally past = Tally.NOTHING;
    private int numbers;
    private long active = System.nanoTime();
    private @Nullable Recording recording;
    private @Nullable Ending ending;
    private long flushed;
    private boolean gone;

    Client(JumpSession jump, ServerSession session, String method, Gateway gateway, Carrier carrier) {
        this.jump = jump;
        this.session = session;
        this.method = method;
        this.gateway = gateway;
        this.carrier = carrier;
    }

    @Override
    public InetSocketAddress from() {
        return session.getIoSession().getRemoteAddress() instanceof InetSocketAddress ip
                ? ip
                : InetSocketAddress.createUnresolved("?", 0);
    }

    @Override
    public String client() {
        String version = session.getClientVersion();
        return printable(version == null ? "" : version, LONGEST_NAME);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public Optional<Path> recorded() {
        return recording == null ? Optional.empty() : Optional.of(recording.file());
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public void end(Ending why, String sentence) {
        carrier.loop.execute(() -> ends(why, sentence));
    }

    @Override
    public void amended() {
        edition.incrementAndGet();
        gateway.work(this::amend, () -> end(Ending.GATEWAY, "too much to do"));
    }

    // ---- Passages --------------------------------------------------------------------------------------------------------

    /** The client wants to reach something; on a thread of the library. */
    void open(Tunnel tunnel, String host, int port) {
        if (passages.get() >= gateway.limits().passages()) {
            attempted("too-many", host + ":" + port);
            tunnel.refuse(SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many connections at once");
            return;
        }
        passages.incrementAndGet();
        Opening opening = new Opening(this, tunnel, carrier, gateway, host, port);
        gateway.work(opening::begin, opening::tooMuch);
    }

    /** An opening came to nothing. */
    void notOpened() {
        passages.decrementAndGet();
    }

    int edition() {
        return edition.get();
    }

    /** The number of the next passage; on the carrier's thread, as all that follows. */
    int number() {
        return ++numbers;
    }

    /** Where what crosses is kept, if it is. */
    @Nullable
    Recording recording() throws IOException {
        Optional<Path> folder = gateway.settings().recordings();
        if (jump.recorded() && recording == null && !gone) {
            recording = Recording.create(folder.orElseThrow(() -> new IOException("no folder is set")), this);
        }
        return recording;
    }

    boolean isOver() {
        return gone || ending != null;
    }

    void opened(Crossing crossing) {
        crossings.add(crossing);
        active();
        count();
        tellWitness(w -> w.opened(this, crossing.passage));
    }

    void refused(Crossing crossing, Refusal refusal) {
        count();
        tellWitness(w -> w.refused(this, crossing.passage, refusal));
    }

    void closed(Crossing crossing, Ending why) {
        notOpened();
        Tally all = crossing.tally();
        past = past.plus(all);
        if (crossings.remove(crossing)) {
            tellWitness(w -> w.closed(this, crossing.passage, all, ending == null ? why : ending));
        }
        count();
    }

    /** Something has crossed. */
    void active() {
        active = System.nanoTime();
    }

    private void count() {
        Tally all = past;
        for (Crossing crossing : crossings) {
            all = all.plus(crossing.tally());
        }
        tally = all;
    }

    /** Something was asked for that a session does not give; on any thread. */
    void attempted(String what, String detail) {
        Attempt attempt = new Attempt(what, printable(detail, LONGEST_DETAIL));
        if (attempts.incrementAndGet() <= ATTEMPTS) {
            carrier.loop.execute(() -> tellWitness(w -> w.attempted(this, attempt)));
        } else {
            end(Ending.ATTEMPTS, "too much was asked for that this session does not give");
        }
    }

    // ---- Time and change -------------------------------------------------------------------------------------------------

    /** Looks whether it may go on; ten times a second, on the carrier's thread. */
    void look(long now, Duration stall) {
        try {
            count();
            if (recording != null && now - flushed > FLUSH_NANOS) {
                flushed = now;
                recording.flush();
            }
            if (jump.remaining().compareTo(Duration.ZERO) <= 0) {
                ends(Ending.EXPIRED, "the time of this session is over");
                return;
            }
            Optional<Duration> idle = jump.idleLimit();
            if (idle.isPresent() && now - active > idle.get().toNanos()) {
                ends(Ending.IDLE,
                        "nothing has crossed for " + idle.get().toMinutes() + " minutes, so this session ends");
                return;
            }
        } catch (IOException e) {
            ends(Ending.GATEWAY, "the recording of this session cannot be written, so it ends");
            return;
        } catch (RuntimeException e) {
            ends(Ending.GATEWAY, "this session cannot be looked after any more, so it ends");
            return;
        }
        for (Crossing crossing : List.copyOf(crossings)) {
            if (crossing.stalled(now, stall.toNanos())) {
                crossing.end(Ending.STALLED);
            }
        }
    }

    /** Asks for the rules of each passage anew; on a worker, one at a time so that the last answer is the latest. */
    private void amend() {
        synchronized (amending) {
            List<Crossing> standing = new ArrayList<>();
            if (!carrier.loop.submit(() -> standing.addAll(crossings)).awaitUninterruptibly(5, TimeUnit.SECONDS)) {
                end(Ending.GATEWAY, "this session cannot be looked after any more, so it ends");
                return;
            }
            for (Crossing crossing : standing) {
                amend(crossing);
            }
        }
    }

    /** Has one passage judged by what is in force now. */
    void amend(Crossing crossing) {
        Door door = crossing.passage.door();
        Optional<Judging> judging;
        try {
            judging = jump.judging(door);
        } catch (RuntimeException e) {
            judging = Optional.empty();
        }
        Optional<Judging> now = judging;
        carrier.loop.execute(() -> {
            if (now.isEmpty() || !carrier.amend(crossing.relayed, door, now.get())) {
                crossing.end(Ending.AMENDED);
            }
        });
    }

    // ---- The end ---------------------------------------------------------------------------------------------------------

    private void ends(Ending why, String sentence) {
        if (ending != null || gone) {
            return;
        }
        ending = why;
        for (Crossing crossing : List.copyOf(crossings)) {
            crossing.end(why);
        }
        try {
            session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, sentence);
        } catch (IOException | RuntimeException e) {
            session.close(true);
        }
        var _ = carrier.loop.schedule(() -> session.close(true), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The SSH connection is closed. */
    void gone() {
        if (gone) {
            return;
        }
        Ending why = ending == null ? Ending.CLOSED : ending;
        ending = why;
        for (Crossing crossing : List.copyOf(crossings)) {
            crossing.end(why);
        }
        gone = true;
        if (recording != null) {
            recording.close();
        }
        count();
        tellWitness(w -> w.disconnected(this, tally, why));
    }

    private void tellWitness(Consumer<Witness> what) {
        try {
            what.accept(jump.witness());
        } catch (RuntimeException e) {
            if (ending == null && !gone) {
                ends(Ending.GATEWAY, "what happens in this session cannot be recorded, so it ends");
            }
        }
    }

    private static String printable(String text, int most) {
        return text.codePoints().map(c -> c < 0x20 || c > 0x7E ? '?' : c).limit(most)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
