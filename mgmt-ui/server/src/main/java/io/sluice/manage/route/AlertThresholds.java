package io.sluice.manage.route;

import io.sluice.manage.alerts.AlertSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** From when on something is unusual, as the settings file has it. */
final class AlertThresholds {
    private AlertThresholds() {}

    /**
     * One of them.
     *
     * @param standard nobody has set it otherwise
     */
    record Threshold(String key, String value, boolean standard) {}

    static List<Threshold> of(AlertSettings all) {
        List<Threshold> list = new ArrayList<>();
        add(list, "learning", all, a -> text(a.learning()));
        add(list, "settling", all, a -> text(a.settling()));
        add(list, "scan_window", all, a -> text(a.scanWindow()));
        add(list, "scan_targets", all, a -> "" + a.scanTargets());
        add(list, "slow_scan_window", all, a -> text(a.slowScanWindow()));
        add(list, "slow_scan_targets", all, a -> "" + a.slowScanTargets());
        add(list, "denial_window", all, a -> text(a.denialWindow()));
        add(list, "denials", all, a -> "" + a.denials());
        add(list, "denied_changes", all, a -> "" + a.deniedChanges());
        add(list, "writes_to_learn", all, a -> "" + a.writesToLearn());
        add(list, "range_margin", all, a -> "" + a.rangeMarginPercent());
        add(list, "rate_bucket", all, a -> text(a.rateBucket()));
        add(list, "rate_buckets", all, a -> "" + a.rateBuckets());
        add(list, "rate_factor", all, a -> "" + a.rateFactor());
        add(list, "rate_least", all, a -> "" + a.rateLeast());
        add(list, "quiet", all, a -> text(a.quiet()));
        return list;
    }

    private static void add(List<Threshold> list, String key, AlertSettings all, Function<AlertSettings, String> of) {
        String value = of.apply(all);
        list.add(new Threshold(key, value, value.equals(of.apply(AlertSettings.DEFAULT))));
    }

    /** As in the settings file, in the greatest unit that fits. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 86_400 == 0
                ? seconds / 86_400 + "d"
                : seconds % 3_600 == 0
                        ? seconds / 3_600 + "h"
                        : seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
    }
}
