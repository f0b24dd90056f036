package io.sluice.cli;

import io.sluice.control.v1.FlowCounts;
import io.sluice.control.v1.JournalStatus;
import io.sluice.control.v1.MemoryStatus;
import io.sluice.control.v1.PolicyInfo;
import io.sluice.control.v1.PortStatus;
import io.sluice.control.v1.StatusResponse;
import io.sluice.control.v1.VerdictCount;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** How Sluice stands, for somebody who wants to know at a glance whether something is wrong. */
final class StatusText {
    private static final int HASH_SHOWN = 12;

    private final StatusResponse status;
    private final PrintStream out;

    StatusText(StatusResponse status, PrintStream out) {
        this.status = status;
        this.out = out;
    }

    void print() {
        out.println("Sluice " + status.getVersion() + " runs since " + Amount.time(status.getStartedNanos()) + " ("
                + Amount.duration(status.getNowNanos() - status.getStartedNanos()) + "), process "
                + status.getProcessId() + (status.getDraining() ? "; IT IS STOPPING and accepts nothing new" : ""));
        alarms();
        policies();
        line("clock", (status.getClock().getTrusted() ? "trusted: " : "NOT TRUSTED: ") + status.getClock().getNote());
        line("pipeline", status.getPipeline());
        ports();
        flows();
        verdicts();
        drops();
        journal();
        memory();
        line("control", Counted.of(status.getControl().getRefusedPeers(), "refused connection") + ", "
                + Counted.of(status.getControl().getEventSubscribers(), "event stream") + ", "
                + Counted.of(status.getOpenGrants(), "open grant"));
    }

    private void line(String what, String text) {
        out.println(String.format(Locale.ROOT, "%-9s ", what) + text);
    }

    private void alarms() {
        if (status.getAlarmsCount() > 0) {
            out.println();
            out.println("NEEDS ATTENTION");
            status.getAlarmsList().forEach(alarm -> out.println("  - " + alarm));
            out.println();
        }
    }

    private void policies() {
        if (status.hasPending()) {
            line("policy", policy(status.getPending()) + ", on trial since " + since(status.getPending()) + ", "
                    + (long) Math.ceil(status.getPending().getConfirmWithinSeconds()) + " s left to confirm");
            line("", "then back to " + policy(status.getActive()));
        } else {
            line("policy", policy(status.getActive()) + ", active since " + since(status.getActive()));
        }
    }

    private static String policy(PolicyInfo policy) {
        return "`" + policy.getName() + "` " + policy.getHash().substring(0, HASH_SHOWN) + ", " + policy.getMode();
    }

    private static String since(PolicyInfo policy) {
        return Amount.time(policy.getSinceNanos()) + " by " + policy.getWho();
    }

    private void ports() {
        out.println("ports");
        Columns table = new Columns("port", "interface", "link", "by", "received>", ">", "sent>", ">", "lost>");
        for (PortStatus port : status.getPortsList()) {
            table.row(port.getName() + (port.getMirror() ? " (mirror)" : ""), port.getInterface(), link(port),
                    port.getBackend(), Amount.number(port.getReceived()), Amount.bytes(port.getReceivedBytes()),
                    Amount.number(port.getSent()), Amount.bytes(port.getSentBytes()),
                    Amount.number(port.getRingFull() + port.getTruncated() + port.getNotSent()));
            table.note("by " + port.getBackend() + ": " + port.getWhy());
            lost(port, table);
        }
        table.print(out);
    }

    private static String link(PortStatus port) {
        return switch (port.getLink()) {
            case UP -> "up";
            case DOWN -> "DOWN";
            case MISSING -> "MISSING";
            case LINK_UNSPECIFIED, UNRECOGNIZED -> "?";
        };
    }

    private static void lost(PortStatus port, Columns table) {
        if (port.getRingFull() > 0) {
            table.note(Amount.number(port.getRingFull()) + " frames came faster than they could be judged");
        }
        if (port.getTruncated() > 0) {
            table.note(Amount.number(port.getTruncated()) + " frames were longer than the port takes");
        }
        if (port.getNotSent() > 0) {
            table.note(Amount.number(port.getNotSent()) + " frames could not be sent");
        }
    }

    private void flows() {
        FlowCounts flows = status.getFlows();
        line("flows", Amount.number(flows.getLive()) + " of " + Amount.number(flows.getLimit()) + "; since the start "
                + Amount.number(flows.getOpened()) + " opened, " + Amount.number(flows.getEnded()) + " ended, "
                + Amount.number(flows.getReset()) + " reset by Sluice, " + Amount.number(flows.getRefused())
                + " without room");
    }

    private void verdicts() {
        List<VerdictCount> verdicts = status.getVerdictsList();
        out.println(verdicts.isEmpty() ? "verdicts  none yet" : "verdicts  since the start");
        Columns table = new Columns("conduit", "verdict", "messages>");
        for (VerdictCount verdict : verdicts) {
            table.row(verdict.getConduit().equals("-") ? "(no conduit)" : verdict.getConduit(), verdict(verdict),
                    Amount.number(verdict.getMessages()));
        }
        table.print(out);
    }

    private static String verdict(VerdictCount verdict) {
        if (verdict.getAllowed()) {
            return "allowed";
        }
        return (verdict.getEnforced() ? "refused: " : "would be refused: ") + verdict.getReason();
    }

    private void drops() {
        if (status.getDropsCount() > 0) {
            out.println("dropped   frames, for another reason than a verdict");
            Columns table = new Columns("cause", "frames>");
            status.getDropsList().forEach(drop -> table.row(drop.getCause(), Amount.number(drop.getFrames())));
            table.print(out);
        }
    }

    private void journal() {
        JournalStatus journal = status.getJournal();
        String lost = Amount.number(journal.getLost() + status.getEvents().getLost());
        line("journal", switch (journal.getState()) {
            case WRITING -> "writing to " + journal.getFolder() + ": " + Amount.number(journal.getEntries())
                    + " entries, " + Amount.bytes(journal.getBytes()) + " by this run, " + lost + " lost";
            case STOPPED -> "NOT WRITING to " + journal.getFolder() + ": " + journal.getTrouble() + "; " + lost
                    + " entries lost";
            case OFF, STATE_UNSPECIFIED, UNRECOGNIZED -> "none";
        });
    }

    private void memory() {
        MemoryStatus memory = status.getMemory();
        line("memory", "heap " + Amount.bytes(memory.getHeapUsedBytes()) + " of "
                + Amount.bytes(memory.getHeapLimitBytes()) + ", buffers " + Amount.bytes(memory.getBuffersUsedBytes())
                + " of " + Amount.bytes(memory.getBuffersLimitBytes())
                + (memory.hasResidentBytes() ? ", whole process " + Amount.bytes(memory.getResidentBytes()) : ""));
    }
}
