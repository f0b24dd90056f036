package io.sluice.load.gen;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Who speaks with whom: the ends of all flows and their initial sequence numbers, drawn from the plan's seed. */
final class FlowBook {
    static final int NONE = -1;

    private static final int CLIENTS = 50, SERVERS = 20;
    private static final int FIRST_CLIENT = 0x0A14_000A, FIRST_SERVER = 0x0A14_010A; // 10.20.0.10, 10.20.1.10
    private static final long CLIENT_MAC = 0x0200_5A00_0000L, SERVER_MAC = 0x0200_5B00_0000L; // locally administered
    private static final int FIRST_PORT = 1024, PORTS = 1 << 16;
    private static final int REGISTERS = 1000;

    private final TcpFrame.Ends[] ends;
    private final int[] clientFirst;
    private final int[] serverFirst;
    private final int[] registers;
    private final int[] flowOfPort = new int[PORTS];

    FlowBook(LoadPlan plan) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        ends = new TcpFrame.Ends[plan.flows()];
        clientFirst = new int[plan.flows()];
        serverFirst = new int[plan.flows()];
        registers = new int[plan.flows()];
        Arrays.fill(flowOfPort, NONE);
        for (int flow = 0; flow < plan.flows(); flow++) {
            int client = random.nextInt(CLIENTS);
            int server = random.nextInt(SERVERS);
            ends[flow] = new TcpFrame.Ends(CLIENT_MAC + client, SERVER_MAC + server, FIRST_CLIENT + client,
                    FIRST_SERVER + server, freePort(random, flow), plan.serverPort());
            clientFirst[flow] = random.nextInt();
            serverFirst[flow] = random.nextInt();
            registers[flow] = random.nextInt(REGISTERS);
        }
    }

    /** A client port of one's own says which flow an arriving frame belongs to. */
    private int freePort(SplittableRandom random, int flow) {
        int port = random.nextInt(FIRST_PORT, PORTS);
        while (flowOfPort[port] != NONE) {
            port = port == PORTS - 1 ? FIRST_PORT : port + 1;
        }
        flowOfPort[port] = flow;
        return port;
    }

    /** From client to server. */
    TcpFrame.Ends ends(int flow) {
        return ends[flow];
    }

    /** The flow of a client port, or {@link #NONE}. */
    int flowOf(int clientPort) {
        return flowOfPort[clientPort];
    }

    /** Sequence number of the client's first byte. */
    int clientFirst(int flow) {
        return clientFirst[flow];
    }

    /** Sequence number of the server's first byte. */
    int serverFirst(int flow) {
        return serverFirst[flow];
    }

    /** The first register that the flow's requests ask for. */
    int register(int flow) {
        return registers[flow];
    }
}
