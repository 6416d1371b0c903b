package dev.wharfinger.tool;

import dev.wharfinger.persona.Principal;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.CommitId;

import java.util.Optional;
import java.util.function.Consumer;

/** What {@code wharf prove GATE} does: runs the declared command at HEAD, without any shift. */
public final class Proofs {
    private final Project project;
    private final Sources sources;
    private final ProofDesk desk;

    Proofs(Project project, Sources sources, ProofDesk desk) {
        this.project = project;
        this.sources = sources;
        this.desk = desk;
    }

    /** How it ended. */
    public sealed interface Result {
        /** It ran, and the journal holds what it said. */
        record Proved(Event.ProofRecorded proof) implements Result {}

        /** It could not run, or said nothing that counts. */
        record Unusable(String why) implements Result {}

        /** Nothing declares it. */
        record Undeclared(String why) implements Result {}
    }

    /** Runs the gate's declared command and records an observed proof as this principal's. */
    public Result prove(Principal principal, String gate) {
        Optional<GateSettings> settings =
                project.settings().gates().entrySet().stream()
                        .filter(entry -> entry.getKey().value().equals(gate))
                        .map(entry -> entry.getValue())
                        .findFirst();
        if (settings.filter(GateSettings::applies).flatMap(GateSettings::command).isEmpty()) {
            return new Result.Undeclared(
                    "wharf.yaml declares no command for the gate `" + gate + "`");
        }
        if (project.rules().get().refusal().isPresent()) {
            return new Result.Undeclared(project.rules().get().refusal().get().reason());
        }
        Optional<CommitId> head = sources.head();
        if (head.isEmpty()) {
            return new Result.Unusable("the project is no Git repository with a commit");
        }
        Consumer<Event> record =
                event -> {
                    long index =
                            project.recorder()
                                    .record(principal, Optional.empty(), Optional.empty(), event);
                    project.recorder().durable(index);
                };
        return switch (desk.run(record, settings.get(), head.get())) {
            case ProofDesk.Ran.Recorded(var proof, var _) -> new Result.Proved(proof);
            case ProofDesk.Ran.Unusable(var why, var output) ->
                    new Result.Unusable(why + (output.isBlank() ? "" : "\n" + Shown.safe(output)));
        };
    }

    /** The gates that a command could be run for. */
    public java.util.List<GateId> declared() {
        return project.settings().gates().values().stream()
                .filter(settings -> settings.applies() && settings.command().isPresent())
                .map(GateSettings::gate)
                .toList();
    }
}
