package dev.wharfinger.policy;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Signatures;
import dev.wharfinger.approval.Signed;
import dev.wharfinger.approval.SshSignature;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DecisionBook;
import dev.wharfinger.shift.PeopleEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Whether a person's signature counts, and whether what people decided lets work go on. Every
 * signature is verified again at each asking: whoever was revoked meanwhile, whatever has changed
 * or expired meanwhile, counts no more.
 */
public final class Deciding {
    /**
     * By which terms people decide.
     *
     * @param approvers as a person accepted them, never as the file stands
     * @param requester the person who asks, or for whom the credential was made that asks
     * @param witnessed whether the log that a text names is the beginning of ours
     * @param now never earlier than what the journal has seen
     */
    public record Terms(
            ApprovalSettings settings,
            Approvers approvers,
            Optional<String> requester,
            DecisionBook book,
            Predicate<ApprovalText> witnessed,
            Instant now) {}

    /**
     * Whether this signed text may be written down as a decision about this subject.
     *
     * @param page at which page of this server it was made; nothing where at a terminal
     */
    public Verdict<Signed> mayTake(
            Subject subject, Terms terms, String text, String signature, Optional<String> page) {
        return counts(subject, terms, text, signature)
                .then(signed -> {
                    Optional<String> touched = SshSignature.parse(signature).page();
                    if (!touched.equals(page)) {
                        return Verdict.refused(elsewhere(subject, touched));
                    }
                    String nonce = signed.text().nonce();
                    if (terms.book().hasSeen(nonce)) {
                        return Verdict.refused(spent(subject, nonce));
                    }
                    return Verdict.granted(signed);
                });
    }

    /** The refusal where nothing that can be decided has this id or digest. */
    public Refusal nothingAsked(String what) {
        return no(
                RuleId.APPROVAL_MISMATCH,
                "Nobody is asked about `" + what + "`.",
                "Tell the user: `wharf approve` lists what waits for a person.");
    }

    /** Why this person would sign in vain; empty where the text may be handed out. */
    public Optional<Refusal> mayBeAsked(
            Subject subject, Terms terms, ApproverName by, Instant expires) {
        if (!terms.now().isBefore(expires)) {
            return Optional.of(
                    no(
                            RuleId.APPROVAL_EXPIRED,
                            "`" + subject.id() + "` could be decided until " + expires + ".",
                            "Tell the user: it must be asked again."));
        }
        if (terms.approvers().named(by).isEmpty()) {
            return Optional.of(
                    no(
                            RuleId.APPROVAL_UNKNOWN_APPROVER,
                            "`" + by.value() + "` is none of the accepted approvers.",
                            "Tell the user to enrol with `wharf approver add NAME`, then run `wharf"
                                    + " trust`."));
        }
        return notFrom(subject, terms, by.value());
    }

    /** How the question stands: each person's last word counts, and a no holds. */
    public Standing standing(Subject subject, Terms terms) {
        SequencedMap<String, PeopleEvent.DecisionMade> last = new LinkedHashMap<>();
        for (PeopleEvent.DecisionMade made : terms.book().made(subject.id())) {
            last.put(made.approver(), made);
        }
        SequencedMap<String, Signed> yes = new LinkedHashMap<>(); // by name: two keys are one yes
        var lapsed = new ArrayList<Refusal>();
        for (PeopleEvent.DecisionMade made : last.values()) {
            if (!made.approved()) {
                return new Standing.No(made.approver(), made.reason().orElse("no reason given"));
            }
            counts(subject, terms, made.text(), made.signature())
                    .then(signed -> unspent(subject, terms, signed))
                    .fold(
                            signed ->
                                    Optional.ofNullable(
                                            yes.put(signed.by().name().value(), signed)),
                            no -> Optional.of(lapsed.addAll(no)));
        }
        int needed = terms.settings().count();
        if (yes.size() < needed) {
            return new Standing.Waiting(yes.size(), needed, lapsed);
        }
        return new Standing.Yes(
                new DecidedGrant(
                        subject,
                        List.copyOf(yes.keySet()),
                        yes.values().stream().map(signed -> signed.text().nonce()).toList(),
                        yes.values().stream().anyMatch(signed -> !signed.touched())));
    }

    private Verdict<Signed> unspent(Subject subject, Terms terms, Signed signed) {
        String nonce = signed.text().nonce();
        boolean yes = signed.text().decision() == Choice.APPROVE;
        if (!yes) { // the entry says yes, and what was signed says no
            return Verdict.refused(mismatch(subject, "what was signed is a no"));
        }
        return terms.book().isSpent(nonce)
                ? Verdict.refused(spent(subject, nonce))
                : Verdict.granted(signed);
    }

