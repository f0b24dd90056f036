package io.sluice.demo.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/**
 * The operator's panel: it polls the controller and the line all the time, and connects again whenever it was cut off.
 * Arguments: the addresses of controller and line. Requests: {@code modbus REGISTER VALUE} and {@code opcua NODE VALUE} write
 * a set point, {@code ping ADDRESS}.
 */
public final class PanelMain {
    private static final Duration MODBUS_POLL = Duration.ofMillis(250), OPCUA_POLL = Duration.ofMillis(500);
    private static final int PING_MILLIS = 1000;

    private PanelMain() {}

    /** A connection that is polled. */
    interface Polled {
        /** Connects where that is needed, and reads. */
        void poll() throws Exception;
    }

    public static void main(String... arguments) throws IOException {
        ModbusPanel modbus = new ModbusPanel(arguments[0]);
        OpcUaPanel opcua = new OpcUaPanel(arguments[1]);
        poll(modbus, MODBUS_POLL);
        poll(opcua, OPCUA_POLL);
        Requests.serve(words -> switch (words[0]) {
            case "modbus" -> modbus.write(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "opcua" -> opcua.write(words[1], Double.parseDouble(words[2]));
            case "ping" -> InetAddress.getByName(words[1]).isReachable(PING_MILLIS) ? "answered" : "no answer";
            default -> throw new IllegalArgumentException(words[0]);
        });
    }

    private static void poll(Polled connection, Duration every) {
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    connection.poll();
                } catch (Exception e) {
                    // Cut off, or not there yet: the next poll connects.
                }
                sleep(every);
            }
        });
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
