package io.sluice.manage.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Codes for the day the phone is lost: ten, of 80 random bits each, so that a plain hash keeps them. */
final class RecoveryCodes {
    private static final int COUNT = 10;
    private static final int BYTES = 10;
    private static final int GROUP = 4;

    private RecoveryCodes() {}

    /** In groups of four, such as {@code k3vd-q2mz-h7na-w5xe}. */
    static List<String> make() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String letters = Base32.encode(Secrets.bytes(BYTES)).toLowerCase(Locale.ROOT);
            codes.add(letters.replaceAll("(.{" + GROUP + "})(?!$)", "$1-"));
        }
        return codes;
    }

    /** However it was typed. */
    static String hash(String account, String code) {
        return Secrets.hash("recovery " + account + " " + code.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", ""));
    }
}
