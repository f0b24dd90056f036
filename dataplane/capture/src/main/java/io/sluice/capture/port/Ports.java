package io.sluice.capture.port;

/** Opens ports. */
public final class Ports {
    private Ports() {}

    /**
     * Opens an interface by the means that is asked for, else by the best that works. It is left as it was found when the
     * port is closed.
     *
     * @throws PortException there is no such interface, or it cannot be opened
     */
    public static Opened open(PortRequest request) throws PortException {
        String name = request.interfaceName();
        int index = Libc.interfaceIndex(name);
        if (index == 0) {
            throw new PortException("there is no network interface `%s`; there are: %s".formatted(name,
                    String.join(", ", Interfaces.names())));
        }
        try {
            boolean virtioHeader = true;
            return new Opened(PacketPort.open(request, index, virtioHeader), "af_packet");
        } catch (NativeException e) {
            throw new PortException("`%s` cannot be opened: %s".formatted(name, e.getMessage()));
        }
    }
}
