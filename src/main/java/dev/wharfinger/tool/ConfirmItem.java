package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.ChecklistItem;
import dev.wharfinger.persona.ItemKind;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code confirm_item}: the persona's word for a line that no machine can check. It opens no gate.
 */
final class ConfirmItem implements Tool {
    private final Project project;
    private final Guidance guidance;
    private final TextCheck check;

    ConfirmItem(Project project, Guidance guidance, TextCheck check) {
        this.project = project;
        this.guidance = guidance;
        this.check = check;
    }

    @Override
    public Traits traits() {
        return new Traits("confirm_item", Standing.SHIFT, Nature.RECORDS, Pace.SHORT);
    }

    @Override
    public Outcome run(Turn turn) {
        String asked = turn.arguments().text("item");
        String how = Shown.brief(turn.arguments().text("how"), 500);
        Optional<Refusal> secret = check.secret(how);
        if (secret.isPresent()) {
            return new Outcome.Refused(secret.get());
        }
        Persona persona = turn.caller().persona();
        Optional<ChecklistItem> item = find(persona, asked);
        if (item.isEmpty() || item.get().kind() != ItemKind.STATED) {
            List<String> mine = stated(persona);
            return new Outcome.Refused(
                    Refusal.byYou(
                            RuleId.ARGUMENT_INVALID,
                            item.isEmpty()
                                    ? "`" + asked + "` is no item of " + persona.file() + "."
                                    : "`"
                                            + asked
                                            + "` is checked by the server; nobody's word counts for"
                                            + " it.",
                            mine.isEmpty()
                                    ? "Go on: no item waits for your word."
                                    : "Items that wait for your word: "
                                            + String.join(", ", mine)
                                            + ".",
                            guidance.next(turn).orElseThrow().getFirst()));
        }
        turn.record(new Event.ItemStated(asked, how));
        return project.reply("Stated: " + asked + ".")
                .put("item", asked)
                .put("text", item.get().text())
                .put("how", how)
                .put("stored_as", "stated")
                .next(guidance.next(turn).orElseThrow())
                .done();
    }

    private static Optional<ChecklistItem> find(Persona persona, String id) {
        return Stream.concat(
                        persona.entry().stream()
                                .filter(item -> id.equals("entry." + item.number())),
                        persona.exit().stream().filter(item -> id.equals("exit." + item.number())))
                .findFirst();
    }

    private static List<String> stated(Persona persona) {
        return Stream.concat(
                        persona.entry().stream()
                                .filter(item -> item.kind() == ItemKind.STATED)
                                .map(item -> "entry." + item.number()),
                        persona.exit().stream()
                                .filter(item -> item.kind() == ItemKind.STATED)
                                .map(item -> "exit." + item.number()))
                .toList();
    }
}
