package dev.wharfinger.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wharf shift}: what people do with shifts. */
@Command(name = "shift", description = "Ends a shift that its agent left open.")
final class ShiftCommand {
    private final Terminal terminal;
    private final Wharf wharf;

    ShiftCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Command(name = "end", description = "Ends the shift with what was observed, else as blocked.")
    ExitCode end(
            @Mixin PlaceOptions where,
            @Parameters(paramLabel = "ID", description = "The shift, as wharf status shows it.")
                    String id)
            throws Exception {
        Desk desk = KeeperClient.at(terminal, where);
        return new KeeperAnswer(terminal, desk.ask("shift-end", id)).print(wharf.output());
    }
}
