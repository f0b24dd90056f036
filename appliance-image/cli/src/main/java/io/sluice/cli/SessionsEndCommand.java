package io.sluice.cli;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.Grant;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.control.v1.RevokeGrantResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice sessions end}: out of the plant, now. */
@Command(name = "end", sortOptions = false, description = {
        "End a jump session, or all of them.", "",
        "Its connections are reset at once, and no further one gets through. Where one of its grants is",
        "named, only that one ends.", "",
        "The firewall itself is told, so it works while the management server is stopped.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:ended; with --all, none is open any more",
                "1:no such session is open, or another was opened meanwhile", "2:wrong usage",
                "3:Sluice does not run here, or this user may not give orders"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice sessions end s-7f3c",
                        "  sluice sessions end --all --who anna --because \"fire alarm\""})
final class SessionsEndCommand extends Verb {
    private final SessionsCommand sessions;

    @Parameters(paramLabel = "SESSION|GRANT", arity = "0..1", description = "As `sluice sessions` shows it.")
    private @Nullable String named;

    @Option(names = "--all", description = "Every session that is open.")
    private boolean all;

    @Option(names = "--because", paramLabel = "TEXT", description = "Why, for the journal.")
    private String because = "";

    @Mixin
    private WhoOption person = new WhoOption();

    SessionsEndCommand(Console console, SessionsCommand sessions) {
        super(console);
        this.sessions = sessions;
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        if (all == (named != null)) {
            throw new WrongUsage(all
                    ? "give either a session or --all"
                    : "say which session shall end, as `sluice sessions` shows it, or --all");
        }
        try (ControlClient client = sessions.sluice().open(console)) {
            List<Grant> meant = open(client).stream().filter(this::isMeant).toList();
            if (meant.isEmpty()) {
                return none(console);
            }
            for (Grant grant : meant) {
                if (!end(client, grant, console)) {
                    return ExitCode.NO;
                }
            }
            return rest(client, console);
        } catch (ControlException e) {
            throw new CouldNotRun(e.sentence());
        }
    }

    private static List<Grant> open(ControlClient client) throws ControlException {
        return client.call(SessionsCommand.PATIENCE, c -> c.listGrants(ListGrantsRequest.getDefaultInstance()))
                .getGrantsList();
    }

    private boolean isMeant(Grant grant) {
        return all || Objects.equals(named, grant.getSession()) || Objects.equals(named, grant.getId());
    }

    private ExitCode none(Console console) {
        if (all) {
            console.out().println("no jump session is open");
            return ExitCode.DONE;
        }
        console.err()
                .println("sluice: no session or grant `" + named + "` is open: it has ended, or Sluice was restarted;"
                        + " `sluice sessions` shows what is open");
        return ExitCode.NO;
    }

    /** Whether it is over; one that has just ended by itself is. */
    private boolean end(ControlClient client, Grant grant, Console console) throws ControlException {
        RevokeGrantResponse answer = client.call(SessionsCommand.PATIENCE,
                c -> c.revokeGrant(RevokeGrantRequest.newBuilder().setId(grant
                        .getId()).setWho(person.who()).setBecause(because).build()));
        if (answer.hasRefusal() && answer.getRefusal().getCode() != Refusal.Code.UNKNOWN_GRANT) {
            console.err().println("sluice: " + answer.getRefusal().getSentence());
            return false;
        }
        console.out().println("ended: session " + SessionsText.session(grant) + " of " + grant.getPerson() + " to "
                + grant.getTarget() + " by conduit `" + grant.getConduit() + "`");
        return true;
    }

    /** What was opened while the others ended. */
    private ExitCode rest(ControlClient client, Console console) throws ControlException {
        List<Grant> rest = open(client).stream().filter(this::isMeant).toList();
        if (rest.isEmpty()) {
            return ExitCode.DONE;
        }
        console.err().println("sluice: meanwhile " + Counted.of(rest.size(), "grant") + (rest.size() == 1
                ? " was"
                : " were") + " opened; run it again, and stop the management server if that goes on");
        return ExitCode.NO;
    }
}
