package dev.wharfinger.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The layout of a local target: {@code releases/DIGEST/}, {@code receipts/DIGEST}, the link {@code
 * current}, {@code logs/}, and the files {@code fence}, {@code service} and {@code reserve}.
 */
final class TargetFolder {
    private static final String RELEASES = "releases";
    private static final int MOST_LOGS = 10;

    private final Path dir;
    private final ReleaseStore releases;

    TargetFolder(Path dir) {
        this.dir = dir;
        this.releases = new ReleaseStore(dir.resolve(RELEASES));
    }

    Path dir() {
        return dir;
    }

    Path logs() {
        return dir.resolve("logs");
    }

    ReleaseStore releases() {
        return releases;
    }

    void make() throws IOException {
        for (var folder : List.of(RELEASES, "receipts", "logs")) {
            DurableFiles.makeFolder(dir.resolve(folder));
        }
    }

    /** Room for the way back, on the day on which this disk is full. */
    DiskReserve reserve() {
        return new DiskReserve(dir.resolve("reserve"));
    }

    /** Where the release lies without any link on the way: what {@code /proc} shows. */
    Path realFolder(ArtifactDigest digest) throws IOException {
        return releases.folder(digest).toRealPath();
    }

    Current current() throws IOException {
        var link = link();
        if (Files.isSymbolicLink(link)) {
            var target = Files.readSymbolicLink(link);
            var name = String.valueOf(target.getFileName());
            return Path.of(RELEASES, name).equals(target) && name.matches("[0-9a-f]{64}")
                    ? new Current.At(new ArtifactDigest(name))
                    : new Current.Strange("a link to " + target);
        }
        return Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                ? new Current.Strange("no link")
                : new Current.None();
    }

    /** Makes the release current; there is no moment in which {@code current} leads nowhere. */
    void makeCurrent(Release release, long fence) throws IOException {
        if (!Files.isDirectory(releases.folder(release.artifact()), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the release is not here: " + release);
        }
        note(release, fence);
        DurableFiles.link(link(), Path.of(RELEASES, release.artifact().hex()));
    }

    void removeCurrent() throws IOException {
        DurableFiles.delete(link());
    }

    /** Notes that the release is here, and how new it is. */
    void note(Release release, long fence) throws IOException {
        DurableFiles.write(receipt(release.artifact()), new Receipt(release, fence).text());
    }

    Optional<Receipt> receiptOf(ArtifactDigest digest) throws IOException {
        var text = DurableFiles.read(receipt(digest));
        return text.isPresent() ? Optional.of(Receipt.parse(text.get())) : Optional.empty();
    }

    /** Every release that is here, the newest first. */
    List<Receipt> receipts() throws IOException {
        var found = new ArrayList<Receipt>();
        for (var digest : releases.all()) {
            receiptOf(digest).ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong(Receipt::fence).reversed());
        return found;
    }

    /**
     * Deletes the oldest releases until so many are left; the current one and those to keep stay
     * whatever their age.
     *
     * @return how many were deleted
     */
    int keep(int newest, List<ArtifactDigest> always) throws IOException {
        releases.sweep();
        var stay = new LinkedHashSet<>(always);
        if (current() instanceof Current.At(var digest)) {
            stay.add(digest);
        }
        for (var receipt : receipts()) {
            if (stay.size() < newest) {
                stay.add(receipt.release().artifact());
            }
        }
        int gone = 0;
        for (var digest : releases.all()) {
            if (!stay.contains(digest)) {
                releases.remove(digest);
                DurableFiles.delete(receipt(digest));
                gone++;
            }
        }
        keepLogs();
        return gone;
    }

    private void keepLogs() throws IOException {
        var logs = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(logs(), "*.log")) {
            entries.forEach(logs::add);
        }
        // The file's time, since a service may still write to it long after its deployment.
        logs.sort(Comparator.comparing(log -> log.toFile().lastModified()));
        for (var old : logs.subList(0, Math.max(0, logs.size() - MOST_LOGS))) {
            Files.delete(old);
        }
    }

    private Path link() {
        return dir.resolve("current");
    }

    private Path receipt(ArtifactDigest digest) {
        return dir.resolve("receipts").resolve(digest.hex());
    }
}
