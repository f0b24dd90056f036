package io.sluice.manage.jump;

import io.sluice.broker.Attempt;
import io.sluice.broker.Connection;
import io.sluice.broker.Ending;
import io.sluice.broker.Passage;
import io.sluice.broker.Refusal;
import io.sluice.broker.Tally;
import io.sluice.broker.Witness;
import io.sluice.manage.jump.End.Why;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down who comes, what is refused, and who goes. What the gateway tells comes on the thread that carries all connections, so
 * it is only queued there; what finds the queue full is counted, and the number is written down.
 */
final class Visitors implements AutoCloseable {
    private static final int QUEUE = 2_000;
    private static final int PIECE = 1 << 16;
    private static final long PATIENCE_SECONDS = 2;

    private final JumpDesk desk;
    private final Journal journal;
    private final AtomicLong leftOut = new AtomicLong();
    private final Map<Connection, Map<Integer, Passage>> passages = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE), Thread.ofPlatform().name("jump-visitors").daemon().factory());

    Visitors(JumpDesk desk, Journal journal) {
        this.desk = desk;
        this.journal = journal;
    }

    /** {@return false where the session is over} */
    boolean entered(Live live, Connection connection) {
        synchronized (desk) {
            Jump jump = live.jump();
            if (!jump.isOpen(desk.now())) {
                return false;
            }
            String by = connection.method().equals("publickey") ? "key" : "password";
            Visit visit = new Visit(UUID.randomUUID().toString(), connection.from().getAddress().getHostAddress(), by,
                    connection.client(), desk.now(), null);
            live.entered(connection, visit.id());
            live.record(live.activity().entered(visit));
            desk.store().keep(jump, live.activity());
            journal.note("connected", jump.person(), jump, "address", visit.from(), "by", by, "client",
                    visit.client());
            return true;
        }
    }

    void refused(String login, String address, String code) {
        later(() -> journal.refused(login, address, code));
    }

    /** Targets that a connection reaches now. */
    Map<Integer, Passage> passages(Connection connection) {
        return passages.getOrDefault(connection, Map.of());
    }

    Witness witness(Live live) {
        return new Told(live);
    }

    private void later(Runnable work) {
        try {
            writer.execute(work);
        } catch (RejectedExecutionException e) {
            leftOut.incrementAndGet();
        }
    }

    private final class Told implements Witness {
        private final Live live;

        Told(Live live) {
            this.live = live;
        }

        @Override
        public void opened(Connection connection, Passage passage) {
            passages.computeIfAbsent(connection, _ -> new ConcurrentHashMap<>()).put(passage.number(), passage);
            note("door-opened", passage, "source", text(passage));
        }

        @Override
        public void closed(Connection connection, Passage passage, Tally tally, Ending ending) {
            Map<Integer, Passage> open = passages.get(connection);
            if (open != null) {
                open.remove(passage.number());
            }
            note("door-closed", passage, "source", text(passage), "why", ending.word(), "allowed",
                    Long.toString(tally.allowed()), "refused", Long.toString(tally.refused()));
        }

        @Override
        public void refused(Connection connection, Passage passage, Refusal refusal) {
            note("refused", passage, "does", refusal.does(), "reason", refusal.reason(), "decided", refusal.rule(),
                    "detail", refusal.detail(), "conduit", passage.door().conduit(), "grant", passage.door().grant());
        }

        @Override
        public void attempted(Connection connection, Attempt attempt) {
            later(() -> journal.note("attempt", live.jump().person(), live.jump(), "what", attempt.what(), "detail",
                    attempt.detail()));
        }

        @Override
        public void disconnected(Connection connection, Tally tally, Ending ending) {
            passages.remove(connection);
            Optional<Path> recorded = connection.recorded();
            later(() -> {
                gone(live, connection, tally, ending);
                recorded.ifPresent(file -> recorded(live.jump(), file));
            });
        }

        private void note(String type, Passage passage, String... fields) {
            String[] all = new String[fields.length + 2];
            all[0] = "target";
            all[1] = passage.door().name();
            System.arraycopy(fields, 0, all, 2, fields.length);
            later(() -> journal.note(type, live.jump().person(), live.jump(), all));
        }

        private static String text(Passage passage) {
            return passage.source().getAddress().getHostAddress() + ":" + passage.source().getPort();
        }
    }

    private void gone(Live live, Connection connection, Tally tally, Ending ending) {
        synchronized (desk) {
            Jump jump = live.jump();
            live.visit(connection).ifPresent(visit -> live.record(live.activity().left(visit, desk.now(),
                    tally.allowed(), tally.refused())));
            live.left(connection);
            desk.store().keep(jump, live.activity());
            journal.note("disconnected", jump.person(), jump, "why", ending.word(), "allowed",
                    Long.toString(tally.allowed()), "refused", Long.toString(tally.refused()));
            long lost = leftOut.getAndSet(0);
            if (lost > 0) {
                journal.note("left-out", jump.person(), jump, "notes", Long.toString(lost));
            }
            if (ending == Ending.IDLE && live.connections().isEmpty()) {
                desk.end(live, Why.IDLE, "", "");
            }
        }
    }

    /** With its digest in the journal, a recording cannot be changed any more without being noticed. */
    private void recorded(Jump jump, Path file) {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                sha.update(piece, 0, n);
            }
            journal.note("recorded", jump.person(), jump, "file", name, "sha256",
                    HexFormat.of().formatHex(sha.digest()));
        } catch (IOException unreadable) {
            journal.note("recorded", jump.person(), jump, "file", name, "problem", "it cannot be read any more");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
