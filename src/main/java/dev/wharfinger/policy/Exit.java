package dev.wharfinger.policy;

import dev.wharfinger.persona.ChecklistItem;
import dev.wharfinger.persona.HandoffRow;
import dev.wharfinger.persona.ItemKind;
import dev.wharfinger.persona.StatusWord;
import dev.wharfinger.persona.Topic;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.rule.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a shift ends: which outcomes were observed, what each still owes, and who is next. The matrix
 * of the persona file decides, from what the server saw; {@code blocked} is always there where
 * nothing was deployed.
 */
public final class Exit {
    /** Nothing was deployed, since a gate is closed or a human said no. */
    public static final String BLOCKED = "blocked";

    private static final List<String> NOTES = List.of("risk", "assumption", "issue", "dependency");
    private final Entry entry;

    /** Endings that rest on the same readings as the entry. */
    public Exit(Entry entry) {
        this.entry = entry;
    }

    /** One outcome, whether it was observed, and who would be next. */
    public record Outcome(String slug, boolean observed, String next, Optional<Source> source) {}

    /** How an exit item stands for one outcome. */
    public enum State {
        DONE,
        OPEN,
        /** The server does it itself when the handoff is written. */
        WITH_HANDOFF,
        NOT_APPLICABLE
    }

    /** One line of the exit checklist. */
    public record Item(
            String id,
            String text,
            State state,
            String how,
            Optional<NextCall> next,
            Source source) {}

    /** Leave to end the shift: the next persona's command, and the word for this persona's row. */
    public record Ending(String outcome, String next, Optional<String> command, StatusWord row) {}

    /**
     * Every outcome of the matrix, what was observed and stands in no row of it (a person is next),
     * and {@code blocked}.
     */
    public List<Outcome> outcomes(Facts facts) {
        var outcomes = new ArrayList<Outcome>();
        for (HandoffRow row : facts.persona().handoffs()) {
            if (!row.slug().equals(BLOCKED)) {
                boolean seen = facts.shift().observed().containsKey(row.slug());
                outcomes.add(
                        new Outcome(
                                row.slug(), seen, row.nextCommand(), Optional.of(row.source())));
            }
        }
        facts.shift().observed().sequencedKeySet().stream()
                .filter(slug -> facts.persona().handoff(slug).isEmpty())
                .map(slug -> new Outcome(slug, true, "human", Optional.empty()))
                .forEach(outcomes::add);
        Optional<Source> source = facts.persona().handoff(BLOCKED).map(HandoffRow::source);
        outcomes.add(new Outcome(BLOCKED, mayBlock(facts), blockedNext(facts), source));
        return outcomes;
    }

    private static boolean mayBlock(Facts facts) {
        return !facts.shift().deployed() && facts.deployment().filter(d -> d.running()).isEmpty();
    }

    private static String blockedNext(Facts facts) {
        return facts.shut().stream()
                .findFirst()
                .flatMap(GateState::shut)
                .map(shut -> shut.by() instanceof Opener.Persona(var command) ? command : "human")
                .or(() -> facts.persona().handoff(BLOCKED).map(HandoffRow::nextCommand))
                .orElse("human");
    }

    /**
     * The outcome that the shift should end with as things stand: the last one observed, else
     * blocked.
     */
    public String likeliest(Facts facts) {
        return facts.shift().observed().sequencedKeySet().reversed().stream()
                .findFirst()
                .orElse(BLOCKED);
    }

    /** The exit checklist for this outcome, item by item. */
    public List<Item> items(Facts facts, String outcome) {
        return facts.persona().exit().stream().map(item -> item(facts, item, outcome)).toList();
    }

    private Item item(Facts facts, ChecklistItem item, String outcome) {
        String id = "exit." + item.number();
        boolean shipped = outcome.startsWith("shipped-");
        boolean blocked = outcome.equals(BLOCKED);
        return switch (item.kind()) {
            case QUALITY_GATE -> quality(facts, item, id, outcome);
            case PLAN_DONE ->
                    made(
                            item,
                            id,
                            isSuccess(outcome) ? State.WITH_HANDOFF : State.NOT_APPLICABLE,
                            "the server sets the row to " + row(outcome).text());
            case BRIEFING, SESSION_END, TRIGGER_NEXT, INTEGRITY ->
                    made(item, id, State.WITH_HANDOFF, "the server does it with the handoff");
            case RUNBOOK ->
                    shipped
                            ? made(item, id, State.DONE, "row written by the server")
                            : made(item, id, State.NOT_APPLICABLE, "nothing was shipped");
            case RAID -> noted(facts, item, id, blocked, NOTES, "risk");
            case MEMORY -> noted(facts, item, id, blocked, List.of("memory"), "memory");
            case PROOF ->
                    facts.shift().observed().isEmpty() && !blocked
                            ? open(
                                    item,
                                    id,
                                    Guide.provedGate(facts)
                                            .map(g ->
                                                    NextCall.of("record_proof", "gate", g.value())))
                            : made(
                                    item,
                                    id,
                                    blocked ? State.NOT_APPLICABLE : State.DONE,
                                    "recorded");
            default -> stated(facts, item, id, blocked);
        };
    }

