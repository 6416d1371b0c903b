package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.proof.FoundVersion;
import dev.wharfinger.shift.Event;

import java.util.List;
import java.util.Optional;

/** {@code verify_version}: what manifests and lockfiles really say about a package. */
final class VerifyVersion implements Tool {
    private static final int MOST = 20;
    private final Project project;
    private final Packages packages;
    private final Guidance guidance;

    VerifyVersion(Project project, Packages packages, Guidance guidance) {
        this.project = project;
        this.packages = packages;
        this.guidance = guidance;
    }

    @Override
    public Traits traits() {
        return new Traits("verify_version", Standing.SHIFT_OR_NONE, Nature.RECORDS, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        String name = turn.arguments().text("package");
        Optional<String> asked = turn.arguments().maybeText("version");
        List<FoundVersion> found = packages.versions(name, turn.arguments().maybeText("ecosystem"));
        boolean matches =
                asked.filter(v -> found.stream().anyMatch(f -> f.version().equals(v))).isPresent();
        turn.saw(
                new Event.VersionVerified(
                        name, asked, asked.isPresent() ? matches : !found.isEmpty()));
        String verdict =
                found.isEmpty()
                        ? "NOT FOUND: no manifest and no lockfile names `"
                                + name
                                + "`. Do not write a version of it down."
                        : asked.isPresent() && !matches
                                ? "NO: `"
                                        + name
                                        + "` is not "
                                        + asked.get()
                                        + " here; it is "
                                        + found.getFirst().version()
                                        + "."
                                : "`"
                                        + name
                                        + "` is "
                                        + found.getFirst().version()
                                        + " ("
                                        + found.getFirst().file()
                                        + ").";
        Reply reply = project.reply(verdict).put("found", !found.isEmpty());
        asked.ifPresent(_ -> reply.put("matches", matches));
        var list = reply.list("versions");
        for (FoundVersion one : found.stream().limit(MOST).toList()) {
            list.addObject()
                    .put("ecosystem", one.ecosystem())
                    .put("name", one.name())
                    .put("version", one.version())
                    .put("file", one.file().toString())
                    .put("line", one.line())
                    .put("purl", one.purl())
                    .put("locked", one.locked());
            reply.line(
                    one.file()
                            + ":"
                            + one.line()
                            + " "
                            + one.name()
                            + " "
                            + one.version()
                            + (one.locked() ? " (locked)" : ""));
        }
        guidance.next(turn).ifPresent(reply::next);
        return reply.done();
    }
}
