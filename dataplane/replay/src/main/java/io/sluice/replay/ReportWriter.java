package io.sluice.replay;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
            case HTML -> page(new ReportHtml(report, Optional.empty(), language).page(), out);
        }
        out.flush();
    }

    /**
     * Writes a page about a policy that was learnt: what was seen, what is proposed and why, and what is in no rule.
     *
     * @param report what the policy makes of the captures that it was learnt from; empty where they cannot be read again
     */
    public static void writeProposal(Proposed proposed, Optional<Report> report, ReportLanguage language,
            PrintStream out) {
        page(report.isPresent()
                ? new ReportHtml(report.get(), Optional.of(proposed), language).page()
                : new ProposalPage(proposed, language).page(), out);
        out.flush();
    }

    private static void page(String page, PrintStream out) {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }
}
