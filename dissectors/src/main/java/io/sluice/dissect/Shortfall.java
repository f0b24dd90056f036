package io.sluice.dissect;

/** How near a refused request came to being allowed: what was still missing. Numbers, since the packet path uses them. */
public final class Shortfall {
    /** Nothing was missing. */
    public static final int NONE = 0;
    /** No rule permits the operation at all on this unit or space. */
    public static final int OPERATION = 1;
    /** The operation is permitted, but not on this item. */
    public static final int ITEM = 2;
    /** The operation on this item is permitted, but not with this value. */
    public static final int VALUE = 3;
    /** A rule would permit it, but its window is closed. */
    public static final int WINDOW = 4;
    /** A rule would permit it, but its rate is used up. */
    public static final int RATE = 5;
    /** A deny was touched. */
    public static final int DENIED = 6;
    /** The connection lacks a trait that the conduit demands. */
    public static final int TRAIT = 7;

    private static final String[] WORDS = {"none", "operation", "item", "value", "window", "rate", "denied", "channel"};

    private Shortfall() {}

    public static String word(int shortfall) {
        return WORDS[shortfall];
    }
}
