package io.sluice.engine;

import io.sluice.testdata.PacketBuilder;
import java.net.InetAddress;
import java.util.HexFormat;

/** Three zones told apart by ports, with a controller, a station and a router in them, and frames between them. */
final class Plant implements AutoCloseable {
    static final String PLC_MAC = "00:80:f4:01:02:03";
    static final String HMI_MAC = "00:00:5e:00:53:05";
    static final String OTHER_MAC = "00:00:5e:00:53:99";
    private static final String POLICY = """
            policy: plant
            mode: MODE
            zones:
              cell: {ports: [cell], networks: [10.3.1.0/24, "fd00::/64"]}
              ops:  {ports: [plant]}
              yard: {ports: [gate]}
            assets:
              plc:    {zone: cell, address: [10.3.1.10, "fd00::10"], mac: "00:80:f4:01:02:03"}
              hmi:    {zone: ops, address: [10.3.1.105, "fd00::105"], mac: "00:00:5e:00:53:05"}
              router: {zone: ops, address: "fe80::1"}
            conduits:
              web:
                from: hmi
                to: plc
                allow: [{id: t, do: tcp, port: 443}, {id: p, do: ping}]
              groups:
                from: hmi
                to: cell
                allow: [{id: g, do: udp, port: 9000}]
              names:
                from: ops
                to: cell
                allow: [{id: m, do: udp, port: 5353}, {id: pn, do: ethertype profinet}]
              meters:
                from: hmi
                to: cell
                protocol: {modbus: {port: 502, transport: udp}}
                allow: [{id: r, do: read, unit: any}]
            """;

    final Desk desk;
    final int cell;
    final int ops;
    final int yard;

    Plant() {
        this("enforce");
    }

    Plant(String mode) {
        desk = new Desk(Desk.compile(POLICY.replace("MODE", mode)), Profile.INLINE, EngineLimits.DEFAULT);
        cell = desk.policy.zoneNamed("cell");
        ops = desk.policy.zoneNamed("ops");
        yard = desk.policy.zoneNamed("yard");
    }

    /** What happens to a frame from one zone to another; the reason in a word, where it has one. */
    String send(int from, int to, PacketBuilder packet) {
        desk.engine.zones(from, to);
        desk.anomalies.clear();
        Answer answer = desk.accept(packet);
        String why = desk.anomalies.isEmpty() ? "" : " " + desk.anomalies.getFirst().word();
        return (answer.action() == Answer.Action.FORWARD ? "passes" : "dropped") + why;
    }

    String toCell(PacketBuilder packet) {
        return send(ops, cell, packet);
    }

    String toOps(PacketBuilder packet) {
        return send(cell, ops, packet);
    }

    static PacketBuilder from(String mac, String source, String destination) {
        return PacketBuilder.ethernet(mac, PLC_MAC.equals(mac) ? HMI_MAC : PLC_MAC).ip(source, destination);
    }

    static PacketBuilder toGroup(String mac, String source, String group) {
        String groupMac = group.indexOf(':') < 0 ? "01:00:5e:01:02:03" : "33:33:00:00:00:01";
        return PacketBuilder.ethernet(mac, groupMac).ip(source, group);
    }

    /**
     * A neighbour discovery message.
     *
     * @param target what follows the header: an address, or nothing
     * @param option kind of the link address option; 0: none
     */
    static PacketBuilder discovery(PacketBuilder packet, int type, String target, int option, String mac) {
        byte[] address = target.isEmpty() ? new byte[0] : InetAddress.ofLiteral(target).getAddress();
        byte[] link = HexFormat.ofDelimiter(":").parseHex(mac);
        byte[] body = Requests.concat(address, option == 0
                ? new byte[0]
                : Requests.concat(new byte[]{(byte) option, 1}, link));
        return packet.hops(255).icmp(type, 0, 0).payload(body);
    }

    @Override
    public void close() {
        desk.close();
    }
}
