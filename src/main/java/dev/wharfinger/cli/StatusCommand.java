package dev.wharfinger.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import tools.jackson.databind.JsonNode;

import java.util.concurrent.Callable;

/** {@code wharf status}: what runs, what is open, whether the rules act. */
@Command(
        name = "status",
        description = "Shows what runs, which shifts are open, and whether the rules are accepted.")
final class StatusCommand implements Callable<ExitCode> {
    @Mixin private PlaceOptions where = new PlaceOptions();
    private final Terminal terminal;
    private final Wharf wharf;

    StatusCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Override
    public ExitCode call() throws Exception {
        Desk desk = KeeperClient.at(terminal, where);
        var answer = new KeeperAnswer(terminal, desk.ask("status"));
        if (wharf.output() == OutputFormat.JSON || answer.code() != ExitCode.DONE) {
            return answer.print(wharf.output());
        }
        JsonNode data = answer.data();
        terminal.out().println("project      " + data.path("project").asString());
        terminal.out().println("rules        " + data.path("rules").asString());
        terminal.out().println("enforcement  " + data.path("enforcement").asString());
        terminal.out()
                .println("journal      " + data.path("journal").path("size").asLong() + " entries");
        terminal.out().println();
        var environments = new Table("ENVIRONMENT", "RECORDED", "OBSERVED", "HEALTHY", "DETAIL");
        data.path("environments")
                .forEach(e ->
                        environments.row(
                                e.path("name").asString(),
                                e.path("recorded").asString(),
                                e.path("observed").asString(),
                                e.path("healthy").asBoolean() ? "yes" : "no",
                                e.path("detail").asString()));
        environments.print(terminal.out());
        data.path("environments")
                .forEach(e -> {
                    if (e.has("unexplained")) {
                        terminal.out()
                                .println(
                                        Table.plain(
                                                "UNEXPLAINED in "
                                                        + e.path("name").asString()
                                                        + ": "
                                                        + e.path("unexplained").asString()));
                    }
                });
        if (!data.path("shifts").isEmpty()) {
            terminal.out().println();
            var shifts = new Table("SHIFT", "PERSONA", "PRINCIPAL", "REQUEST");
            data.path("shifts")
                    .forEach(s ->
                            shifts.row(
                                    s.path("shift").asString(),
                                    s.path("persona").asString(),
                                    s.path("principal").asString(),
                                    s.path("request").asString()));
            shifts.print(terminal.out());
        }
        return ExitCode.DONE;
    }
}
