package dev.wharfinger.policy;

import dev.wharfinger.persona.ChecklistItem;
import dev.wharfinger.persona.ItemKind;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entry checklist: what a shift must have done before it may act, item by item. */
public final class Entry {
    /** One checklist line and how it stands. */
    public record Item(String id, String text, boolean done, String how, Source source) {}

    /** Every item of the entry checklist, in its order. */
    public List<Item> items(Facts facts) {
        var items = new ArrayList<Item>();
        for (ChecklistItem item : facts.persona().entry()) {
            String id = "entry." + item.number();
            Optional<String> done = done(facts, item, id);
            items.add(
                    new Item(
                            id, item.text(), done.isPresent(), done.orElse("open"), item.source()));
        }
        return items;
    }

    private Optional<String> done(Facts facts, ChecklistItem item, String id) {
        return switch (item.kind()) {
            case READ_PLAN -> read(facts.readings().plan());
            case READ_HANDOFF -> read(facts.readings().handoff());
            case LOAD_SKILL -> read(facts.readings().skill());
            case ENVIRONMENT ->
                    facts.environment()
                            .or(() -> facts.shift().beginning().environment())
                            .map(name -> "environment " + name);
            case SESSION_START, ANNOUNCE -> Optional.of("done by begin_shift");
            case CI ->
                    facts.gates().stream()
                            .filter(gate -> gate.id().equals(GateId.CI) && gate.passable())
                            .map(GateState::why)
                            .findFirst();
            case PROOF ->
                    facts.shift().observed().isEmpty()
                            ? Optional.empty()
                            : Optional.of("proof recorded");
            case READ_FILE ->
                    item.files().stream()
                                    .allMatch(path ->
                                            facts.shift().sightings().reads().containsKey(path))
                            ? Optional.of("read")
                            : Optional.empty();
            default ->
                    Optional.ofNullable(facts.shift().stated().get(id))
                            .map(how -> "stated: " + how);
        };
    }

    private static Optional<String> read(Reading reading) {
        return switch (reading) {
            case FRESH -> Optional.of("read");
            case ABSENT -> Optional.of("there is none");
            case STALE, LISTED, UNSEEN -> Optional.empty();
        };
    }

    /**
     * Why this shift may not act yet; empty where PLAN.md, the handoff notes and the skill are
     * read.
     */
    public List<Refusal> missing(Facts facts) {
        var missing = new ArrayList<Refusal>();
        var readings = facts.readings();
        ledger(
                        facts,
                        readings.planPath(),
                        readings.plan(),
                        ItemKind.READ_PLAN,
                        NextCall.of("read_plan"))
                .ifPresent(missing::add);
        readings.skillPath()
                .filter(_ -> !readings.skill().done())
                .ifPresent(path -> missing.add(skill(facts, path)));
        ledger(
                        facts,
                        readings.handoffPath(),
                        readings.handoff(),
                        ItemKind.READ_HANDOFF,
                        Guide.view(readings.handoffPath()))
                .ifPresent(missing::add);
        return missing;
    }

    /** Why an action may not rest on one ledger file; empty where it was read and still stands. */
    Optional<Refusal> ledger(
            Facts facts, WorkspacePath path, Reading reading, ItemKind kind, NextCall next) {
        if (reading.done()) {
            return Optional.empty();
        }
        Refusal no =
                reading == Reading.STALE
                        ? Refusal.byYou(
                                RuleId.HALLUCINATION_STALE_READ,
                                "`" + path + "` has changed since this shift read it.",
                                "Read it again.",
                                next)
                        : Refusal.byYou(
                                RuleId.HALLUCINATION_UNREAD_LEDGER,
                                "This shift has not read `" + path + "`.",
                                "Read it first.",
                                next);
        return Optional.of(
                facts.persona().entryItem(kind).map(item -> no.from(item.source())).orElse(no));
    }

    private Refusal skill(Facts facts, WorkspacePath path) {
        Refusal no =
                Refusal.byYou(
                        RuleId.ENTRY_INCOMPLETE,
                        "The skill `" + path + "` is not loaded.",
                        "Read it: the phases rest on its sections.",
                        Guide.view(path));
        return facts.persona()
                .entryItem(ItemKind.LOAD_SKILL)
                .map(item -> no.from(item.source()))
                .orElse(no);
    }
}
