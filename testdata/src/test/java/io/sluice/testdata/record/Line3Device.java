package io.sluice.testdata.record;

import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.net.InetAddress;

/** The slave `plc-3a`, by j2mod: unit 1 with 256 registers of both kinds and 256 bits of both kinds. Runs until it is killed. */
public final class Line3Device {
    private static final int SIZE = 256, THREADS = 5;

    private Line3Device() {}

    /** Arguments: address, port. */
    public static void main(String[] arguments) throws Exception {
        SimpleProcessImage image = new SimpleProcessImage(1);
        for (int i = 0; i < SIZE; i++) {
            image.addRegister(new SimpleRegister(1000 + i));
            image.addInputRegister(new SimpleInputRegister(i));
            image.addDigitalOut(new SimpleDigitalOut(i % 2 == 0));
            image.addDigitalIn(new SimpleDigitalIn(i % 3 == 0));
        }
        ModbusSlave slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getByName(arguments[0]),
                Integer.parseInt(arguments[1]), THREADS, false);
        slave.addProcessImage(1, image);
        slave.open();
        Thread.currentThread().join();
    }
}