    /** Signature, name, subject, log, time, person: in that order, the first no is the answer. */
    private Verdict<Signed> counts(Subject subject, Terms terms, String text, String signature) {
        return Signatures.verify(text, signature, terms.approvers())
                .then(signed ->
                        bound(subject, terms, signed.text())
                                .or(() -> inTime(subject, terms, signed.text()))
                                .or(() -> person(subject, terms, signed))
                                .<Verdict<Signed>>map(Verdict::refused)
                                .orElseGet(() -> Verdict.granted(signed)));
    }

    private Optional<Refusal> bound(Subject subject, Terms terms, ApprovalText text) {
        var differs = new ArrayList<String>();
        differs(differs, "project", subject.project(), text.project());
        differs(differs, "kind", subject.kind().text(), text.kind().text());
        differs(differs, "environment", subject.environment(), text.environment());
        differs(differs, "version", subject.version(), text.version());
        differs(differs, "digest", subject.digest(), text.digest());
        differs(differs, "artifact", subject.artifact(), text.artifact());
        if (!differs.isEmpty()) {
            return Optional.of(mismatch(subject, String.join("; ", differs)));
        }
        return terms.witnessed().test(text)
                ? Optional.empty()
                : Optional.of(mismatch(subject, "it names a journal that is not this one"));
    }

    private static void differs(List<String> all, String what, String asked, String signed) {
        if (!asked.equals(signed)) {
            all.add("its " + what + " is `" + signed + "`, not `" + asked + "`");
        }
    }

    private Optional<Refusal> inTime(Subject subject, Terms terms, ApprovalText text) {
        if (!terms.now().isBefore(text.expires())) {
            return Optional.of(
                    no(
                            RuleId.APPROVAL_EXPIRED,
                            "The decision of `"
                                    + text.approver()
                                    + "` held until "
                                    + text.expires()
                                    + ".",
                            again(subject)));
        }
        Instant longest = terms.now().plus(terms.settings().expire());
        return text.expires().isAfter(longest)
                ? Optional.of(
                        mismatch(
                                subject,
                                "it would hold until "
                                        + text.expires()
                                        + ", longer than wharf.yaml lets it"))
                : Optional.empty();
    }

    private Optional<Refusal> person(Subject subject, Terms terms, Signed signed) {
        String name = signed.by().name().value();
        Optional<Refusal> other = notFrom(subject, terms, name);
        if (other.isPresent()) {
            return other;
        }
        if (signed.text().decision() == Choice.DENY) {
            return Optional.empty(); // a no needs neither a touch nor another person
        }
        if (terms.settings().fourEyes() && terms.requester().filter(name::equals).isPresent()) {
            return Optional.of(
                    no(
                            RuleId.APPROVAL_SELF,
                            "`" + name + "` asks for this, so it takes another person's yes.",
                            "Tell the user: somebody else decides with `wharf approve "
                                    + subject.id()
                                    + "`."));
        }
        boolean touch = terms.settings().presence() == Presence.REQUIRED;
        return touch && !signed.touched()
                ? Optional.of(
                        no(
                                RuleId.APPROVAL_NO_PRESENCE,
                                "The signature of `" + name + "` proves no human touch.",
                                "Tell the user: sign with a FIDO key or a passkey, and touch it."))
                : Optional.empty();
    }

    private static Optional<Refusal> notFrom(Subject subject, Terms terms, String name) {
        List<String> from = terms.settings().from();
        return from.isEmpty() || from.contains(name)
                ? Optional.empty()
                : Optional.of(
                        no(
                                RuleId.APPROVAL_UNKNOWN_APPROVER,
                                "`" + name + "` does not decide here; " + named(from) + " may.",
                                "Tell the user: one of them decides with `wharf approve "
                                        + subject.id()
                                        + "`."));
    }

    private static Refusal spent(Subject subject, String nonce) {
        return no(
                RuleId.APPROVAL_SPENT,
                "This approval was used before: `" + nonce + "`.",
                again(subject));
    }

    /** A page of another server, or of the agent's own, can ask for a touch as well as ours. */
    private static Refusal elsewhere(Subject subject, Optional<String> touched) {
        return no(
                RuleId.APPROVAL_MISMATCH,
                touched.map(where ->
                                "The passkey was touched at a page of `"
                                        + where
                                        + "`, and the decision did not come from there.")
                        .orElse("What came from a page was not signed at that page."),
                "Tell the user: touch a passkey only at this server's own page; "
                        + again(subject).substring("Tell the user: ".length()));
    }

    private static Refusal mismatch(Subject subject, String how) {
        return no(
                RuleId.APPROVAL_MISMATCH,
                "What was signed is not what is asked: " + how + ".",
                again(subject));
    }

    private static String again(Subject subject) {
        return "Tell the user: look again and decide with `wharf approve " + subject.id() + "`.";
    }

    private static String named(List<String> names) {
        return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
    }

    private static Refusal no(RuleId rule, String reason, String remedy) {
        return Refusal.by(Opener.HUMAN, rule, reason, remedy);
    }
}
