package dev.wharfinger.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.Git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Artifacts, built once a commit and kept. What is given out has been verified a moment before. One
 * store a folder in one process; the keeper's lock keeps other processes away.
 */
public final class ArtifactStore {
    private static final String INDEX = "wharf-build v1";

    private final Path folder;
    private final Path checkouts;
    private final ReleaseStore releases;
    private final ReentrantLock building = new ReentrantLock();

    /**
     * @param folder {@code <state>/artifacts}
     * @param checkouts where clean checkouts are made and deleted again
     */
    public ArtifactStore(Path folder, Path checkouts) {
        this.folder = folder.toAbsolutePath().normalize();
        this.checkouts = checkouts.toAbsolutePath().normalize();
        this.releases = new ReleaseStore(this.folder);
    }

    /** The artifact that was built from the commit, verified; empty where none was. */
    public Optional<Artifact> find(CommitId commit) throws IOException {
        var entry = entry(commit);
        return entry.isPresent() ? verified(entry.get().digest(), commit) : Optional.empty();
    }

    /** Where these bytes lie, verified; empty where they do not. */
    public Optional<Path> folder(ArtifactDigest digest) throws IOException {
        return releases.holds(digest) ? Optional.of(releases.folder(digest)) : Optional.empty();
    }

    /**
     * Builds the commit in a clean checkout, or finds what was built from it by the same settings.
     * A kept artifact whose bytes have changed is never given out and never built anew: somebody
     * touched it, so a person must look.
     *
     * @throws IOException where the disk or Git fails; nothing is kept then
     */
    public Built build(
            CommitId commit,
            BuildSettings settings,
            Git git,
            CommandRunner runner,
            Redactor redactor,
            BooleanSupplier cancelled)
            throws IOException {
        building.lock();
        try {
            var entry = entry(commit).filter(kept -> kept.settings().equals(fingerprint(settings)));
            if (entry.isEmpty()) {
                return make(commit, settings, git, runner, redactor, cancelled);
            }
            var digest = entry.get().digest();
            var artifact = verified(digest, commit);
            return artifact.isPresent()
                    ? new Built.Done(artifact.get(), false)
                    : broken(
                            "the kept artifact %s of %s has changed; a person must look at %s"
                                    .formatted(digest.brief(), commit, releases.folder(digest)));
        } finally {
            building.unlock();
        }
    }

    private Built make(
            CommitId commit,
            BuildSettings settings,
            Git git,
            CommandRunner runner,
            Redactor redactor,
            BooleanSupplier cancelled)
            throws IOException {
        var checkout = checkouts.resolve("build-" + commit.sha());
        DurableFiles.makeFolder(checkouts);
        ReleaseStore.deleteTree(checkout);
        Files.createDirectory(checkout);
        try {
            git.export(commit, checkout);
            for (var argv : settings.commands()) {
                var spec = new CommandSpec(argv, settings.env(), settings.limit());
                var failed = run(spec, checkout, runner, redactor, cancelled);
                if (failed.isPresent()) {
                    return failed.get();
                }
            }
            return keep(commit, settings, checkout);
        } finally {
            ReleaseStore.deleteTree(checkout);
        }
    }

    private static Optional<Built> run(
            CommandSpec spec,
            Path checkout,
            CommandRunner runner,
            Redactor redactor,
            BooleanSupplier cancelled) {
        try {
            var result = runner.run(spec, checkout, redactor, cancelled);
            if (cancelled.getAsBoolean()) {
                return Optional.of(
                        new Built.Broken(spec.text(), "it was cancelled", result.output()));
            }
            if (result.succeeded()) {
                return Optional.empty();
            }
            var reason =
                    result.timedOut()
                            ? "it took longer than " + spec.limit().toSeconds() + " s"
                            : "it ended with " + result.exit();
            return Optional.of(new Built.Broken(spec.text(), reason, result.output()));
        } catch (IOException notStarted) {
            return Optional.of(new Built.Broken(spec.text(), text(notStarted), ""));
        }
    }

    private Built keep(CommitId commit, BuildSettings settings, Path checkout) throws IOException {
        var shipped = checkout;
        for (var part : settings.path().equals(".") ? List.<String>of() : parts(settings)) {
            shipped = shipped.resolve(part);
            if (Files.isSymbolicLink(shipped)) {
                return broken("what is shipped lies behind a link: " + settings.path());
            }
        }
        if (!Files.exists(shipped, LinkOption.NOFOLLOW_LINKS)) {
            return broken("the build left nothing at " + settings.path());
        }
        FileTree tree;
        try {
            tree = FileTree.read(shipped);
        } catch (IOException unfit) {
            return broken("what is shipped cannot be kept: " + text(unfit));
        }
        if (tree.entries().isEmpty()) {
            return broken("the build left an empty folder at " + settings.path());
        }
        var digest = releases.add(shipped, commit.sha()).digest();
        DurableFiles.makeFolder(folder.resolve("commits"));
        DurableFiles.write(
                index(commit),
                INDEX + "\nartifact " + digest + "\nsettings " + fingerprint(settings) + "\n");
        return verified(digest, commit)
                .<Built>map(artifact -> new Built.Done(artifact, true))
                .orElseGet(() -> broken("the artifact changed while it was being kept"));
    }

    private Optional<Artifact> verified(ArtifactDigest digest, CommitId commit) throws IOException {
        return releases.read(digest)
                .filter(tree -> tree.digest().equals(digest))
                .map(tree ->
                        new Artifact(
                                digest,
                                commit,
                                releases.folder(digest),
                                tree.bytes(),
                                tree.entries().size()));
    }

    private record Kept(ArtifactDigest digest, String settings) {}

    private Optional<Kept> entry(CommitId commit) throws IOException {
        var text = DurableFiles.read(index(commit));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var lines = text.get().lines().toList();
        if (lines.size() != 3
                || !lines.getFirst().equals(INDEX)
                || !lines.get(1).startsWith("artifact ")
                || !lines.get(2).startsWith("settings ")) {
            throw new IOException("not a build's index: " + index(commit));
        }
        var digest = new ArtifactDigest(lines.get(1).substring("artifact ".length()));
        return Optional.of(new Kept(digest, lines.get(2).substring("settings ".length())));
    }

    private Path index(CommitId commit) {
        return folder.resolve("commits").resolve(commit.sha());
    }

    /** Other build settings make another artifact, so they are part of what is found again. */
    private static String fingerprint(BuildSettings settings) {
        var sha = FileTree.sha256();
        settings.commands()
                .forEach(argv -> sha.update((String.join("\0", argv) + "\n").getBytes(UTF_8)));
        sha.update(("\1" + settings.path()).getBytes(UTF_8));
        sha.update(("\1" + String.join("\0", settings.env())).getBytes(UTF_8));
        return HexFormat.of().formatHex(sha.digest());
    }

    private static List<String> parts(BuildSettings settings) {
        return List.of(settings.path().split("/"));
    }

    private static Built broken(String reason) {
        return new Built.Broken("", reason, "");
    }

    private static String text(IOException failed) {
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }
}
