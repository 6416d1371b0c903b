package dev.wharfinger.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code wharf doctor}: what stands and what does not, and the ways round; it changes nothing. */
@Command(
        name = "doctor",
        description =
                "Looks at everything that a deployment rests on, and says what to do about what is"
                    + " not as it should be. It changes nothing, and works beside a running server."
                    + " Ends with 3 where the configuration is broken, 4 where the target, the disk"
                    + " or the network is, 1 where the journal does not hold; warnings are no"
                    + " failure.")
final class DoctorCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Option(names = "--json", description = "The same as --output json.")
    private boolean json;

    private final Terminal terminal;
    private final Wharf wharf;

    DoctorCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        Checkup checkup =
                Checkup.of(Patient.at(terminal, where.root(terminal), where.state(terminal)));
        if (json || wharf.output() == OutputFormat.JSON) {
            terminal.out().println(checkup.json());
        } else {
            new DoctorPage(terminal).print(checkup);
        }
        return checkup.code();
    }
}
