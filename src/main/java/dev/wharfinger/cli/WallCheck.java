package dev.wharfinger.cli;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.Workspace;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * What {@code wharf doctor} says of the walls around files and commands; it tries them in a scratch
 * folder of its own, since a version number proves nothing.
 */
final class WallCheck {
    private static final String BEST = "openat2";

    private final Patient patient;
    private final Section section = new Section("walls", "Walls");

    WallCheck(Patient patient) {
        this.patient = patient;
    }

    Section look() throws IOException {
        try (Workspace workspace = Workspace.open(patient.root())) {
            if (workspace.wall().equals(BEST)) {
                section.ok(
                        "files", "files", "openat2: no links, no way out of the root, no mounts");
            } else {
                section.warn(
                        "files",
                        "files",
                        workspace.wall() + ", the fallback",
                        "No links and no way out of the root, but mounts and second names of a file"
                            + " are not seen: openat2 needs Linux 5.6, and a container that does"
                            + " not forbid it.");
            }
        }
        tryWall();
        var homeless = new TreeMap<>(patient.terminal().environment());
        homeless.remove("HOME"); // else the folders for caches would be made there
        var runner = new CommandRunner(Confinement.BEST, List.of(patient.state()), homeless);
        if (runner.confinement().equals("confined")) {
            section.ok(
                    "runner",
                    "commands",
                    "runner: confined; builds and tests see neither the state folder nor keys");
        } else {
            section.warn(
                    "runner",
                    "commands",
                    "runner: unconfined",
                    "What the project builds and tests can read what this user can, the journal's"
                            + " key too. Landlock needs Linux 5.13 with it switched on.");
        }
        return section;
    }

    /** A file inside is read; a link out of the folder and a name with `..` are not. */
    private void tryWall() throws IOException {
        Path scratch = Files.createTempDirectory("wharf-doctor-").toRealPath();
        try {
            Path inside = Files.createDirectory(scratch.resolve("inside"));
            Path secret = Files.writeString(scratch.resolve("outside"), "x");
            Files.writeString(inside.resolve("plain"), "x");
            Files.createSymbolicLink(inside.resolve("link"), secret);
            boolean holds;
            try (Workspace workspace = Workspace.open(inside)) {
                holds =
                        opens(workspace, "plain")
                                && !opens(workspace, "link")
                                && !opens(workspace, "../outside");
            }
            if (holds) {
                section.ok("tried", "tried out", "a link and `..` do not lead out; a file opens");
            } else {
                section.fail(
                        ExitCode.WORLD,
                        "tried",
                        "tried out",
                        "a link or `..` led out of a folder, or a plain file did not open",
                        "Do not let an agent work here, and report this with the lines above.");
            }
        } finally {
            for (String name : List.of("inside/link", "inside/plain", "inside", "outside", "")) {
                Files.deleteIfExists(scratch.resolve(name));
            }
        }
    }

    private static boolean opens(Workspace workspace, String name) {
        return WorkspacePath.parse(name) instanceof Verdict.Granted<WorkspacePath>(var path)
                && workspace.read(path, 10) instanceof Verdict.Granted<?>;
    }
}
