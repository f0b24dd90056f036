package io.sluice.load;

import io.sluice.load.rig.Chain;
import io.sluice.load.rig.RigException;
import java.util.ArrayList;
import java.util.List;

/** Lets devices take turns, so that what the machine does beside hits all of them alike: A B A B …, warmed up before. */
final class Turns {
    /** Measures a chain once. */
    interface Round<T> {
        T measure(Chain chain) throws RigException;
    }

    /** Rounds that do not count. A firewall compiles its packet path within a few million frames. */
    private static final int WARM_UPS = 2;

    private final BenchOptions options;
    private final boolean alone;

    /** @param alone a device that does not sleep has no processor while others are measured */
    Turns(BenchOptions options, boolean alone) {
        this.options = options;
        this.alone = alone;
    }

    /** The results of each chain, in the order of the chains. */
    <T> List<List<T>> take(List<Chain> chains, Round<T> round) throws RigException {
        List<List<T>> results = new ArrayList<>();
        for (Chain chain : chains) {
            results.add(new ArrayList<>());
            rest(chain);
        }
        for (int i = 0; i < WARM_UPS + options.rounds(); i++) {
            for (int c = 0; c < chains.size(); c++) {
                wake(chains.get(c));
                T result = round.measure(chains.get(c));
                rest(chains.get(c));
                if (i >= WARM_UPS) {
                    results.get(c).add(result);
                }
            }
        }
        for (Chain chain : chains) {
            wake(chain);
        }
        return results;
    }

    private void rest(Chain chain) throws RigException {
        if (alone) {
            chain.pause();
        }
    }

    private void wake(Chain chain) throws RigException {
        if (alone) {
            chain.resume();
        }
    }
}
