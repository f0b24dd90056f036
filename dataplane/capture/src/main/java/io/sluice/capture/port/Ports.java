package io.sluice.capture.port;

import java.util.ArrayList;
import java.util.List;

/** Opens ports. */
public final class Ports {
    /** Best first. */
    private static final List<Backend> AUTO = Device.LINUX
            ? List.of(Backend.AF_XDP, Backend.AF_PACKET, Backend.PCAP4J)
            : List.of(Backend.PCAP4J);

    private Ports() {}

    /**
     * Opens an interface by the means that is asked for, else by the best that works: AF_XDP where the card can do it without
     * copying, else AF_PACKET, else libpcap. The interface is left as it was found when the port is closed.
     *
     * @throws PortException there is no such interface, or it cannot be opened
     */
    public static Opened open(PortRequest request) throws PortException {
        String name = request.interfaceName();
        int index = Device.index(name);
        if (index == 0) {
            throw new PortException("there is no network interface `%s`; there are: %s".formatted(name,
                    String.join(", ", Device.names())));
        }
        List<String> failures = new ArrayList<>();
        for (Backend backend : request.backend().map(List::of).orElse(AUTO)) {
            try {
                Opened opened = open(backend, request, index);
                failures.addFirst(opened.why());
                return new Opened(opened.port(), String.join("; ", failures));
            } catch (NativeException e) {
                failures.add("no %s (%s)".formatted(backend.word(), e.getMessage()));
                if (e.isRefused()) {
                    failures.add("run as root, or with CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF");
                }
            }
        }
        throw new PortException("`%s` cannot be opened: %s".formatted(name,
                String.join("; ", failures.stream().distinct().toList())));
    }

    private static Opened open(Backend backend, PortRequest request, int index) throws NativeException, PortException {
        if (!Device.LINUX && backend != Backend.PCAP4J) {
            throw new NativeException("it is Linux's");
        }
        return switch (backend) {
            case AF_XDP -> xdp(request, index);
            case AF_PACKET -> packet(request, index);
            case PCAP4J -> pcap(request, index);
            case TAP -> throw new PortException(
                    "`%s` cannot be opened as `tap`: such devices are created, not found".formatted(
                            request.interfaceName()));
        };
    }

    /** Without copying; with it only where that is asked for, since then checksums may come unfinished without a word. */
    private static Opened xdp(PortRequest request, int index) throws NativeException {
        try {
            return new Opened(XdpPort.open(request, index, true), "af_xdp without copying");
        } catch (NativeException e) {
            if (request.backend().isEmpty()) {
                throw e;
            }
            Port port = XdpPort.open(request, index, false);
            return new Opened(port, "af_xdp with copying%s; not without it (%s)".formatted(remarks(request, port),
                    e.getMessage()));
        }
    }

    private static Opened packet(PortRequest request, int index) throws NativeException {
        String driver = Ethtool.driver(request.interfaceName());
        boolean virtioHeader = request.superFrames() || Ethtool.handsOverUnfinished(driver);
        Offloads offloads = Offloads.switchOff(request.interfaceName(), index,
                request.superFrames() ? feature -> false : Offloads::makesSuperFrames);
        try {
            Port port = PacketPort.open(request, offloads, virtioHeader);
            return new Opened(port, "af_packet, driver `%s`%s%s".formatted(driver,
                    virtioHeader ? ", with virtio headers" : "", remarks(request, port)));
        } catch (NativeException e) {
            offloads.restore();
            throw e;
        }
    }

    private static Opened pcap(PortRequest request, int index) throws NativeException {
        if (request.superFrames()) {
            throw new NativeException("it cannot carry super-frames");
        }
        Runnable restore = Device.LINUX
                ? Offloads.switchOff(request.interfaceName(), index,
                        Offloads::makesSuperFrames)::restore
                : () -> {
                };
        try {
            Port port = PcapPort.open(request, restore);
            return new Opened(port, "pcap4j, which is slow" + remarks(request, port));
        } catch (NativeException e) {
            restore.run();
            throw e;
        }
    }

    private static String remarks(PortRequest request, Port port) {
        return (request.superFrames() ? ", super-frames pass" : ", offloads switched off")
                + (port.link() == LinkState.UP ? "" : ", but the interface is down or has no cable");
    }
}
