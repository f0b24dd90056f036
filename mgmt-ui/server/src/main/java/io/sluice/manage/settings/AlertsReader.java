package io.sluice.manage.settings;

import io.sluice.manage.alerts.AlertSettings;
import io.sluice.rules.policy.Problems;
import io.sluice.rules.policy.Section;
import io.sluice.rules.policy.Values;
import java.time.Duration;

/** Reads {@code alerts:}, from when on something is unusual. What bounds memory is no setting. */
final class AlertsReader {
    private static final int MOST = 1_000_000;
    private static final int WIDEST_MARGIN = 1_000;

    private final Values values;
    private final Problems problems;

    AlertsReader(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    AlertSettings read(Section s) {
        AlertSettings d = AlertSettings.DEFAULT;
        AlertSettings read = new AlertSettings(time(s, "learning", d.learning()), time(s, "settling", d.settling()),
                time(s, "scan_window", d.scanWindow()), number(s, "scan_targets", 2, d.scanTargets()),
                time(s, "slow_scan_window", d.slowScanWindow()), number(s, "slow_scan_targets", 2, d.slowScanTargets()),
                time(s, "denial_window", d.denialWindow()), number(s, "denials", 1, d.denials()),
                number(s, "denied_changes", 1, d.deniedChanges()), number(s, "writes_to_learn", 1, d.writesToLearn()),
                margin(s, d.rangeMarginPercent()), time(s, "rate_bucket", d.rateBucket()),
                number(s, "rate_buckets", 2, d.rateBuckets()), number(s, "rate_factor", 2, d.rateFactor()),
                number(s, "rate_least", 1, d.rateLeast()), time(s, "quiet", d.quiet()), d.alerts(), d.sources(),
                d.ranges());
        if (read.slowScanWindow().compareTo(read.scanWindow()) < 0) {
            s.find("slow_scan_window").or(() -> s.find("scan_window")).ifPresent(v -> problems.error(v.position(),
                    "`slow_scan_window` is shorter than `scan_window`; it is for those who take their time"));
        }
        return read;
    }

    private Duration time(Section s, String key, Duration standard) {
        return s.find(key).flatMap(v -> values.parsed(v, key, ManageAmounts::time)).orElse(standard);
    }

    private int number(Section s, String key, int least, int standard) {
        return s.find(key).flatMap(v -> values.number(v, key, least, MOST)).orElse(standard);
    }

    private int margin(Section s, int standard) {
        return s.find("range_margin").flatMap(v -> values.number(v, "range_margin", 0, WIDEST_MARGIN)).orElse(standard);
    }
}
