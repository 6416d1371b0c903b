package dev.wharfinger.tool;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Kind;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.policy.Trusting;
import dev.wharfinger.policy.Trusting.TrustGrant;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.Event;
import dev.wharfinger.workspace.ContentHash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Accepts the rules as they stand, for people: alone the first time, later with approvers. */
public final class Trust {
    /** Where the accepted copies lie. */
    public interface Copies {
        /** The copy of this file as it was accepted. */
        Optional<byte[]> of(String name);

        /** Keeps these files as the accepted ones, and no others. */
        void keep(SequencedMap<String, Optional<byte[]>> files);

        /** Those who decide by the accepted copy; nothing where it is lost. */
        Optional<Approvers> approvers();
    }

    /** How an attempt to accept the rules ended. */
    public sealed interface Result {
        /** Accepted now, or before. */
        record Accepted(String digest, int files, boolean before) implements Result {}

        /** There are no rules. */
        record Nothing() implements Result {}

        /** People are asked under this id. */
        record Asked(String id, List<String> where) implements Result {}

        /** Not possible. */
        record Refused(List<dev.wharfinger.rule.Refusal> why) implements Result {}
    }

    private final Project project;
    private final RuleFiles rules;
    private final Decisions decisions;
    private final Supplier<Copies> copies;
    private final Trusting trusting = new Trusting();

    /** Accepts rules for this project. */
    public Trust(Project project, RuleFiles rules, Decisions decisions, Supplier<Copies> copies) {
        this.project = project;
        this.rules = rules;
        this.decisions = decisions;
        this.copies = copies;
    }

    /** Accepts what stands there now where that may be done; else asks people about exactly it. */
    public Result accept(Principal by) {
        return project.alone(() -> accepted(by));
    }

    private Result accepted(Principal by) {
        Rules before = rules.look();
        if (before instanceof Rules.Missing) {
            return new Result.Nothing();
        }
        RuleFiles.Look look = rules.read();
        if (project.state().policy().filter(p -> p.digest().equals(look.digest())).isPresent()) {
            return new Result.Accepted(look.digest(), look.files().size(), true);
        }
        boolean again = project.state().policy().isPresent();
        Optional<Approvers> approvers = copies.get().approvers();
        Verdict<TrustGrant> may =
                trusting.mayAccept(
                        look.digest(),
                        again,
                        approvers,
                        decisions.leave(Kind.POLICY, look.digest()));
        return switch (may) {
            case Verdict.Granted<TrustGrant>(var grant) -> keep(by, look, grant);
            case Verdict.Refused<TrustGrant>(var no) when again && approvers.isPresent() ->
                    asked(by, look);
            case Verdict.Refused<TrustGrant>(var no) -> new Result.Refused(no);
        };
    }

    /** The copies first: whoever finds them beside an older entry counts them as lost. */
    private Result keep(Principal by, RuleFiles.Look look, TrustGrant grant) {
        grant.decided().ifPresent(decided -> decisions.spend(decided, by));
        var event = new Event.PolicyAccepted(grant.digest(), look.files());
        long index = project.recorder().record(by, Optional.empty(), Optional.empty(), event);
        project.recorder().durable(index);
        copies.get().keep(look.bytes());
        return new Result.Accepted(look.digest(), look.files().size(), false);
    }

    private Result asked(Principal by, RuleFiles.Look look) {
        String id =
                decisions.ask(
                        new Request(
                                by,
                                Optional.empty(),
                                Optional.empty(),
                                Kind.POLICY,
                                Optional.empty(),
                                look.digest(),
                                "the rules as they stand now",
                                lines(look)));
        return new Result.Asked(id, decisions.where(id));
    }

    /** What changed: each file, and how its text differs from the accepted one. */
    private List<String> lines(RuleFiles.Look look) {
        var lines = new ArrayList<String>();
        List<Event.RuleFile> accepted =
                project.state().policy().map(Event.PolicyAccepted::files).orElse(List.of());
        for (String name : RuleFiles.changed(accepted, look.files())) {
            String old = copies.get().of(name).map(Trust::text).orElse("");
            String now =
                    Optional.ofNullable(look.bytes().get(name))
                            .flatMap(bytes -> bytes)
                            .map(Trust::text)
                            .orElse("");
            lines.add("changed: " + name + " " + ContentHash.of(bytes(now)).hex());
            Diff.unified(name, old, now).lines().forEach(lines::add);
        }
        return lines;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
