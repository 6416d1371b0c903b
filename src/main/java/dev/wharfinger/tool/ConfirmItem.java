package dev.wharfinger.tool;

import dev.wharfinger.call.Outcome;
import dev.wharfinger.call.Tool;
import dev.wharfinger.call.Turn;
import dev.wharfinger.persona.NamedLine;
import dev.wharfinger.persona.Persona;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.Event;

import java.util.List;
import java.util.Optional;

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
        return new Traits("confirm_item", Standing.SHIFT, Nature.CHANGES, Pace.SHORT);
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
        List<NamedLine> lines = NamedLine.of(persona);
        Optional<NamedLine> item =
                lines.stream().filter(line -> line.name().equals(asked)).findFirst();
        if (item.isEmpty() || !item.get().stated()) {
            List<String> mine =
                    lines.stream().filter(NamedLine::stated).map(NamedLine::name).toList();
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
}
