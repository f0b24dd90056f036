package io.sluice.integration.peer;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Masters that poll, by j2mod, each on a connection of its own and one request after the other. Requests:
 * {@code start ADDRESS CONNECTIONS PAUSE_MILLISECONDS}; {@code stop}, which answers with {@code answers N}, {@code wrong N} and
 * {@code lost N} (connections that broke, opened again at once), and {@code gap N}, the longest time in milliseconds that a
 * connection was without an answer; {@code progress}, the same without stopping.
 */
public final class ModbusLoad {
    private static final int UNIT = 1, PORT = 502, COUNT = 10, PATIENCE_MILLISECONDS = 1000, WRITES_ONE_IN = 8;

    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong gapNanoseconds = new AtomicLong();
    private final List<Thread> masters = new ArrayList<>();

    private ModbusLoad() {}

    public static void main(String[] arguments) throws Exception {
        Asked.serve(new ModbusLoad()::answer);
    }

    private List<String> answer(String[] words) throws InterruptedException {
        return switch (words[0]) {
            case "start" -> start(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "progress" -> counts();
            case "stop" -> stop();
            default -> List.of("unknown: " + words[0]);
        };
    }

    private List<String> start(String address, int connections, int pause) {
        List.of(answers, wrong, lost, gapNanoseconds).forEach(counter -> counter.set(0));
        running.set(true);
        for (int i = 0; i < connections; i++) {
            int number = i;
            masters.add(Thread.ofPlatform().daemon().start(() -> poll(address, number, pause)));
        }
        return List.of();
    }

    private List<String> stop() throws InterruptedException {
        running.set(false);
        for (Thread master : masters) {
            master.join(2 * PATIENCE_MILLISECONDS);
        }
        masters.clear();
        return counts();
    }

    private List<String> counts() {
        return List.of("answers " + answers, "wrong " + wrong, "lost " + lost,
                "gap " + gapNanoseconds.get() / 1_000_000);
    }

    private void poll(String address, int number, int pause) {
        ModbusTCPMaster master = new ModbusTCPMaster(address, PORT, PATIENCE_MILLISECONDS, false);
        boolean connected = false;
        long last = System.nanoTime();
        for (int round = 0; running.get(); round++) {
            try {
                if (!connected) {
                    master.connect();
                    master.setRetries(1);
                    connected = true;
                }
                ask(master, number, round);
                long now = System.nanoTime();
                long gap = now - last;
                last = now;
                gapNanoseconds.accumulateAndGet(gap, Math::max);
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                connected = lose(master, e);
            }
        }
        master.disconnect();
    }

    private void ask(ModbusTCPMaster master, int number, int round) throws ModbusException {
        if (round % WRITES_ONE_IN == 0) {
            master.writeSingleRegister(UNIT, 100 + number % 18, new SimpleRegister(round % 1500));
            answers.incrementAndGet();
            return;
        }
        int first = (number + round) % 80;
        InputRegister[] values = master.readInputRegisters(UNIT, first, COUNT);
        answers.incrementAndGet();
        for (int i = 0; i < values.length; i++) {
            if (values[i].getValue() != first + i) {
                wrong.incrementAndGet();
            }
        }
    }

    private boolean lose(ModbusTCPMaster master, Exception why) {
        if (lost.getAndIncrement() < 5) {
            System.err.println("lost: " + why);
        }
        master.disconnect();
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
