package io.sluice.dissect.opcua;

import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Demand;
import io.sluice.dissect.Vocabulary.Naming;
import io.sluice.dissect.Vocabulary.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a conduit may demand of a secure channel, and which demands contradict one another or the rules. */
final class OpcUaTraits {
    private static final String SECURITY = "min_security";
    private static final String MODE = "mode";
    private static final String USER = "user";
    private static final String CLIENT_CERTIFICATE = "client_certificate";
    private static final String SERVER_CERTIFICATE = "server_certificate";

    static final List<Trait> TRAITS = List.of(
            trait(OpcUaMeaning.SECURITY, SECURITY, Demand.AT_LEAST, OpcUaSecurity.words(), false,
                    "the weakest security policy that is accepted"),
            trait(OpcUaMeaning.MODE, MODE, Demand.ONE_OF,
                    words(OpcUaMeaning.MODE_NONE, "none", "sign", "sign_and_encrypt"), false,
                    "the security modes that are accepted"),
            trait(OpcUaMeaning.USER, USER, Demand.ONE_OF,
                    words(OpcUaMeaning.ANONYMOUS, "anonymous", "username", "x509", "issued"), true,
                    "how the user of a session may prove who it is"),
            named(OpcUaMeaning.CLIENT_CERTIFICATE, CLIENT_CERTIFICATE, Demand.PINNED_CLIENT, OpcUaNaming::certificate,
                    "pinned: the certificate of the asset that asks"),
            named(OpcUaMeaning.SERVER_CERTIFICATE, SERVER_CERTIFICATE, Demand.PINNED_SERVER, OpcUaNaming::certificate,
                    "pinned: the certificate of the asset that answers"),
            named(OpcUaMeaning.ENDPOINT, "endpoint", Demand.ONE_OF_NAMES, OpcUaNaming::url,
                    "the URLs by which a client may address the server"));

    private OpcUaTraits() {}

    private static Trait trait(int number, String key, Demand how, Map<String, Integer> words, boolean late,
            String help) {
        return new Trait(number, key, how, words, Optional.empty(), late, help);
    }

    private static Trait named(int number, String key, Demand how, Naming naming, String help) {
        return new Trait(number, key, how, Map.of(), Optional.of(naming), false, help);
    }

    /** Words for numbers that follow one another. */
    private static Map<String, Integer> words(int first, String... names) {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (String name : names) {
            words.put(name, first + words.size());
        }
        return words;
    }

    /** Whether some channel without security meets the demands. */
    static boolean mayBeUnprotected(Map<String, Set<Integer>> demands) {
        Set<Integer> modes = demands.getOrDefault(MODE, Set.of(OpcUaMeaning.MODE_NONE));
        Set<Integer> ranks = demands.getOrDefault(SECURITY, Set.of(OpcUaSecurity.RANK_NONE));
        return modes.contains(OpcUaMeaning.MODE_NONE) && ranks.contains(OpcUaSecurity.RANK_NONE);
    }

    /** See {@link io.sluice.dissect.Vocabulary#objection(List, Map)}. */
    static Optional<String> objection(List<Act> acts, Map<String, Set<Integer>> demands) {
        if (acts.isEmpty()) {
            return contradiction(demands);
        }
        boolean encrypted = acts.stream().anyMatch(a -> a.operation().number() == OpcUaMeaning.ENCRYPTED);
        boolean readable = acts.stream().anyMatch(a -> a.operation().number() != OpcUaMeaning.ENCRYPTED);
        Set<Integer> modes = demands.getOrDefault(MODE, Set.of());
        boolean hides = modes.contains(OpcUaMeaning.MODE_SIGN_AND_ENCRYPT);
        if (encrypted && readable) {
            return Optional.of("speaks of `encrypted` and of what messages ask: a client would only have to encrypt"
                    + " to escape the other rules; keep `encrypted` alone, or leave it out");
        }
        if (readable && hides) {
            return Optional.of("needs to read what a message asks, but channel mode `sign_and_encrypt` hides it; use"
                    + " `sign`, or allow `encrypted` and let the channel decide");
        }
        if (encrypted && !modes.isEmpty() && !hides) {
            return Optional.of("can never apply: no channel mode that is accepted encrypts; add `sign_and_encrypt` to"
                    + " `mode`, or name what messages may ask");
        }
        if (encrypted && demands.containsKey(USER)) {
            return Optional
                    .of("can never apply: who logs in is hidden with everything else, and `user` demands to know;"
                            + " leave `user` out and pin the client's certificate");
        }
        return Optional.empty();
    }

    private static Optional<String> contradiction(Map<String, Set<Integer>> demands) {
        Set<Integer> modes = demands.getOrDefault(MODE, Set.of());
        Set<Integer> ranks = demands.getOrDefault(SECURITY, Set.of(OpcUaSecurity.RANK_NONE));
        if (modes.equals(Set.of(OpcUaMeaning.MODE_NONE)) && !ranks.contains(OpcUaSecurity.RANK_NONE)) {
            return Optional.of("accepts no channel: mode `none` has no security, and `min_security` demands some; use"
                    + " mode `sign`, or leave `min_security` out");
        }
        boolean pins = demands.containsKey(CLIENT_CERTIFICATE) || demands.containsKey(SERVER_CERTIFICATE);
        if (pins && (modes.contains(OpcUaMeaning.MODE_NONE) || mayBeUnprotected(demands))) {
            return Optional.of("pins a certificate, but accepts channels without security, which prove none; state"
                    + " `mode: [sign]`");
        }
        return Optional.empty();
    }
}
