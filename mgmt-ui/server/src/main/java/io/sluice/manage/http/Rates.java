package io.sluice.manage.http;

import io.sluice.manage.Refused;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one address may ask: a bucket that fills up by the second. The addresses seen last are remembered. */
final class Rates {
    private static final int MOST_ADDRESSES = 8_192;

    private final int burst;
    private final double perMilli;
    private final InstantSource clock;
    private final Map<String, double[]> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    Rates(int burst, double perSecond, InstantSource clock) {
        this.burst = burst;
        this.perMilli = perSecond / 1_000;
        this.clock = clock;
    }

    synchronized void take(String address) throws Refused {
        long now = clock.millis();
        double[] bucket = buckets.computeIfAbsent(address, _ -> new double[]{burst, now});
        bucket[0] = Math.min(burst, bucket[0] + (now - bucket[1]) * perMilli);
        bucket[1] = now;
        if (bucket[0] < 1) {
            throw Refused.later("too-many-requests", "this address asks too often; try again in a moment",
                    (long) ((1 - bucket[0]) / perMilli));
        }
        bucket[0] -= 1;
    }
}
