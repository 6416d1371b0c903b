package dev.wharfinger.policy;

import dev.wharfinger.persona.Lane;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.ProtocolKind;
import dev.wharfinger.persona.Topic;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;
import dev.wharfinger.workspace.WriteGrant;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who may see and who may write which path. Alone here a {@link WriteGrant} is made. */
public final class Writing {
    private static final List<String> EXAMPLES =
            List.of(".env.example", ".env.sample", ".env.template");

    /**
     * Whether a shift may read a path. The answer for a path that was never listed is the same
     * whether or not it exists.
     */
    public Verdict<WorkspacePath> maySee(Persona persona, Sightings seen, WorkspacePath path) {
        if (mayRead(path) instanceof Verdict.Refused<WorkspacePath> no) {
            return no;
        }
        if (seen.knows(path)) {
            return Verdict.granted(path);
        }
        Refusal no =
                Refusal.byYou(
                        RuleId.HALLUCINATION_UNLISTED_PATH,
                        "No listing has shown `" + path + "` to this shift.",
                        "List the folder that should hold it.",
                        list(nearestKnown(seen, path)));
        return Verdict.refused(
                persona.protocol(ProtocolKind.LISTED_FILES)
                        .map(rule -> no.from(rule.source()))
                        .orElse(no));
    }

    /** Whether anybody may read a file of that name: files for secrets are for nobody. */
    public Verdict<WorkspacePath> mayRead(WorkspacePath path) {
        if (holdsSecrets(path)) {
            return Verdict.refused(
                    Refusal.by(
                            Opener.HUMAN,
                            RuleId.LANE_FORBIDDEN,
                            "`" + path + "` is a file for secrets; no persona reads it.",
                            "Name the variable instead; the gate `variables` tells whether it is"
                                    + " set."));
        }
        return Verdict.granted(path);
    }

    /** Whether a file of that name is where people keep secrets. */
    static boolean holdsSecrets(WorkspacePath path) {
        String name = path.name().toLowerCase(Locale.ROOT);
        boolean environment =
                name.equals(".env") || (name.startsWith(".env.") && !EXAMPLES.contains(name));
        boolean key = name.endsWith(".pem") || name.endsWith(".p12") || name.endsWith(".jks");
        return environment || key || name.startsWith("id_rsa") || name.startsWith("id_ed25519");
    }

    private static WorkspacePath nearestKnown(Sightings seen, WorkspacePath path) {
        Optional<WorkspacePath> folder = path.parent();
        while (folder.isPresent() && !seen.knows(folder.get())) {
            folder = folder.get().parent();
        }
        return folder.orElse(WorkspacePath.ROOT);
    }

    private static NextCall list(WorkspacePath folder) {
        return NextCall.of("list_dir", "path", folder.toString());
    }

    /**
     * What a write is about.
     *
     * @param existing the content that stands there now; empty for a new file
     * @param expected what the caller believes to stand there
     * @param openedFolder the nearest existing folder of a new file
     * @param lane what people said to writing this path in this shift
     */
    public record Attempt(
            WorkspacePath path,
            ContentHash content,
            Optional<ContentHash> existing,
            Optional<ContentHash> expected,
            WorkspacePath openedFolder,
            boolean forbidden,
            boolean statusesKept,
            Optional<DecidedGrant> lane) {}

    /** Whether these bytes may be written there. */
    public Verdict<WriteGrant> mayWrite(Persona persona, Sightings seen, Attempt attempt) {
        Optional<Refusal> no =
                lane(persona, attempt)
                        .or(() -> freshness(persona, seen, attempt))
                        .or(() -> statuses(persona, attempt));
        return no.<Verdict<WriteGrant>>map(Verdict::refused)
                .orElseGet(() ->
                        Verdict.granted(
                                new WriteGrant(
                                        attempt.path(), attempt.content(), attempt.existing())));
    }

