package io.sluice.integration;

import io.sluice.integration.device.Plant;
import io.sluice.integration.evasion.Cases;
import io.sluice.integration.evasion.EvasionCase;
import io.sluice.integration.evasion.EvasionPlayer;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.util.ArrayList;
import java.util.List;

/** Plays every case against two servers, one by j2mod and one that only records, whatever is between. */
final class EvasionMatrix {
    private static final int ANSWERS = 502, RECORDS = 1502;
    private static final String SERVER_MAC = "00:80:f4:01:02:03", RAW_MAC = "02:53:4c:03:01:06";

    /** Values that the policy allows, for messages and for decoys, and values that it does not. */
    private static final int PERMITTED = 1, DECOYS = 800, DENIED = 0x6000, SERIES = 700;

    /** Milliseconds for the answer; 0 waits until the message is acknowledged. */
    private static final int PERMITTED_PATIENCE = 3000, DENIED_PATIENCE = 1000, DENIED_RECORDED_PATIENCE = 100,
            RECORDED = 0;

    /** Milliseconds for the server's process to read what came, and for what came at the same time on another connection. */
    private static final int READ_PATIENCE = 5000, PAUSE = 5, TOGETHER = 50;

    private final Peer answering;
    private final Peer recording;
    private final Peer player;
    private int count;

    EvasionMatrix(Plant plant) {
        Namespace cell = plant.host("plc", "cell", SERVER_MAC, "10.3.1.10/24", "fd00:3::10/64");
        Namespace ops = plant.host("raw", "plant", "02:53:4c:03:01:05");
        plant.vlan(cell, 10, "10.3.10.10/24");
        // The player answers no questions for its addresses.
        cell.neighbour("10.3.1.106", RAW_MAC, Plant.LINK);
        cell.neighbour("fd00:3::106", RAW_MAC, Plant.LINK);
        cell.neighbour("10.3.10.106", RAW_MAC, Plant.LINK + ".10");
        answering = plant.peer(cell, ModbusServer.class, "::", Integer.toString(ANSWERS));
        recording = plant.peer(cell, ModbusServer.class, "::", Integer.toString(RECORDS), "silent");
        player = plant.peer(ops, EvasionPlayer.class, Plant.LINK, RAW_MAC, SERVER_MAC);
    }

    /** Plays all cases, permitted and denied, against both servers. */
    List<EvasionOutcome> playAll() {
        List<EvasionOutcome> outcomes = new ArrayList<>();
        for (EvasionCase each : Cases.list()) {
            outcomes.addAll(play(each));
        }
        return outcomes;
    }

    List<EvasionOutcome> play(EvasionCase each) {
        return List.of(play(each, true, true), play(each, true, false), play(each, false, true),
                play(each, false, false));
    }

    private EvasionOutcome play(EvasionCase each, boolean permitted, boolean answers) {
        Peer server = answers ? answering : recording;
        server.ask("clear");
        int number = count++ % SERIES;
        int value = number + (permitted ? PERMITTED : DENIED);
        boolean arrives = permitted && each.permitted() == EvasionCase.Expected.ARRIVES;
        int patience = arrives
                ? answers ? PERMITTED_PATIENCE : RECORDED
                : answers ? DENIED_PATIENCE : DENIED_RECORDED_PATIENCE;
        List<String> answer = player
                .ask("play %s %d %d %d %d".formatted(each.name(), answers ? ANSWERS : RECORDS, value,
                        number + DECOYS, patience));
        String message = "0065%04x".formatted(value);
        boolean again = !answer.getLast().equals("refused");
        awaitRead(server, "06" + message, arrives || !again ? "" : answer.getLast());
        EvasionOutcome outcome = new EvasionOutcome(each, permitted, answers, occurrences(server.ask("bytes"),
                "06" + message), occurrences(server.ask("requests"), "unit 1 function 6 " + message), answer.getFirst(),
                again);
        player.ask("end");
        return outcome;
    }

    /** Until the server's process has read the message or, if it may not arrive, what was sent after it and a little longer. */
    private static void awaitRead(Peer server, String message, String last) {
        long end = System.nanoTime() + READ_PATIENCE * 1_000_000L;
        while (System.nanoTime() < end) {
            List<String> bytes = server.ask("bytes");
            if (occurrences(bytes, message) > 0) {
                return;
            }
            if (!last.isEmpty() && occurrences(bytes, last) > 0) {
                Rig.pause(TOGETHER);
                return;
            }
            Rig.pause(PAUSE);
        }
    }

    private static int occurrences(List<String> lines, String text) {
        return lines.stream().mapToInt(line -> (line.length() - line.replace(text, "").length()) / text.length()).sum();
    }
}
