package io.sluice.load.rig;

/** Who works where: the load on the first processor, what is measured on the others. */
public final class Processors {
    private static final int COUNT = Runtime.getRuntime().availableProcessors();

    private Processors() {}

    /** Of generator, clients and servers. */
    public static String ofLoad() {
        return "0";
    }

    /** Of what stands between them. */
    public static String ofDevice() {
        return COUNT == 1 ? "0" : COUNT == 2 ? "1" : "1-" + (COUNT - 1);
    }
}