    private Optional<Refusal> lane(Persona persona, Attempt attempt) {
        WorkspacePath path = attempt.path();
        if (attempt.forbidden()) {
            return Optional.of(
                    Refusal.by(
                            Opener.HUMAN,
                            RuleId.LANE_FORBIDDEN,
                            "`" + path + "` is written by people alone.",
                            "Tell the user what should change there and why."));
        }
        Optional<Lane> lane = persona.laneOf(path);
        if (lane.filter(l -> l.mode().mayWrite()).isPresent() || attempt.lane().isPresent()) {
            return Optional.empty();
        }
        boolean reader = lane.isPresent();
        Optional<Source> source = lane.map(Lane::source).or(() -> persona.source(Topic.LANES));
        return Optional.of(
                new Refusal(
                        reader ? RuleId.LANE_READER_ONLY : RuleId.LANE_OUTSIDE,
                        "`"
                                + path
                                + "` is "
                                + (reader ? "only for reading" : "in no lane")
                                + " of "
                                + persona.name().command()
                                + ".",
                        "Leave it as it is, and name it in the handoff for the persona whose file"
                                + " it is; or ask a person for it with request_lane.",
                        Opener.HUMAN,
                        List.of(
                                NextCall.of("shift_status"),
                                NextCall.of("request_lane", "path", path.toString())
                                        .with("reason", "(say why)")),
                        source));
    }

    /**
     * Whether people may be asked to let this persona write there: never what nobody but people
     * writes, and nothing that the shift has not seen.
     */
    public Verdict<WorkspacePath> mayRequest(Persona persona, Sightings seen, Attempt attempt) {
        boolean inLane =
                persona.laneOf(attempt.path()).filter(l -> l.mode().mayWrite()).isPresent();
        if (attempt.forbidden()) {
            return Verdict.refused(lane(persona, attempt).orElseThrow());
        }
        if (holdsSecrets(attempt.path())) {
            return mayRead(attempt.path());
        }
        if (inLane) {
            return Verdict.granted(attempt.path());
        }
        boolean known = seen.knows(attempt.path()) || seen.hasOpened(attempt.openedFolder());
        return known ? Verdict.granted(attempt.path()) : maySee(persona, seen, attempt.path());
    }

    private Optional<Refusal> freshness(Persona persona, Sightings seen, Attempt attempt) {
        WorkspacePath path = attempt.path();
        if (attempt.existing().isEmpty()) {
            return seen.hasOpened(attempt.openedFolder())
                    ? Optional.empty()
                    : Optional.of(
                            Refusal.byYou(
                                    RuleId.HALLUCINATION_UNLISTED_PATH,
                                    "`"
                                            + path
                                            + "` would be new, and `"
                                            + attempt.openedFolder()
                                            + "` was not listed in this shift.",
                                    "List that folder first.",
                                    list(attempt.openedFolder())));
        }
        if (maySee(persona, seen, path) instanceof Verdict.Refused<WorkspacePath>(var refusals)) {
            return Optional.of(refusals.getFirst());
        }
        ContentHash now = attempt.existing().get();
        if (!seen.of(path).isFresh(now, Optional.empty())
                || attempt.expected().filter(now::equals).isEmpty()) {
            return Optional.of(
                    Refusal.byYou(
                            RuleId.HALLUCINATION_STALE_READ,
                            attempt.expected().isEmpty()
                                    ? "`"
                                            + path
                                            + "` exists: `if_sha256` must say what it replaces."
                                    : "`" + path + "` is not what this shift read.",
                            "Read it, and send its `sha256` as `if_sha256`.",
                            Guide.view(path)));
        }
        return Optional.empty();
    }

    private Optional<Refusal> statuses(Persona persona, Attempt attempt) {
        if (attempt.statusesKept()) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        RuleId.LANE_READER_ONLY,
                        "The status cells of `"
                                + attempt.path()
                                + "` are moved by the server alone.",
                        "Leave them as they are: record_proof, deploy and write_handoff move them.",
                        Opener.YOU,
                        List.of(NextCall.of("shift_status")),
                        persona.source(Topic.STATUSES)));
    }

    /**
     * Leave for the server itself to keep a ledger file: rows that its own tools write, never text
     * at a path that a caller chose.
     */
    public WriteGrant ledger(
            WorkspacePath path, ContentHash content, Optional<ContentHash> existing) {
        return new WriteGrant(path, content, existing);
    }
}
