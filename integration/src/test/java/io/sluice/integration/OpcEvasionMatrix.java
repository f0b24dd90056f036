package io.sluice.integration;

import io.sluice.integration.device.Plant;
import io.sluice.integration.evasion.EvasionCase;
import io.sluice.integration.evasion.OpcCases;
import io.sluice.integration.evasion.OpcEvasionPlayer;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.util.ArrayList;
import java.util.List;

/** Plays every case of OPC UA against a server by Milo, each in a session of its own since a refusal ends it. */
final class OpcEvasionMatrix {
    private static final String SERVER_MAC = "00:80:f4:01:02:20", RAW_MAC = "02:53:4c:03:01:06";

    /** The policy allows up to 1500. */
    private static final int PERMITTED = 100, DENIED = 2000, SERIES = 600, SAMPLE = 9;

    /** What a message's type and size take, in hexadecimal digits: plays that lie about the size leave the rest as it was. */
    private static final int LEAD = 16;

    private final Peer server;
    private final Peer player;
    private int count;

    OpcEvasionMatrix(Plant plant) {
        Namespace cell = plant.host("opc", "cell", SERVER_MAC, "10.3.1.20/24");
        Namespace ops = plant.host("raw", "plant", "02:53:4c:03:01:05");
        cell.neighbour("10.3.1.106", RAW_MAC, Plant.LINK);
        server = plant.peer(cell, OpcServer.class, "10.3.1.20");
        player = plant.peer(ops, OpcEvasionPlayer.class, Plant.LINK, RAW_MAC, "10.3.1.106", SERVER_MAC, "10.3.1.20");
    }

    /** Plays all cases, permitted and denied, with a sample of the places where a message can be cut. */
    List<EvasionOutcome> playAll() {
        List<EvasionOutcome> outcomes = new ArrayList<>();
        for (EvasionCase each : OpcCases.list()) {
            List<String> plays = OpcCases.plays(each);
            for (int i = 0; i < plays.size(); i += SAMPLE) {
                outcomes.add(play(each, plays.get(i), false));
                outcomes.add(play(each, plays.get(i), true));
            }
        }
        return outcomes;
    }

    /** Plays a case; denied at every place where the message can be cut, permitted at a sample of them. */
    List<EvasionOutcome> play(EvasionCase each) {
        List<EvasionOutcome> outcomes = new ArrayList<>();
        List<String> plays = OpcCases.plays(each);
        for (int i = 0; i < plays.size(); i++) {
            outcomes.add(play(each, plays.get(i), false));
            if (i % SAMPLE == 0) {
                outcomes.add(play(each, plays.get(i), true));
            }
        }
        return outcomes;
    }

    private EvasionOutcome play(EvasionCase each, String name, boolean permitted) {
        server.ask("clear");
        double value = ++count % SERIES + (permitted ? PERMITTED : DENIED);
        List<String> answer = player.ask("play " + name + " " + value);
        if (answer.size() < 2) {
            return new EvasionOutcome(each, permitted, true, 0, 0, String.join(" ", answer), false);
        }
        String message = answer.getLast();
        int arrived = message.length() <= LEAD
                ? 0
                : (int) server.ask("bytes").stream().filter(bytes -> bytes.contains(message.substring(LEAD))).count();
        int executed = (int) server.ask("received").stream().filter(("write Line3.Speed = " + value)::equals).count();
        return new EvasionOutcome(each, permitted, true, arrived, executed, answer.getFirst(), true);
    }
}
