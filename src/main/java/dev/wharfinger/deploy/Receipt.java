package dev.wharfinger.deploy;

import dev.wharfinger.workspace.CommitId;

import java.io.IOException;

/**
 * What a target keeps of a release beside its bytes.
 *
 * @param fence the fence under which the release was last staged or made current: later is newer
 */
public record Receipt(Release release, long fence) {
    private static final String HEAD = "wharf-receipt v1";

    String text() {
        return "%s\nartifact %s\nversion %s\ncommit %s\nfence %d\n"
                .formatted(HEAD, release.artifact(), release.version(), release.commit(), fence);
    }

    static Receipt parse(String text) throws IOException {
        var lines = text.lines().toList();
        if (lines.size() != 5 || !lines.getFirst().equals(HEAD)) {
            throw new IOException("not a receipt: " + SmokeTests.shown(text));
        }
        try {
            var release =
                    new Release(
                            new ArtifactDigest(value(lines.get(1), "artifact ")),
                            value(lines.get(2), "version "),
                            new CommitId(value(lines.get(3), "commit ")));
            return new Receipt(release, Long.parseLong(value(lines.get(4), "fence ")));
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("not a receipt: " + unreadable.getMessage(), unreadable);
        }
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("no " + name.strip());
        }
        return line.substring(name.length());
    }
}
