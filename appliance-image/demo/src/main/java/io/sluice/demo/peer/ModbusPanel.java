package io.sluice.demo.peer;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;

/** The panel's connection to the controller, by j2mod. */
final class ModbusPanel implements PanelMain.Polled {
    private static final int PORT = 502, UNIT = 1, FIRST = 100, COUNT = 10, PATIENCE_MILLIS = 2000;

    private final ModbusTCPMaster master;

    ModbusPanel(String address) {
        master = new ModbusTCPMaster(address, PORT, PATIENCE_MILLIS, false);
    }

    @Override
    public synchronized void poll() throws Exception {
        ask(() -> master.readMultipleRegisters(UNIT, FIRST, COUNT));
    }

    /** Writes a register, and says what came of it. */
    synchronized String write(int register, int value) throws Exception {
        try {
            ask(() -> master.writeSingleRegister(UNIT, register, new SimpleRegister(value)));
            return "written";
        } catch (ModbusSlaveException e) {
            return "exception " + e.getType();
        } catch (ModbusIOException e) {
            // j2mod tells what happened to the socket, but only in the words of its message.
            String message = String.valueOf(e.getMessage());
            return message.contains("reset")
                    ? "connection reset"
                    : message.contains("timed out")
                            ? "no answer"
                            : "connection lost";
        }
    }

    private interface Request {
        void send() throws ModbusException;
    }

    private void ask(Request request) throws Exception {
        if (!master.isConnected()) {
            master.connect();
            master.setRetries(1); // one attempt; 0 would be five
        }
        try {
            request.send();
        } catch (ModbusIOException e) {
            master.disconnect();
            throw e;
        }
    }
}
