package dev.wharfinger.cli;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Services;
import dev.wharfinger.deploy.ArtifactDigest;
import dev.wharfinger.deploy.ArtifactStore;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Observed;
import dev.wharfinger.deploy.Pace;
import dev.wharfinger.deploy.Release;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ReleaseRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code wharf doctor} says of each environment: its folder, what runs, what was recorded. */
final class TargetCheck {
    private final Patient patient;
    private final ProjectState folded;
    private final Section section = new Section("targets", "Targets");

    TargetCheck(Patient patient, ProjectState folded) {
        this.patient = patient;
        this.folded = folded;
    }

    Section look() throws IOException {
        if (patient.config().environments().isEmpty()) {
            section.warn(
                    "none",
                    "environments",
                    "none is declared",
                    "Nothing can be deployed: declare `environments.staging` in wharf.yaml.");
        }
        for (EnvironmentSettings environment : patient.config().environments().values()) {
            switch (environment.target()) {
                case LocalSettings local -> look(environment, local);
            }
        }
        return section;
    }

    private void look(EnvironmentSettings environment, LocalSettings local) throws IOException {
        String name = environment.name().value();
        if (!folder(name, local.dir())) {
            return;
        }
        Optional<ReleaseRecord> recorded = folded.runs(name);
        if (recorded.isEmpty() && !Files.isDirectory(local.dir())) {
            section.ok("runs." + name, name + " runs", "nothing yet; nothing is recorded");
            return;
        }
        LocalTarget target = target(environment);
        Observed seen = target.observe();
        Optional<String> foreign = target.foreignChange(recorded.map(TargetCheck::release));
        if (foreign.isPresent()) {
            section.fail(
                    ExitCode.WORLD,
                    "foreign." + name,
                    name + " changed",
                    foreign.get() + ", and no entry of the journal explains it",
                    "Find out who did that (deploy.foreign-change). Undo it by hand, or deploy once"
                            + " more; the next plan says what it would replace.");
        }
        runs(name, recorded, seen);
    }

    private void runs(String name, Optional<ReleaseRecord> recorded, Observed seen) {
        String subject = name + " runs";
        if (recorded.isEmpty() && seen.release().isEmpty()) {
            section.ok("runs." + name, subject, "nothing yet; nothing is recorded");
        } else if (seen.healthy()) {
            section.ok(
                    "runs." + name,
                    subject,
                    "recorded %s, observed %s, healthy"
                            .formatted(
                                    recorded.map(ReleaseRecord::version).orElse("nothing"),
                                    seen.version().orElse("no version")));
        } else {
            section.fail(
                    ExitCode.WORLD,
                    "runs." + name,
                    subject,
                    "recorded %s, observed %s, not healthy: %s"
                            .formatted(
                                    recorded.map(ReleaseRecord::version).orElse("nothing"),
                                    seen.version().orElse("no version"),
                                    seen.detail()),
                    "Look at the service's log in the target's `logs/`. A new deployment starts it"
                            + " again; `wharf status` shows when it is back.");
        }
    }

    /** Whether the server could write there. */
    private boolean folder(String name, Path dir) {
        Path there = dir;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        String subject = name + " folder";
        boolean writable = Files.isDirectory(there) && Files.isWritable(there);
        if (writable && there.equals(dir)) {
            section.ok("dir." + name, subject, dir + ", writable");
        } else if (writable) {
            section.ok("dir." + name, subject, dir + ", made at the first deployment");
        } else {
            section.fail(
                    ExitCode.WORLD,
                    "dir." + name,
                    subject,
                    there.equals(dir)
                            ? dir + " cannot be written by this user"
                            : dir + " is not there, and " + there + " cannot be written",
                    "Make it and give it to the user that runs wharf: `sudo install -d -o \"$USER\""
                            + " "
                            + dir
                            + "`.");
        }
        return writable || Files.isReadable(dir);
    }

    private LocalTarget target(EnvironmentSettings environment) {
        var state = new StateFolder(patient.state());
        return new LocalTarget(
                environment,
                new ArtifactStore(state.artifacts(), state.checkouts()),
                new Services(),
                new CommandRunner(
                        Confinement.BEST,
                        List.of(patient.state()),
                        patient.terminal().environment()),
                patient.terminal().environment(),
                Pace.system());
    }

    private static Release release(ReleaseRecord record) {
        return new Release(
                new ArtifactDigest(record.artifact()), record.version(), record.commit());
    }
}
