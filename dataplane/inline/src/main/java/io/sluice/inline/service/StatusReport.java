package io.sluice.inline.service;

import io.sluice.control.v1.ClockStatus;
import io.sluice.control.v1.ControlCounts;
import io.sluice.control.v1.DropCount;
import io.sluice.control.v1.EventCounts;
import io.sluice.control.v1.FlowCounts;
import io.sluice.control.v1.JournalStatus;
import io.sluice.control.v1.MemoryStatus;
import io.sluice.control.v1.PortStatus;
import io.sluice.control.v1.StatusResponse;
import io.sluice.control.v1.VerdictCount;
import io.sluice.inline.Counters;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.policy.PolicyControl;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How Sluice stands, gathered for one answer. */
final class StatusReport {
    private final DataplaneStatus dataplane;
    private final Counters counters;
    private final JournalHealth journal;
    private final StatusResponse.Builder response = StatusResponse.newBuilder();

    StatusReport(DataplaneStatus dataplane, Counters counters, JournalHealth journal) {
        this.dataplane = dataplane;
        this.counters = counters;
        this.journal = journal;
    }

    StatusResponse make(PolicyControl policies, ControlCounts control, int grants, Identity process) {
        response.setVersion(process.version()).setProcessId((int) process.id()).setStartedNanos(process.startedNanos())
                .setNowNanos(process.nowNanos());
        response.setActive(Messages.policy(policies.active()));
        policies.pending().map(Messages::policy).ifPresent(response::setPending);
        dataplane.ports().forEach(this::port);
        response.setClock(ClockStatus.newBuilder().setTrusted(dataplane.clock().trusted())
                .setNote(dataplane.clock().note())).setPipeline(dataplane.pipeline()).setDraining(dataplane.draining());
        counts();
        response.setJournal(journal()).setMemory(memory(process.residentBytes())).setControl(control)
                .setOpenGrants(grants);
        new Alarms(dataplane, counters, journal, policies).sentences().forEach(response::addAlarms);
        return response.build();
    }

    /**
     * The process.
     *
     * @param residentBytes of the whole of it, where the kernel tells
     */
    record Identity(String version, long id, long startedNanos, long nowNanos, Optional<Long> residentBytes) {}

    private void port(DataplaneStatus.Port p) {
        PortStatus.Builder port = PortStatus.newBuilder().setName(p.name()).setInterface(p.interfaceName())
                .setMirror(p.mirror()).setBackend(p.backend()).setWhy(p.why()).setLink(switch (p.link()) {
                    case UP -> PortStatus.Link.UP;
                    case DOWN -> PortStatus.Link.DOWN;
                    case MISSING -> PortStatus.Link.MISSING;
                });
        counters.ports().stream().filter(c -> c.name().equals(p.name())).findFirst()
                .ifPresent(c -> port.setReceived(c.received()).setReceivedBytes(c.receivedBytes()).setSent(c.sent())
                        .setSentBytes(c.sentBytes()).setRingFull(c.ringFull()).setTruncated(c.truncated())
                        .setNotSent(c.notSent()));
        response.addPorts(port);
    }

    private void counts() {
        Counters.Flows f = counters.flows();
        response.setFlows(FlowCounts.newBuilder().setLive(dataplane.flows()).setLimit(dataplane.flowLimit())
                .setOpened(f.opened()).setEnded(f.ended()).setReset(f.reset()).setRefused(f.refused()));
        List<Counters.Verdicts> verdicts = counters.verdicts().stream().filter(v -> v.messages() > 0)
                .sorted(Comparator.comparingLong(Counters.Verdicts::messages).reversed()
                        .thenComparing(Counters.Verdicts::conduit).thenComparing(Counters.Verdicts::reason))
                .toList();
        verdicts.forEach(v -> response.addVerdicts(VerdictCount.newBuilder().setConduit(v.conduit())
                .setReason(v.reason()).setAllowed(v.allowed()).setEnforced(v.enforced()).setMessages(v.messages())));
        counters.drops().stream().filter(d -> d.frames() > 0)
                .forEach(d -> response.addDrops(DropCount.newBuilder().setCause(d.cause()).setFrames(d.frames())));
        response.setEvents(EventCounts.newBuilder().setPublished(counters.events().published())
                .setLost(counters.events().lost()));
    }

    private JournalStatus.Builder journal() {
        JournalStatus.Builder status = JournalStatus.newBuilder().setEntries(journal.entries())
                .setBytes(journal.bytes()).setLost(journal.lost()).setTrouble(journal.trouble().orElse(""));
        journal.folder().ifPresent(folder -> status.setFolder(folder.toString()));
        return status.setState(journal.folder().isEmpty()
                ? JournalStatus.State.OFF
                : journal.trouble().isPresent() ? JournalStatus.State.STOPPED : JournalStatus.State.WRITING);
    }

    private MemoryStatus.Builder memory(Optional<Long> resident) {
        Runtime heap = Runtime.getRuntime();
        MemoryStatus.Builder memory = MemoryStatus.newBuilder().setHeapUsedBytes(heap.totalMemory() - heap.freeMemory())
                .setHeapLimitBytes(heap.maxMemory()).setBuffersUsedBytes(dataplane.bufferBytes())
                .setBuffersLimitBytes(dataplane.bufferLimit());
        resident.ifPresent(memory::setResidentBytes);
        return memory;
    }
}
