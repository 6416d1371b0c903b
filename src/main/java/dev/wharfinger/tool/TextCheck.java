package dev.wharfinger.tool;

import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.ProtocolKind;
import dev.wharfinger.policy.Writing;
import dev.wharfinger.proof.Claim;
import dev.wharfinger.proof.DangerousContent;
import dev.wharfinger.proof.FoundVersion;
import dev.wharfinger.proof.SecretFinding;
import dev.wharfinger.proof.Secrets;
import dev.wharfinger.proof.VersionClaims;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.TreeFile;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What text an agent writes must not hold: secrets, dangerous settings, versions that nothing in
 * the project shows, paths that nobody listed. Only what the text adds is looked at.
 */
final class TextCheck {
    private static final WorkspacePath WORDS = WorkspacePath.of("note.md");
    private static final int MOST_FILES = 4_000;
    private static final long LARGEST = 256L << 10;
    private final Packages packages;
    private final Sources sources;
    private final Writing writing = new Writing();
    private final Map<CommitId, Set<String>> known = new ConcurrentHashMap<>();

    TextCheck(Packages packages, Sources sources) {
        this.packages = packages;
        this.sources = sources;
    }

    /** Why these bytes may not be written there; empty where they may. */
    List<Refusal> refusals(Turn turn, WorkspacePath path, byte[] content, String before) {
        var refusals = new ArrayList<Refusal>();
        String text = new String(content, StandardCharsets.UTF_8);
        secret(path, content).ifPresent(refusals::add);
        dangerous(path, text, before).ifPresent(refusals::add);
        refusals.addAll(versions(turn, text, before));
        return refusals;
    }

    /** Why these words may not be recorded. */
    List<Refusal> words(Turn turn, String text) {
        var refusals = new ArrayList<Refusal>();
        secret(WORDS, text.getBytes(StandardCharsets.UTF_8)).ifPresent(refusals::add);
        refusals.addAll(versions(turn, text, ""));
        return refusals;
    }

    /** Why these words may not even be journaled; empty where they hold no secret. */
    Optional<Refusal> secret(String text) {
        return secret(WORDS, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Why these paths may not be named: no listing has shown them. */
    List<Refusal> paths(Turn turn, List<String> raw) {
        var refusals = new ArrayList<Refusal>();
        for (String path : raw) {
            Verdict<WorkspacePath> seen =
                    WorkspacePath.parse(path)
                            .then(p ->
                                    writing.maySee(
                                            turn.caller().persona(), turn.shift().sightings(), p));
            if (seen instanceof Verdict.Refused<WorkspacePath>(var no)) {
                refusals.addAll(no);
            }
        }
        return refusals;
    }

    private static Optional<Refusal> secret(WorkspacePath path, byte[] content) {
        List<SecretFinding> found = Secrets.scan(path, content);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Refusal.byYou(
                                RuleId.CONTENT_SECRET,
                                "The text holds a secret: "
                                        + found.getFirst().kind()
                                        + " in line "
                                        + found.getFirst().line()
                                        + ".",
                                "Take it out; name the environment variable instead, and tell the"
                                        + " user that the secret was seen."));
    }

    private static Optional<Refusal> dangerous(WorkspacePath path, String text, String before) {
        Set<String> old =
                new HashSet<>(
                        DangerousContent.in(path, before).stream().map(d -> d.what()).toList());
        return DangerousContent.in(path, text).stream()
                .filter(danger -> !old.contains(danger.what()))
                .findFirst()
                .map(danger ->
                        Refusal.by(
                                Opener.HUMAN,
                                RuleId.CONTENT_DANGEROUS,
                                "Line "
                                        + danger.line()
                                        + " of `"
                                        + path
                                        + "`: "
                                        + danger.what()
                                        + ".",
                                "Write it without that, or tell the user: a person must make this"
                                        + " change."));
    }

    private List<Refusal> versions(Turn turn, String text, String before) {
        Set<String> old =
                new HashSet<>(VersionClaims.in(before).stream().map(Claim::text).toList());
        return VersionClaims.in(text).stream()
                .filter(claim -> !old.contains(claim.text()))
                .filter(claim -> !real(claim))
                .limit(3)
                .map(claim -> unknown(turn, claim))
                .toList();
    }

    private Refusal unknown(Turn turn, Claim claim) {
        Refusal no =
                Refusal.byYou(
                        RuleId.HALLUCINATION_UNKNOWN_VERSION,
                        "Nothing in the project shows `"
                                + claim.text()
                                + "` (line "
                                + claim.line()
                                + ")."
                                + alternatives(claim),
                        "Look the version up, and write the one that is really there.",
                        NextCall.of(
                                "verify_version",
                                "package",
                                claim.name().isEmpty() ? claim.version() : claim.name()));
        return turn.caller()
                .persona()
                .protocol(ProtocolKind.VERSIONS)
                .map(rule -> no.from(rule.source()))
                .orElse(no);
    }

    private String alternatives(Claim claim) {
        if (claim.kind() != Claim.Kind.PACKAGE) {
            return "";
        }
        List<FoundVersion> real = packages.versions(claim.name(), Optional.empty());
        return real.isEmpty()
                ? ""
                : " It is " + real.getFirst().version() + " in " + real.getFirst().file() + ".";
    }

    private boolean real(Claim claim) {
        boolean shown =
                switch (claim.kind()) {
                    case PACKAGE ->
                            packages.versions(claim.name(), Optional.empty()).stream()
                                    .anyMatch(found -> found.version().equals(claim.version()));
                    case GIT_TAG -> tag(claim.version());
                    case IMAGE, ACTION -> false;
                };
        return shown || sources.head().filter(head -> inCommit(head, claim)).isPresent();
    }

    private boolean tag(String version) {
        return sources.head().isPresent() && sources.git().resolve(version).isPresent();
    }

    /** Whether a file of the commit makes the same claim, or it is the commit's own version. */
    private boolean inCommit(CommitId head, Claim claim) {
        return known.computeIfAbsent(head, this::claims).contains(claim.text())
                || sources.versions(head).contains(bare(claim.version()));
    }

    private static String bare(String version) {
        return version.matches("[vV]\\d.*") ? version.substring(1) : version;
    }

    private Set<String> claims(CommitId head) {
        var claims = new HashSet<String>();
        List<TreeFile> files = sources.git().files(head);
        for (TreeFile file : files.subList(0, Math.min(files.size(), MOST_FILES))) {
            if (file.size() <= LARGEST) {
                sources.git()
                        .blob(head, file.path())
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .ifPresent(text ->
                                VersionClaims.in(text).forEach(claim -> claims.add(claim.text())));
            }
        }
        return claims;
    }
}
