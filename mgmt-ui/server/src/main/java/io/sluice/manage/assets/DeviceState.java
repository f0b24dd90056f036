package io.sluice.manage.assets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** What is remembered of one address. Mutable, and kept in files by its fields. */
final class DeviceState {
    String address = "";
    /** What the policy called its place when it was seen last: an asset or a zone. */
    String place = "";
    long first = Long.MAX_VALUE;
    long last = -1;
    TreeSet<String> macs = new TreeSet<>();
    TreeSet<String> protocols = new TreeSet<>();
    boolean client;
    boolean server;
    /** What it said that it is, or what it answered when asked: by the name of the field. */
    Map<String, String> said = new LinkedHashMap<>();
    Identification.How how = Identification.How.PASSIVE;
    long saidAt = -1;
    long macsLeftOut;

    void seen(long micros) {
        first = Math.min(first, micros);
        last = Math.max(last, micros);
    }

    /** True for an address that it had not, while it had another. */
    boolean mac(String mac, int most) {
        if (mac.isEmpty() || macs.contains(mac)) {
            return false;
        }
        if (macs.size() == most) {
            macsLeftOut++;
            return false;
        }
        return macs.add(mac) && macs.size() > 1;
    }
}
