package io.sluice.capture.port;

/** AF_PACKET on a virtual cable. */
class PacketPortIT extends PortContract {
    @Override
    Backend backend() {
        return Backend.AF_PACKET;
    }
}
