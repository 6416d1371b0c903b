package dev.wharfinger.cli;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.workspace.Workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code wharf doctor} says of the JDK, the system and Git. */
final class MachineCheck {
    private static final int CHANGES = 1000;

    private final Patient patient;
    private final Section section = new Section("machine", "This machine");

    MachineCheck(Patient patient) {
        this.patient = patient;
    }

    Section look() throws IOException {
        section.ok("jdk", "JDK", Runtime.version() + " in " + System.getProperty("java.home"));
        cache();
        String system = System.getProperty("os.name", "?");
        String shown =
                "%s %s, %s"
                        .formatted(
                                system,
                                System.getProperty("os.version", "?"),
                                System.getProperty("os.arch", "?"));
        if (system.equals("Linux")) {
            section.ok("platform", "platform", shown);
        } else {
            section.warn(
                    "platform",
                    "platform",
                    shown,
                    "Wharfinger is made for Linux. Here files are guarded by the portable wall, and"
                            + " commands run unconfined; on Windows use WSL.");
        }
        git();
        repository();
        return section;
    }

    private void cache() {
        Optional<Path> launch =
                Optional.ofNullable(System.getProperty("wharf.home"))
                        .map(home -> Path.of(home, "target", "launch"));
        if (launch.isEmpty()) {
            section.warn(
                    "cache",
                    "start-up cache",
                    "Java was started without the launcher",
                    "Start it by the script `wharf`, which keeps a cache and is quicker.");
            return;
        }
        String build = System.getProperty("java.runtime.version", "");
        if (Files.isRegularFile(launch.get().resolve(build + ".aot"))) {
            section.ok("cache", "start-up cache", "there, for this JDK");
        } else {
            section.warn(
                    "cache",
                    "start-up cache",
                    "none for this JDK in " + launch.get(),
                    "Starts take about a second longer, nothing else. A .log there says why; delete"
                            + " it, and the next start tries again.");
        }
    }

    private void git() {
        var runner =
                new CommandRunner(Confinement.OFF, List.of(), patient.terminal().environment());
        Optional<Path> program = runner.resolve("git");
        if (program.isPresent()) {
            section.ok("git", "Git", program.get().toString());
        } else {
            section.warn(
                    "git",
                    "Git",
                    "no `git` on the PATH",
                    "The server brings its own Git; people need one to commit what they change.");
        }
    }

    private void repository() throws IOException {
        try (Workspace workspace = Workspace.open(patient.root())) {
            var git = workspace.git();
            if (!git.isPresent()) {
                section.warn(
                        "repository",
                        "repository",
                        patient.root() + " is not the top of a Git repository",
                        "A release is built from a commit. Run `git init` and commit, or name the"
                                + " repository's top folder with --root.");
                return;
            }
            var head = git.head();
            if (head.isEmpty()) {
                section.warn(
                        "repository",
                        "repository",
                        "there is no commit yet",
                        "A release is built from a commit: `git add -A && git commit`.");
                return;
            }
            long changed = git.status(CHANGES).size();
            String at =
                    git.branch().map(name -> name + " at ").orElse("")
                            + head.get().sha().substring(0, 10);
            if (changed == 0) {
                section.ok("repository", "repository", at + ", nothing uncommitted");
            } else {
                section.warn(
                        "repository",
                        "repository",
                        at
                                + ", "
                                + changed
                                + (changed == 1 ? " change" : " changes")
                                + " not committed",
                        "What a person left uncommitted stops plans and proofs: commit it, or put"
                                + " it away.");
            }
        }
    }
}
