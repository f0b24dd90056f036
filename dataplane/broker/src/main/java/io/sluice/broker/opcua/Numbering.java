package io.sluice.broker.opcua;

/**
 * Sequence numbers of the chunks that go to the client, OPC 10000-6 §6.7.2.4: as the device gave them, until a message has
 * gone on in more or fewer chunks than it came in. A device that breaks the sequence breaks it for the client as well.
 */
final class Numbering {
    /** The last that the device gave, and what the client got in its place. */
    private int last;
    private int given;

    /** The next chunk goes on as a chunk. */
    int next(int number) {
        // A device begins anew with a small number after some four thousand million chunks: then the client sees that as it is.
        boolean anew = last == given || Integer.compareUnsigned(number, last) < 0;
        given = anew ? number : given + (number - last);
        last = number;
        return given;
    }

    /** A message of so many chunks, the first with this number, goes on as so many; answers the number of the first. */
    int message(int first, int came, int goes) {
        int number = next(first);
        last = first + came - 1;
        given = number + goes - 1;
        return number;
    }
}
