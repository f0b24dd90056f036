/**
 * Modbus/TCP (and the same frames in UDP), as in MODBUS Application Protocol V1.1b3 and Messaging on TCP/IP V1.0b.
 *
 * <p>Read in this order: {@link io.sluice.dissect.modbus.ModbusView} (where the bytes are),
 * {@link io.sluice.dissect.modbus.ModbusRequestShape} and {@link io.sluice.dissect.modbus.ModbusAnswerShape} (what is
 * well formed), {@link io.sluice.dissect.modbus.ModbusMeaning} (what a request asks for),
 * {@link io.sluice.dissect.modbus.ModbusSession} (which request an answer belongs to),
 * {@link io.sluice.dissect.modbus.ModbusDissector} (all of it together),
 * {@link io.sluice.dissect.modbus.ModbusReply} (the refusal) and {@link io.sluice.dissect.modbus.ModbusVocabulary} (the
 * words of a policy).
 *
 * <p>Traps of the protocol:
 * <ul>
 * <li>A frame states its size two to four times (MBAP length, byte count, quantity, group lengths). They must agree
 * exactly: a device that trusts another one than the firewall does acts on bytes that nobody judged.
 * <li>Functions 22 and 23 write, although their names begin with "mask" and "read". The answer to 23 looks like the
 * answer to 3: judge the request.
 * <li>8/4 silences a device and is never answered; 8/1, 8/10 and 8/20 change state too.
 * <li>20 and 21 carry several groups, each with its own file: every one is a span of its own.
 * <li>24 counts its bytes in 16 bits, all others in 8.
 * <li>90 (UMAS) outgrows the standard's 254 bytes, and its third byte tells start, stop and program.
 * <li>Real masters send every request with transaction 0, and repeat it while the first is unanswered.
 * </ul>
 */
@NullMarked
package io.sluice.dissect.modbus;

import org.jspecify.annotations.NullMarked;