    private static Item quality(Facts facts, ChecklistItem item, String id, String outcome) {
        boolean deploys = facts.deploys();
        return isSuccess(outcome)
                ? made(item, id, State.DONE, deploys ? "every gate was open" : "as proved")
                : made(
                        item,
                        id,
                        State.NOT_APPLICABLE,
                        deploys ? "nothing was shipped" : "nothing was proved");
    }

    private static Item noted(
            Facts facts,
            ChecklistItem item,
            String id,
            boolean blocked,
            List<String> kinds,
            String kind) {
        if (blocked) {
            return made(item, id, State.NOT_APPLICABLE, "nothing was deployed");
        }
        return kinds.stream()
                .filter(facts.shift().notes()::containsKey)
                .findFirst()
                .map(known -> made(item, id, State.DONE, describe(facts, known)))
                .orElseGet(() ->
                        open(
                                item,
                                id,
                                Optional.of(
                                        NextCall.of("record_note", "kind", kind)
                                                .with("text", "Nothing to record.")
                                                .with("none", true))));
    }

    private static String describe(Facts facts, String kind) {
        var note = facts.shift().notes().get(kind);
        return note == null || note.none()
                ? "stated: nothing to record"
                : note.id().orElse("recorded");
    }

    private static Item stated(Facts facts, ChecklistItem item, String id, boolean blocked) {
        String how = facts.shift().stated().get(id);
        if (how != null) {
            return made(item, id, State.DONE, "stated: " + how);
        }
        if (blocked) {
            return made(item, id, State.NOT_APPLICABLE, "nothing was deployed");
        }
        return open(
                item,
                id,
                Optional.of(
                        NextCall.of("confirm_item", "item", id)
                                .with("how", "(say how it was done)")));
    }

    private static Item made(ChecklistItem item, String id, State state, String how) {
        return new Item(id, item.text(), state, how, Optional.empty(), item.source());
    }

    private static Item open(ChecklistItem item, String id, Optional<NextCall> next) {
        return new Item(id, item.text(), State.OPEN, "open", next, item.source());
    }

    /** Whether the shift may end with this outcome. */
    public Verdict<Ending> mayEnd(Facts facts, String outcome) {
        Optional<Outcome> asked =
                outcomes(facts).stream().filter(o -> o.slug().equals(outcome)).findFirst();
        if (asked.isEmpty() || !asked.get().observed()) {
            return Verdict.refused(notObserved(facts, outcome, asked));
        }
        var no = new ArrayList<Refusal>();
        var readings = facts.readings();
        entry.ledger(
                        facts,
                        readings.planPath(),
                        readings.plan(),
                        ItemKind.READ_PLAN,
                        NextCall.of("read_plan"))
                .ifPresent(no::add);
        entry.ledger(
                        facts,
                        readings.handoffPath(),
                        readings.handoff(),
                        ItemKind.READ_HANDOFF,
                        Guide.view(readings.handoffPath()))
                .ifPresent(no::add);
        for (Item item : items(facts, outcome)) {
            if (item.state() == State.OPEN) {
                no.add(
                        Refusal.byYou(
                                        RuleId.EXIT_INCOMPLETE,
                                        "`" + item.id() + "` is open: " + item.text(),
                                        "Do it, or say with `none: true` that there is nothing to"
                                                + " record.",
                                        item.next().stream().toArray(NextCall[]::new))
                                .from(item.source()));
            }
        }
        if (!no.isEmpty()) {
            return Verdict.refused(no);
        }
        Optional<String> command = facts.persona().handoff(outcome).map(HandoffRow::command);
        return Verdict.granted(new Ending(outcome, asked.get().next(), command, row(outcome)));
    }

    private Refusal notObserved(Facts facts, String outcome, Optional<Outcome> asked) {
        String likeliest = likeliest(facts);
        String reason =
                asked.isPresent()
                        ? "`" + outcome + "` was not observed in this shift."
                        : "`"
                                + outcome
                                + "` is no outcome of "
                                + facts.persona().name().command()
                                + ".";
        List<String> open =
                outcomes(facts).stream().filter(Outcome::observed).map(Outcome::slug).toList();
        if (open.isEmpty()) {
            return Refusal.byYou(
                    RuleId.HANDOFF_NOT_OBSERVED,
                    reason,
                    "A deployment is still running: wait for its end.",
                    NextCall.of("shift_status", "wait_s", 20));
        }
        return new Refusal(
                RuleId.HANDOFF_NOT_OBSERVED,
                reason + " Observed: " + String.join(", ", open) + ".",
                "Hand over with what was observed.",
                Opener.YOU,
                List.of(Guide.handoff(likeliest, "Ended as " + likeliest + ".")),
                facts.persona().source(Topic.HANDOFFS));
    }

    /** Whether the work that the persona is there for succeeded. */
    public static boolean isSuccess(String outcome) {
        return row(outcome) == StatusWord.DONE || row(outcome) == StatusWord.ACTIVE;
    }

    /** What PLAN.md says of the persona after this outcome. */
    static StatusWord row(String outcome) {
        return switch (outcome) {
            case BLOCKED -> StatusWord.IDLE;
            case "shipped-staging" -> StatusWord.ACTIVE;
            case "rollback-active" -> StatusWord.ROLLBACK;
            case "config-issue", "build-broken", "infra-failure" -> StatusWord.FAILED;
            default -> Proving.isFailure(outcome) ? StatusWord.FAILED : StatusWord.DONE;
        };
    }
}
