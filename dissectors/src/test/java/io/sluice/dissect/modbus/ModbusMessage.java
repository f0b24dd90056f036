package io.sluice.dissect.modbus;

import java.util.HexFormat;

/**
 * A request, what it asks for in the words of a policy, and a right answer to it.
 *
 * @param answer hexadecimal, empty for a request that is never answered
 */
record ModbusMessage(int function, String words, String request, String answer) {
    byte[] requestBytes() {
        return HexFormat.of().parseHex(request);
    }

    byte[] answerBytes() {
        return HexFormat.of().parseHex(answer);
    }
}
