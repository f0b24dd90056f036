package io.sluice.cli;

import io.sluice.control.ControlClient;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.ConfirmResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice confirm}: the policy that was applied for a time shall stay. */
@Command(name = "confirm", sortOptions = false, description = {
        "Make the policy that waits to be confirmed the active one, for good.", "",
        "See `sluice apply --confirm-within`.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the policy is active",
                "1:none waits to be confirmed", "2:wrong usage",
                "3:Sluice does not run here, or this user may not give orders"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice confirm", "  sluice confirm --who anna"})
final class ConfirmCommand extends Verb {
    @Mixin
    private SocketOptions sluice = new SocketOptions();

    @Mixin
    private WhoOption person = new WhoOption();

    ConfirmCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        ConfirmRequest request = ConfirmRequest.newBuilder().setWho(person.who()).build();
        ConfirmResponse answer = sluice.call(console, ControlClient.PATIENCE, c -> c.confirm(request));
        if (answer.hasRefusal()) {
            console.err().println("sluice: " + answer.getRefusal().getSentence());
            return ExitCode.NO;
        }
        console.out()
                .println("policy `" + answer.getActive().getName() + "` is confirmed and stays, also after a restart");
        return ExitCode.DONE;
    }
}
