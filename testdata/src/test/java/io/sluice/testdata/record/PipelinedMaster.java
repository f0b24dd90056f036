package io.sluice.testdata.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;

/** The master of the recording `pipelined`: several requests in a segment, and one request in several segments. */
public final class PipelinedMaster {
    private static final String READ = "03 0000 000a", READ_INPUT = "04 0000 0014", SET = "06 0064 02ee";
    private static final String TOO_HIGH = "06 006e 05dd", SAFETY_LIMIT = "06 0076 0000";

    private final RawMaster master;

    private PipelinedMaster(RawMaster master) {
        this.master = master;
    }

    /** Argument: the address of the slave. */
    public static void main(String[] arguments) throws Exception {
        try (RawMaster master = new RawMaster(arguments[0])) {
            PipelinedMaster play = new PipelinedMaster(master);
            play.together();
            play.split();
            play.astride();
        }
    }

    /** Two, three and twenty requests in one segment; permitted and refused ones mixed. */
    private void together() throws IOException, InterruptedException {
        batch(READ, READ_INPUT);
        batch(READ, SET, READ_INPUT);
        batch(READ, TOO_HIGH, READ);
        batch(SAFETY_LIMIT, READ);
        batch(READ, SAFETY_LIMIT);
        batch(IntStream.range(0, 20).mapToObj(i -> "03 00%02x 0001".formatted(i)).toArray(String[]::new));
    }

    /** One request cut at every place, then byte by byte; the longest request cut twice. */
    private void split() throws IOException, InterruptedException {
        for (int cut = 1; cut < 12; cut++) {
            cut(request(SET), 1, cut);
        }
        cut(request(TOO_HIGH), 1, 8);
        cut(request(TOO_HIGH), 1, 11);
        cut(request(READ), 1, IntStream.range(1, 12).toArray());
        cut(request(SAFETY_LIMIT), 1, IntStream.range(1, 12).toArray());
        cut(request(longestWrite(100)), 1, 100, 200);
        cut(request(longestWrite(1500)), 1, 13);
    }

    /** Segments that end inside one request and begin the next. */
    private void astride() throws IOException, InterruptedException {
        cut(concatenate(request(READ), request(SET)), 2, 7);
        cut(concatenate(request(READ), request(SET)), 2, 18);
        cut(concatenate(request(SET), request(TOO_HIGH), request(READ)), 3, 20, 30);
        cut(concatenate(request(READ), request(SAFETY_LIMIT), request(READ)), 3, 23);
    }

    /** 123 registers from 0, the most that one request can write: Modbus Application Protocol V1.1b3 §6.12. */
    private static String longestWrite(int value) {
        return "10 0000 007b f6" + "%04x".formatted(value).repeat(123);
    }

    private byte[] request(String pdu) {
        return master.message(1, pdu);
    }

    private void batch(String... pdus) throws IOException, InterruptedException {
        byte[][] messages = new byte[pdus.length][];
        for (int i = 0; i < pdus.length; i++) {
            messages[i] = request(pdus[i]);
        }
        master.send(messages);
        master.answers(pdus.length);
        Thread.sleep(100);
    }

    private void cut(byte[] bytes, int answers, int... cuts) throws IOException, InterruptedException {
        master.sendCut(bytes, cuts);
        master.answers(answers);
        Thread.sleep(100);
    }

    private static byte[] concatenate(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }
}
