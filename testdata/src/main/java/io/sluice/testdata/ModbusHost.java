package io.sluice.testdata;

import java.util.BitSet;

/** A machine of the generated plant: its addresses, its ports in use, and how its TCP behaves. */
final class ModbusHost {
    private static final int FIRST_PORT = 49_152, PORTS = 16_384;

    private final String address;
    private final String mac;
    private final boolean controller;
    private final int number;
    private final ModbusDevice memory = new ModbusDevice();
    private final BitSet ports = new BitSet();
    private int nextPort;
    private int identification;

    private ModbusHost(boolean controller, int number) {
        this.controller = controller;
        this.number = number;
        address = (controller ? "10.3.1." : "10.3.2.") + number;
        mac = "02:53:4c:00:%02x:%02x".formatted(controller ? 1 : 2, number);
        identification = number * 251;
        nextPort = number * 37 % PORTS;
    }

    static ModbusHost controller(int number) {
        return new ModbusHost(true, number);
    }

    static ModbusHost master(int number) {
        return new ModbusHost(false, number);
    }

    String address() {
        return address;
    }

    String mac() {
        return mac;
    }

    ModbusDevice memory() {
        return memory;
    }

    /** One controller in three has a small TCP that acknowledges every segment at once, and knows no options. */
    boolean acknowledgesAtOnce() {
        return controller && number % 3 == 0;
    }

    int nextIdentification() {
        identification = identification + 1 & 0xFFFF;
        return identification;
    }

    int takePort() {
        do {
            nextPort = (nextPort + 1) % PORTS;
        } while (ports.get(nextPort));
        ports.set(nextPort);
        return FIRST_PORT + nextPort;
    }

    void releasePort(int port) {
        ports.clear(port - FIRST_PORT);
    }
}
