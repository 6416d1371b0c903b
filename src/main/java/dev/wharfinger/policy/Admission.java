package dev.wharfinger.policy;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.shift.ShiftState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may call at all: the first decision about every call, before its tool sees it. */
public final class Admission {
    /** The refusal for a tool that would be this persona's, on a server that only reads. */
    public Refusal readOnly(String tool) {
        return Refusal.by(
                Opener.HUMAN,
                RuleId.MODE_READ_ONLY,
                "`" + tool + "` is not offered: this server was started with --read-only.",
                "Tell the user that a person must start it without --read-only.");
    }

    /**
     * The refusal for a tool that this persona does not have.
     *
     * @param owners the personas that the tool was made for; empty where it is for many
     */
    public Refusal notYours(Persona persona, String tool, List<PersonaName> owners) {
        List<String> commands = owners.stream().map(PersonaName::command).toList();
        Opener by = commands.isEmpty() ? Opener.HUMAN : new Opener.Persona(commands.getFirst());
        return new Refusal(
                RuleId.TOOL_NOT_YOURS,
                "`"
                        + tool
                        + "` is not a tool of "
                        + persona.name().command()
                        + (commands.isEmpty() ? "." : "; it is for " + any(commands) + "."),
                "Use the tools that tools/list shows, or hand over to "
                        + (commands.isEmpty() ? "the persona whose work this is" : any(commands))
                        + ".",
                by,
                List.of(NextCall.of("read_plan")),
                Optional.of(new Source(persona.file(), 0)));
    }

    /**
     * The refusal for arguments that break the tool's schema.
     *
     * @param takes what the tool takes, in words
     */
    public Refusal badArguments(String tool, List<String> problems, String takes) {
        return Refusal.byYou(
                RuleId.ARGUMENT_INVALID,
                "The arguments of `" + tool + "` do not fit: " + String.join("; ", problems) + ".",
                "Send what it takes: " + takes + ".");
    }

    /** The refusal for a caller that sends more calls than anybody at work would. */
    public Refusal tooMany(Persona persona, int aSecond, Duration wait) {
        return Refusal.by(
                Opener.TIME,
                RuleId.LIMIT_TOO_MANY,
                "This caller has sent more calls than it may: " + aSecond + " a second for long.",
                "Wait " + (1 + wait.toSeconds()) + " s, then go on; nothing was changed.",
                looking(persona));
    }

    /** A call that looks and changes nothing, for whoever does not know how to go on. */
    private static NextCall looking(Persona persona) {
        boolean auditor = persona.name().value().equals("auditor");
        return NextCall.of(auditor ? "read_plan" : "shift_status");
    }

    /**
     * The shift that a call belongs to: the one it names, or the caller's only open one. Knowing a
     * shift's id is no authority: it must be the caller's own.
     *
     * @param needed whether the call is refused without a shift
     */
    public Verdict<Optional<ShiftId>> shift(
            ProjectState state,
            Principal principal,
            PersonaName persona,
            Optional<String> named,
            boolean needed) {
        if (named.isPresent()) {
            return named(state, principal, persona, named.get());
        }
        Optional<ShiftState> open = state.openShift(persona, principal);
        if (open.isEmpty() && needed) {
            return Verdict.refused(none());
        }
        return Verdict.granted(open.map(ShiftState::id));
    }

    private Verdict<Optional<ShiftId>> named(
            ProjectState state, Principal principal, PersonaName persona, String id) {
        Optional<ShiftState> found =
                ShiftId.isOne(id) ? state.shift(new ShiftId(id)) : Optional.empty();
        if (found.isEmpty()
                || !found.get().principal().equals(principal)
                || !found.get().persona().equals(persona)) {
            return Verdict.refused(
                    Refusal.byYou(
                            RuleId.SHIFT_NOT_YOURS,
                            "`" + brief(id) + "` is not an open shift of yours.",
                            "Leave `shift` out, or begin a shift of your own.",
                            begin()));
        }
        ShiftState shift = found.get();
        if (!shift.open()) {
            return Verdict.refused(
                    Refusal.byYou(
                            RuleId.SHIFT_ENDED,
                            "The shift `"
                                    + id
                                    + "` has ended as `"
                                    + shift.ended().map(end -> end.outcome()).orElse("")
                                    + "`.",
                            "Begin a new shift.",
                            begin()));
        }
        return Verdict.granted(Optional.of(shift.id()));
    }

    private Refusal none() {
        return Refusal.byYou(
                RuleId.SHIFT_NONE,
                "No shift is open.",
                "Begin one with the user's request, word for word.",
                begin());
    }

    /**
     * The same refusals; where the caller can mend the first and it names no call, it names the one
     * that tells what is legal now. Nobody is left without a way on.
     */
    public List<Refusal> guided(Persona persona, List<Refusal> no) {
        Refusal first = no.getFirst();
        if (!first.next().isEmpty() || !first.by().equals(Opener.YOU)) {
            return no;
        }
        var guided = new ArrayList<>(no);
        guided.set(0, first.then(List.of(looking(persona))));
        return guided;
    }

    private NextCall begin() {
        return NextCall.of("begin_shift", "request", "(the user's request, word for word)");
    }

    private static String any(List<String> commands) {
        return String.join(" or ", commands);
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
