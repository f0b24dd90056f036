package io.sluice.dissect.opcua;

import io.sluice.dissect.Names;
import io.sluice.dissect.Renumbering;
import java.util.Arrays;

/** The nodes of a request, in its order, until its response says under which names they are to be known. */
final class OpcUaPending {
    int requestId;
    int subscription;
    long token;
    int count;
    /** The policy names one of them, or may: otherwise there is nothing to follow. */
    boolean matters;
    int[] nodes = new int[16];
    int[] attributes = new int[16];

    void clear() {
        count = 0;
        subscription = 0;
        matters = false;
    }

    void add(int node, int attribute) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * count);
            attributes = Arrays.copyOf(attributes, 2 * count);
        }
        nodes[count] = node;
        attributes[count++] = attribute;
        matters |= node != Names.UNKNOWN
                || (attribute != OpcUaMeaning.NO_ATTRIBUTE && attribute != OpcUaMeaning.VALUE_ATTRIBUTE);
    }

    /** The numbers of nodes change. That its response must be read stays so. */
    void renumber(Renumbering change) {
        for (int i = 0; i < count; i++) {
            nodes[i] = change.node(nodes[i]);
        }
    }

    void copy(OpcUaPending other, int id) {
        requestId = id;
        subscription = other.subscription;
        token = other.token;
        count = other.count;
        matters = other.matters;
        if (nodes.length < count) {
            nodes = new int[other.nodes.length];
            attributes = new int[other.nodes.length];
        }
        System.arraycopy(other.nodes, 0, nodes, 0, count);
        System.arraycopy(other.attributes, 0, attributes, 0, count);
    }
}
