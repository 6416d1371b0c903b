package dev.wharfinger.shift;

import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The members of one entry, read strictly: a missing or mistyped member names itself. */
record EventFields(JsonNode node) {
    /** The entry type of an event, {@code shift.begun} for {@link Event.ShiftBegun}. */
    static String type(Event event) {
        return switch (event) {
            case Event.KeeperStarted _ -> "keeper.started";
            case Event.JournalCut _ -> "journal.cut";
            case Event.DiskFull _ -> "journal.disk-full";
            case Event.PolicyAccepted _ -> "policy.accepted";
            case Event.ShiftBegun _ -> "shift.begun";
            case Event.ShiftResumed _ -> "shift.resumed";
            case Event.PathsListed _ -> "path.listed";
            case Event.FileRead _ -> "file.read";
            case Event.CallRefused _ -> "call.refused";
            case Event.FileIntended _ -> "file.intended";
            case Event.FileWritten _ -> "file.written";
            case Event.CommitIntended _ -> "commit.intended";
            case Event.CommitMade _ -> "commit.made";
            case Event.IntentDropped _ -> "intent.dropped";
            case Event.NoteRecorded _ -> "note.recorded";
            case Event.ItemStated _ -> "item.stated";
            case Event.ScopeChecked _ -> "scope.checked";
            case Event.VersionVerified _ -> "version.verified";
            case Event.ProofRecorded _ -> "proof.recorded";
            case Event.StatusMoved _ -> "status.moved";
            case Event.ArtifactBuilt _ -> "artifact.built";
            case Event.PlanMade _ -> "plan.made";
            case Event.DeployStarted _ -> "deploy.started";
            case Event.DeployStep _ -> "deploy.step";
            case Event.DeployFinished _ -> "deploy.finished";
            case Event.SmokeRan _ -> "smoke.ran";
            case Event.PhaseDone _ -> "phase.done";
            case Event.OutcomeObserved _ -> "outcome.observed";
            case Event.ShiftEnded _ -> "shift.ended";
            case PeopleEvent.DecisionAsked _ -> "decision.asked";
            case PeopleEvent.DecisionMade _ -> "decision.made";
            case PeopleEvent.DecisionSpent _ -> "decision.spent";
            case PeopleEvent.ReturnStarted _ -> "return.started";
            case PeopleEvent.ReturnFinished _ -> "return.finished";
            case PeopleEvent.ForeignSeen _ -> "foreign.seen";
        };
    }

    String text(String name) {
        return maybe(name).orElseThrow(() -> wrong(name, "text"));
    }

    Optional<String> maybe(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrong(name, "text");
        }
        return Optional.of(value.asString());
    }

    boolean has(String name) {
        return node.has(name);
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.asBoolean();
    }

    long number(String name) {
        return maybeNumber(name).orElseThrow(() -> wrong(name, "a whole number"));
    }

    int count(String name) {
        return Math.toIntExact(number(name));
    }

    OptionalLong maybeNumber(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return OptionalLong.of(value.asLong());
    }

    List<String> texts(String name) {
        return list(
                name,
                item -> {
                    if (!item.isString()) {
                        throw wrong(name, "a list of text");
                    }
                    return item.asString();
                });
    }

    /** The same; none where the member is missing, as in entries of early versions. */
    List<String> maybeTexts(String name) {
        return has(name) ? texts(name) : List.of();
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    List<EventFields> objects(String name) {
        return list(name, EventFields::new);
    }

    EventFields object(String name) {
        return maybeObject(name).orElseThrow(() -> wrong(name, "an object"));
    }

    Optional<EventFields> maybeObject(String name) {
        JsonNode value = node.path(name);
        return value.isObject() ? Optional.of(new EventFields(value)) : Optional.empty();
    }

    WorkspacePath path(String name) {
        return WorkspacePath.of(text(name));
    }

    List<WorkspacePath> paths(String name) {
        return texts(name).stream().map(WorkspacePath::of).toList();
    }

    ContentHash hash(String name) {
        return new ContentHash(text(name));
    }

    Optional<ContentHash> maybeHash(String name) {
        return maybe(name).map(ContentHash::new);
    }

    CommitId commit(String name) {
        return new CommitId(text(name));
    }

    private <T> List<T> list(String name, Function<JsonNode, T> read) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        var items = new ArrayList<T>();
        value.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("`" + name + "` is not " + expected);
    }
}
