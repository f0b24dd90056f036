package io.sluice.cli;

import io.sluice.control.ControlClient;
import io.sluice.control.v1.RollBackRequest;
import io.sluice.control.v1.RollBackResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice rollback}: back to the policy before. */
@Command(name = "rollback", sortOptions = false, description = {
        "Take the policy that waits to be confirmed back; where none waits, go back to the policy",
        "before the active one.",
        "", "Live connections go on, except those that the policy does not allow at all.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the policy before judges now",
                "1:there is none before, or it cannot be used", "2:wrong usage",
                "3:Sluice does not run here, or this user may not give orders"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice rollback", "  sluice rollback --who anna"})
final class RollbackCommand extends Verb {
    @Mixin
    private SocketOptions sluice = new SocketOptions();

    @Mixin
    private WhoOption person = new WhoOption();

    RollbackCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        RollBackRequest request = RollBackRequest.newBuilder().setWho(person.who()).build();
        RollBackResponse answer = sluice.call(console, ControlClient.PATIENCE, c -> c.rollBack(request));
        if (answer.hasRefusal()) {
            console.err().println("sluice: " + answer.getRefusal().getSentence());
            return ExitCode.NO;
        }
        console.out().println("policy `" + answer.getActive().getName() + "` is back and judges now; policy `"
                + answer.getTakenBack().getName() + "` was taken back");
        return ExitCode.DONE;
    }
}
