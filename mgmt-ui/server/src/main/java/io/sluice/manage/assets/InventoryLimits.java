package io.sluice.manage.assets;

/**
 * How much an inventory holds, so that a flood of made-up addresses cannot fill the memory. What is beyond is counted as left out.
 *
 * @param devices addresses
 * @param relations pairs of client and server with one service each
 * @param functions of one relation
 * @param items addresses, nodes and the like that one relation used
 * @param stations Ethernet addresses of one device
 * @param flows flows whose counters are followed at the same time
 */
public record InventoryLimits(int devices, int relations, int functions, int items, int stations, int flows) {
    public static final InventoryLimits DEFAULT = new InventoryLimits(4096, 16_384, 64, 256, 8, 16_384);
}
