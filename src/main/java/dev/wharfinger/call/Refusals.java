package dev.wharfinger.call;

import dev.wharfinger.journal.Digest;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.JsonTree;
import dev.wharfinger.shift.ShiftId;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Writes refusals into the journal and into answers. Identical ones are counted; from the second in
 * a second on they are only counted, so that a looping agent cannot fill the log; the third says
 * STOP.
 */
public final class Refusals {
    private static final int LOUD = 3;
    private static final int MOST_COUNTED = 10_000;
    private final Recorder recorder;
    private final InstantSource clock;
    private final Map<String, Counted> counts = new ConcurrentHashMap<>();

    private record Counted(int seen, Instant written) {}

    /** Refusals that are written with this recorder. */
    public Refusals(Recorder recorder, InstantSource clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    /** The answer to a refused call, journaled. */
    Answer answer(Caller caller, Optional<ShiftId> shift, ToolCall call, List<Refusal> no) {
        String key = key(caller, shift, call, no);
        int before =
                shift.flatMap(id -> recorder.state().shift(id))
                        .map(s -> s.refusals().getOrDefault(key, 0))
                        .orElse(0);
        if (counts.size() > MOST_COUNTED) {
            counts.clear();
        }
        Instant now = clock.instant();
        Counted counted =
                counts.compute(
                        key,
                        (_, known) ->
                                known == null
                                        ? new Counted(before + 1, Instant.MIN)
                                        : new Counted(known.seen() + 1, known.written()));
        long durable = 0;
        if (counted.written().isBefore(now.minus(Duration.ofSeconds(1)))) {
            counts.put(key, new Counted(counted.seen(), now));
            List<String> rules =
                    no.stream().map(refusal -> refusal.rule().id()).distinct().toList();
            var event =
                    new Event.CallRefused(
                            call.tool(), rules, key, counted.seen(), brief(no.getFirst().reason()));
            durable =
                    1
                            + recorder.record(
                                    caller.principal(),
                                    Optional.of(caller.persona().name()),
                                    shift,
                                    event);
        }
        return new Answer(
                new Outcome.Refused(no),
                text(no, counted.seen()),
                structured(no, counted.seen()),
                true,
                durable);
    }

    /** The answer while the journal takes nothing: nothing was changed, and nothing was written. */
    Answer stopped(String why) {
        Refusal no =
                Refusal.by(
                        Opener.HUMAN,
                        RuleId.JOURNAL_STOPPED,
                        "The journal cannot be written: " + why + ".",
                        "Tell the user: nothing more can be changed until a person has looked at"
                                + " the server's disk and started it again.");
        return new Answer(
                new Outcome.Refused(no), text(List.of(no), 1), structured(List.of(no), 1), true, 0);
    }

    /** The answer to a call that the disk or the network failed. */
    Answer world(String tool, String reason) {
        var failed =
                new Outcome.Failed(
                        tool,
                        reason,
                        "Tell the user: the server's disk or a target failed. Calling again is"
                                + " safe.",
                        JsonTree.object());
        return plain(failed, recorder.state().size());
    }

    /** The answer to a call that met a bug. */
    Answer incident(String id) {
        var outcome = new Outcome.Incident(id);
        var node = JsonTree.object().put("incident", id);
        String text =
                "BUG. Something broke inside Wharfinger (incident "
                        + id
                        + "). Tell the user; do not repeat the call.";
        return new Answer(outcome, text, node, true, recorder.state().size());
    }

    /** The answer to a call that was not refused. */
    Answer plain(Outcome outcome, long durableUpTo) {
        if (outcome instanceof Outcome.Done(var text, var structured, _)) {
            return new Answer(outcome, text, structured, false, durableUpTo);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed(failed, durableUpTo);
        }
        if (outcome instanceof Outcome.Incident(var id)) {
            return incident(id);
        }
        List<Refusal> no = ((Outcome.Refused) outcome).refusals();
        return new Answer(outcome, text(no, 1), structured(no, 1), true, durableUpTo);
    }

    private static Answer failed(Outcome.Failed failed, long durableUpTo) {
        String found = "FAILED at " + failed.step() + ": " + failed.reason();
        String text =
                found.length() <= FirstLine.MOST
                        ? found + "\nRemedy: " + failed.remedy()
                        : FirstLine.of("FAILED at " + failed.step() + ": " + failed.remedy())
                                + "\nfound: "
                                + failed.reason();
        ObjectNode node = JsonTree.object();
        node.putObject("failed")
                .put("step", failed.step())
                .put("reason", failed.reason())
                .put("remedy", failed.remedy());
        node.setAll(failed.structured());
        return new Answer(failed, text, node, true, durableUpTo);
    }

    private String key(Caller caller, Optional<ShiftId> shift, ToolCall call, List<Refusal> no) {
        String rules =
                no.stream().map(refusal -> refusal.rule().id()).collect(Collectors.joining(","));
        String whole =
                shift.map(ShiftId::value)
                                .orElse(caller.principal().value() + caller.persona().name())
                        + call.tool()
                        + rules
                        + call.arguments();
        return Digest.ofLeaf(whole.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    }

    private static String text(List<Refusal> no, int seen) {
        var text = new StringBuilder();
        if (seen >= LOUD) {
            String stop = "STOP: the same call was refused " + seen + " times. ";
            text.append(
                            FirstLine.of(
                                    stop
                                            + "Do not repeat it; tell the user: "
                                            + no.getFirst().remedy()))
                    .append('\n');
        }
        no.forEach(refusal -> text.append(said(refusal)).append('\n'));
        List<NextCall> next = no.getFirst().next();
        if (!next.isEmpty()) {
            text.append("next: ")
                    .append(next.stream().map(NextCall::tool).collect(Collectors.joining(", ")));
        }
        return text.toString().strip();
    }

    /** What was found, then what to do; where both are too long for a line, what to do is first. */
    private static String said(Refusal no) {
        String head = "REFUSED " + no.rule().id() + " (by: " + no.by().text() + "): ";
        String source = no.source().map(where -> " [" + where + "]").orElse("");
        String whole = head + no.reason() + " → " + no.remedy() + source;
        return whole.length() <= FirstLine.MOST
                ? whole
                : FirstLine.of(head + no.remedy()) + "\nfound: " + no.reason() + source;
    }

    private ObjectNode structured(List<Refusal> no, int seen) {
        ObjectNode node = JsonTree.object();
        ArrayNode refused = node.putArray("refused");
        for (Refusal refusal : no) {
            ObjectNode one =
                    refused.addObject()
                            .put("rule", refusal.rule().id())
                            .put("reason", refusal.reason())
                            .put("remedy", refusal.remedy())
                            .put("by", refusal.by().text());
            ArrayNode next = one.putArray("next");
            refusal.next().forEach(call -> next.add(Calls.node(call)));
            refusal.source().map(Source::toString).ifPresent(source -> one.put("source", source));
            refusal.notBefore().ifPresent(time -> one.put("not_before", time.toString()));
            one.put("seen", seen);
        }
        return node;
    }

    private static String brief(String reason) {
        return reason.length() <= 500 ? reason : reason.substring(0, 500);
    }
}
