package io.sluice.manage.assets;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransaction;
import com.ghgande.j2mod.modbus.msg.ReadMEIRequest;
import com.ghgande.j2mod.modbus.msg.ReadMEIResponse;
import com.ghgande.j2mod.modbus.net.TCPMasterConnection;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Read Device Identification, function 43/14, of a device: MODBUS Application Protocol V1.1b3 §6.21. */
final class ModbusQuestion {
    /** What the standard names, from object 0. */
    private static final String[] NAMES = {"vendor_name", "product_code", "revision", "vendor_url", "product_name",
            "model_name", "user_application_name"};
    private static final int BASIC = 1;
    private static final int REGULAR = 2;
    /** A device that is no gateway answers as 255; some want 1 (Messaging on TCP/IP V1.0b §4.4.2.1). */
    private static final int[] UNITS = {255, 1};

    private ModbusQuestion() {}

    static Identification ask(String address, int port, Duration timeout) throws IdentificationException {
        TCPMasterConnection connection = connect(address, port, timeout);
        try {
            Map<String, String> said = new LinkedHashMap<>();
            String trouble = "";
            for (int unit : UNITS) {
                try {
                    said.putAll(ask(connection, unit, BASIC));
                    said.putAll(regular(connection, unit));
                    return new Identification(Identification.How.MODBUS, Instant.now(), said);
                } catch (ModbusSlaveException e) {
                    trouble = "it answers with exception " + e.getType();
                } catch (ModbusException e) {
                    trouble = "it does not answer";
                }
                if (!connection.isConnected()) {
                    break;
                }
            }
            throw new IdentificationException(address + " says nothing about itself: " + trouble
                    + "; either it does not have function 43/14, or the firewall does not let this server ask for it");
        } finally {
            connection.close();
        }
    }

    private static TCPMasterConnection connect(String address, int port, Duration timeout)
            throws IdentificationException {
        try {
            TCPMasterConnection connection = new TCPMasterConnection(InetAddress.getByName(address));
            connection.setPort(port);
            connection.setTimeout((int) timeout.toMillis());
            connection.connect();
            return connection;
        } catch (Exception e) { // j2mod declares no more
            throw new IdentificationException("there is no connection to " + address + " port " + port + ": "
                    + e.getMessage() + "; is the device on, and does a conduit lead from this server to it?");
        }
    }

    /** Many devices have only the basic objects; that they do not have more is no trouble. */
    private static Map<String, String> regular(TCPMasterConnection connection, int unit) {
        try {
            return ask(connection, unit, REGULAR);
        } catch (ModbusException e) {
            return Map.of();
        }
    }

    private static Map<String, String> ask(TCPMasterConnection connection, int unit, int level) throws ModbusException {
        ReadMEIRequest request = new ReadMEIRequest(level, level == BASIC ? 0 : 3);
        request.setUnitID(unit);
        ModbusTCPTransaction transaction = new ModbusTCPTransaction(connection);
        transaction.setRetries(0);
        transaction.setRequest(request);
        transaction.execute();
        Map<String, String> said = new LinkedHashMap<>();
        if (transaction.getResponse() instanceof ReadMEIResponse response) {
            for (int i = 0; i < response.getFieldCount(); i++) {
                int id = response.getFieldId(i);
                said.put(id >= 0 && id < NAMES.length ? NAMES[id] : "object_" + id,
                        response.getField(i).replaceAll("[^ -~]", "?").strip());
            }
        }
        return said;
    }
}
