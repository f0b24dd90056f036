package io.sluice.replay;

import java.io.OutputStream;

/** Placeholder for the page. */
final class ReportHtml {
    private final Report report;

    ReportHtml(Report report) {
        this.report = report;
    }

    void write(OutputStream out) {
        new ReportText(report, new java.io.PrintStream(out)).write();
    }
}
