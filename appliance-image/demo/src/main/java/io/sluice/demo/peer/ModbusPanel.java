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
        master.setRetries(0);
    }

    @Override
    public synchronized void poll() throws Exception {
        ask(() -> master.readMultipleRegisters(UNIT, FIRST, COUNT));
    }

    /** Writes a register, and says what came of it. */
    synchronized String write(int register, int value) throws Exception {
        long start = System.nanoTime();
        try {
            ask(() -> master.writeSingleRegister(UNIT, register, new SimpleRegister(value)));
            return "written";
        } catch (ModbusSlaveException e) {
            return "exception " + e.getType();
        } catch (ModbusIOException e) {
            boolean waited = System.nanoTime() - start >= PATIENCE_MILLIS * 1_000_000L;
            return waited ? "no answer" : "connection lost (" + e.getMessage() + ")";
        }
    }

    private interface Request {
        void send() throws ModbusException;
    }

    private void ask(Request request) throws Exception {
        if (!master.isConnected()) {
            master.connect();
        }
        try {
            request.send();
        } catch (ModbusIOException e) {
            master.disconnect();
            throw e;
        }
    }
}
