package dev.wharfinger.cli;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.deploy.BuildSettings;
import dev.wharfinger.deploy.LocalSettings;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code wharf doctor} says of the declared commands: gates, build and start. */
final class GateCheck {
    /** Without these three declared no plan is made, not even for staging. */
    private static final List<GateId> NEEDED = List.of(GateId.TEST, GateId.SECURITY, GateId.CI);

    private final Patient patient;
    private final CommandRunner runner;
    private final Section section = new Section("gates", "Gates and commands");

    GateCheck(Patient patient) {
        this.patient = patient;
        this.runner =
                new CommandRunner(Confinement.OFF, List.of(), patient.terminal().environment());
    }

    Section look() {
        Config config = patient.config();
        for (GateId gate : NEEDED) {
            if (!config.gates().containsKey(gate)) {
                section.warn(
                        gate.value(),
                        gate.value(),
                        "is not declared",
                        "The gate stays closed and nothing ships: declare `gates."
                                + gate
                                + "` with a command, or `applies: false` and `because: …`.");
            }
        }
        config.gates().forEach(this::gate);
        build(config);
        config.environments()
                .forEach((name, settings) -> {
                    if (settings.target() instanceof LocalSettings local
                            && !local.start().isEmpty()) {
                        start(name.value(), local.start().getFirst());
                    }
                });
        return section;
    }

    private void gate(GateId gate, GateSettings settings) {
        String name = gate.value();
        if (!settings.applies()) {
            section.warn(
                    name,
                    name,
                    "declared absent: " + settings.because().orElse("no reason given"),
                    "Every card shows it as not checked. Declare a command when there is one.");
        } else if (settings.command().isPresent()) {
            program(name, name, settings.command().get());
        } else if (gate.equals(GateId.CI) && patient.config().extras().ci().isPresent()) {
            section.warn(
                    name,
                    name,
                    "declared by " + patient.config().extras().ci().get().repository(),
                    "This version does not ask GitHub yet: the gate stays closed. Declare a command"
                            + " that asks it.");
        } else if (gate.equals(GateId.MONITORING)
                && patient.config().extras().monitoring().isPresent()) {
            section.ok(name, name, "asks " + host());
        } else if (List.of(GateId.TEST, GateId.SECURITY, GateId.UX).contains(gate)) {
            section.ok(name, name, "no command; opened by a report that a persona hands in");
        } else {
            section.ok(name, name, "built in");
        }
    }

    /** An address may hold a password before the @; the host is enough. */
    private String host() {
        return patient.config()
                .extras()
                .monitoring()
                .map(check -> String.valueOf(check.url().getHost()))
                .orElse("");
    }

    private void build(Config config) {
        if (config.artifact().isEmpty()) {
            section.warn(
                    "artifact",
                    "artifact",
                    "is not declared",
                    "Nothing can ship: say in wharf.yaml how it is built and which `path` is"
                            + " shipped.");
            return;
        }
        BuildSettings build = config.artifact().get();
        if (build.commands().isEmpty()) {
            section.ok("artifact", "artifact", "the checkout itself; nothing is built");
        }
        int number = 1;
        for (List<String> command : build.commands()) {
            program("build." + number++, "build", command);
        }
    }

    private void start(String environment, String program) {
        if (program.startsWith("/") || program.indexOf('/') < 0) {
            program("start." + environment, "start of " + environment, List.of(program));
        }
    }

    /** Only the program is shown: an argument may be a secret from the environment. */
    private void program(String what, String subject, List<String> command) {
        String program = command.getFirst();
        boolean named = program.indexOf('/') < 0;
        Optional<Path> found =
                named
                        ? runner.resolve(program)
                        : Optional.of(patient.root().resolve(program).normalize())
                                .filter(Files::isRegularFile)
                                .filter(Files::isExecutable);
        if (found.isPresent()) {
            section.ok(what, subject, "`" + program + "`" + (named ? " is " + found.get() : ""));
        } else {
            section.fail(
                    ExitCode.CONFIGURATION,
                    what,
                    subject,
                    "`" + program + (named ? "` is not on the PATH" : "` is no executable file"),
                    named
                            ? "Install it, or put its folder on the PATH of the program that starts"
                                    + " wharf."
                            : "It must be in the commit, and executable (`chmod +x`).");
        }
    }
}
