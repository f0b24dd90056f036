package io.sluice.load.gen;

/** Flows that may send a request, first come, first served; a flow is in it once for each request that it may send. */
final class ReadyFlows {
    private final int[] flows;
    private int first;
    private int count;

    ReadyFlows(LoadPlan plan) {
        flows = new int[plan.flows() * plan.depth()];
    }

    void add(int flow) {
        int last = first + count;
        flows[last < flows.length ? last : last - flows.length] = flow;
        count++;
    }

    int take() {
        int flow = flows[first];
        first = first + 1 == flows.length ? 0 : first + 1;
        count--;
        return flow;
    }

    int count() {
        return count;
    }
}
