package io.sluice.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Prints what happens, a line for each write and each refusal; what else passes is counted and told from time to time. */
final class LiveView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String MARGIN = " ".repeat(19);

    private final PrintStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Map<String, Integer> passed = new TreeMap<>();
    private int lines;

    LiveView(PrintStream out) {
        this.out = out;
    }

    /** The firewall has decided. */
    void judged(Judgement judgement) {
        lock.lock();
        try {
            if (!judgement.isRare()) {
                passed.merge(judgement.kind(), 1, Integer::sum);
                return;
            }
            line(judgement.denied() ? "REFUSED" : "passes", "%s → %s  %s  (%s)".formatted(judgement.from(),
                    judgement.to(), judgement.does(), judgement.why()));
            lines++;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many lines of their own there were. */
    int lines() {
        lock.lock();
        try {
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /** Waits a moment for the next line after so many. */
    void awaitLine(int after, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (lines <= after && left > 0) {
                left = told.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the two ends have seen of the last line. */
    void seen(String ends) {
        lock.lock();
        try {
            print(MARGIN + ends);
        } finally {
            lock.unlock();
        }
    }

    /** Tells what has passed since the last time. */
    void sum() {
        lock.lock();
        try {
            if (!passed.isEmpty()) {
                passed.forEach((kind, times) -> line("passed", times + " × " + kind));
                passed.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private void line(String verdict, String text) {
        print("%s  %-7s  %s".formatted(LocalTime.now(ZoneId.systemDefault()).format(TIME), verdict, text));
    }

    /** Whether the reader of the output has gone away: {@code sluice demo | head}. */
    boolean readerGone() {
        return out.checkError();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
