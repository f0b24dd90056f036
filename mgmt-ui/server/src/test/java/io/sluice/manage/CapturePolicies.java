package io.sluice.manage;

/** Policies for captures of others. */
public final class CapturePolicies {
    private CapturePolicies() {}

    /**
     * A policy for a capture: clients may do at servers what is said, and whatever is not inspected passes.
     *
     * @param servers networks, comma-separated; all else are clients
     */
    public static String of(String protocol, String servers, String clients, String allow) {
        return """
                policy: test
                mode: enforce
                zones:
                  ops:  {ports: [plant], networks: [%s]}
                  cell: {ports: [cell], networks: [%s]}
                conduits:
                  inspected:
                    from: ops
                    to: cell
                    protocol: %s
                    allow:
                %s
                  plain:
                    from: ops
                    to: cell
                    allow:
                      - {id: t1, do: tcp, port: [1..501, 503..4839, 4841..65535]}
                      - {id: t2, do: udp, port: any}
                      - {id: t3, do: ping}
                  back:
                    from: cell
                    to: ops
                    allow:
                      - {id: b1, do: tcp, port: any}
                      - {id: b2, do: udp, port: any}
                      - {id: b3, do: ping}
                """.formatted(clients, servers, protocol, allow.indent(6).stripTrailing());
    }
}
