package dev.wharfinger.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code wharf stdio}: MCP over standard input and output, as clients start it. */
@Command(
        name = "stdio",
        description = "Speaks MCP over standard input and output; clients start it.")
final class StdioCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();

    @Option(
            names = "--persona",
            paramLabel = "NAME",
            defaultValue = "deploy",
            description = "Who the agent is (${DEFAULT-VALUE}).")
    private String persona = "deploy";

    @Option(
            names = "--read-only",
            description = "Lists and runs no tool that changes files, targets or decisions.")
    private boolean readOnly;

    private final Terminal terminal;

    StdioCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() throws Exception {
        return Stdio.run(terminal, where.place(terminal), persona, readOnly);
    }
}
