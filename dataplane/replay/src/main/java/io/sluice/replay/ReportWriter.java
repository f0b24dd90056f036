package io.sluice.replay;

import java.io.PrintStream;

/** Writes a {@link Report}. The same report gives the same bytes, whatever the machine's language and time zone. */
public final class ReportWriter {
    /** For whom. */
    public enum Form {
        /** A terminal, at most 110 columns wide. */
        TEXT,
        /** Programs: every row, numbers as plain digits. */
        JSON,
        /** A browser or paper: one file that needs no other. */
        HTML
    }

    private ReportWriter() {}

    /** Writes as text only what a report says of changes, and its last line. */
    public static void writeChanges(Report report, PrintStream out) {
        new ReportText(report, out).writeChanges();
        out.flush();
    }

    /** Writes the whole report and flushes; the stream stays open. HTML and JSON are UTF-8 whatever the stream's charset. */
    public static void write(Report report, Form form, PrintStream out) {
        write(report, form, ReportLanguage.EN, out);
    }

    /** The same, the page in another language. Text and JSON, which scripts read, are in English. */
    public static void write(Report report, Form form, ReportLanguage language, PrintStream out) {
        switch (form) {
            case TEXT -> new ReportText(report, out).write();
            case JSON -> new ReportJson(report).write(out);
            case HTML -> new ReportHtml(report, language).write(out);
        }
        out.flush();
    }
}
