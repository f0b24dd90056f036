package io.sluice.cli;

import io.sluice.control.v1.Grant;
import java.io.PrintStream;
import java.util.List;

/** Open grants as a table, for somebody who must know at once who is in the plant. */
final class SessionsText {
    private static final double SECOND = 1e9;

    private SessionsText() {}

    static void print(List<Grant> grants, PrintStream out) {
        if (grants.isEmpty()) {
            out.println("no jump session is open");
            return;
        }
        Columns table = new Columns("session", "person", "to", "by conduit", "left>", "connections>", "grant");
        for (Grant grant : grants) {
            table.row(session(grant), grant.getPerson(), grant.getTarget(), grant.getConduit(),
                    Amount.duration((long) (grant.getSecondsLeft() * SECOND)), Amount.number(grant.getFlowsCount()),
                    grant.getId());
        }
        table.print(out);
    }

    /** What management calls it; who opens grants may have named none. */
    static String session(Grant grant) {
        return grant.getSession().isEmpty() ? "(unnamed)" : grant.getSession();
    }
}
