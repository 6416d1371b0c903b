package dev.wharfinger.tool;

import dev.wharfinger.approval.ApprovalText;
import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.Choice;
import dev.wharfinger.approval.Kind;
import dev.wharfinger.approval.Signed;
import dev.wharfinger.journal.Checkpoint;
import dev.wharfinger.journal.Journal;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.DecidedGrant;
import dev.wharfinger.policy.Deciding;
import dev.wharfinger.policy.Standing;
import dev.wharfinger.policy.Subject;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.ShiftId;

import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What people decide: the second door, which no transport for agents can see. A decision is a
 * signed text; whoever delivers it adds nothing to it, and no other way leads in.
 */
public final class Decisions {
    private final Project project;
    private final Questions questions;
    private final CardDesk cards;
    private final Deciding deciding = new Deciding();
    private final Map<Kind, Consumer<Principal>> whenGranted = new ConcurrentHashMap<>();

    Decisions(Project project, CardDesk cards) {
        this.project = project;
        this.questions = new Questions(project);
        this.cards = cards;
    }

    /** Says that people at this machine find the pages there. */
    public void servedAt(URI pages) {
        questions.servedAt(pages);
    }

    /** What waits for a person, oldest first. */
    public List<Pending> pending() {
        return questions.open().stream().map(this::pending).toList();
    }

    private Pending pending(Question question) {
        Standing standing = standing(question);
        int given =
                switch (standing) {
                    case Standing.Yes(var grant) -> grant.by().size();
                    case Standing.Waiting(var yes, _, _) -> yes;
                    case Standing.No _ -> 0;
                };
        return new Pending(
                question.subject().id(),
                question.subject().kind(),
                question.title(),
                standing.text(),
                given,
                question.settings().count(),
                question.settings().from(),
                question.requester(project.approvers().get()).orElse("-"),
                question.expires());
    }

    /** Who may decide, as a person accepted them. */
    public Approvers approvers() {
        return project.approvers().get();
    }

    /** What a person must see before deciding; nothing where no such thing is asked. */
    public Optional<Card> card(String id) {
        return questions.find(id).map(question -> cards.card(question, standing(question)));
    }

    /** How the plan or question of this id stands; nothing where nobody is asked. */
    public Optional<Standing> standing(String id) {
        return questions.find(id).map(this::standing);
    }

    /** How this plan stands: people's yes where they are asked, else a yes that nobody gave. */
    Standing standing(DeployPlan plan) {
        return standing(questions.of(plan));
    }

    private Standing standing(Question question) {
        return deciding.standing(question.subject(), terms(question));
    }

    private Deciding.Terms terms(Question question) {
        var approvers = project.approvers().get();
        return new Deciding.Terms(
                question.settings(),
                approvers,
                question.requester(approvers),
                project.state().decisions(),
                this::isOurLog,
                project.now());
    }

    /** Whether the log that a text names, origin, size and root, is the beginning of ours. */
    private boolean isOurLog(ApprovalText text) {
        Journal journal = project.recorder().journal();
        return text.origin().equals(journal.origin())
                && text.size() >= 0
                && text.size() <= journal.durableSize()
                && journal.root(text.size()).base64().equals(text.root());
    }

    /**
     * The text that this person would sign, with a fresh nonce, an expiry, and the journal as it
     * is: the signature witnesses the log. Nothing is remembered of it.
     */
    public Verdict<ApprovalText> toSign(String id, Choice choice, ApproverName by) {
        Optional<Question> found = questions.find(id);
        if (found.isEmpty()) {
            return Verdict.refused(deciding.nothingAsked(id));
        }
        Question question = found.get();
        Optional<Refusal> no =
                deciding.mayBeAsked(question.subject(), terms(question), by, question.expires());
        if (no.isPresent()) {
            return Verdict.refused(no.get());
        }
        Checkpoint log = project.recorder().journal().sign();
        Instant longest = project.now().plus(question.settings().expire());
        Subject subject = question.subject();
        return Verdict.granted(
                new ApprovalText(
                        subject.project(),
                        log.origin(),
                        log.size(),
                        log.root().base64(),
                        subject.kind(),
                        choice,
                        subject.environment(),
                        subject.version(),
                        subject.digest(),
                        subject.artifact(),
                        by.value(),
                        project.ids().nonce(),
                        Stream.of(longest, question.expires())
                                .min(Comparator.naturalOrder())
                                .orElseThrow()));
    }

    /**
     * Takes a signed text in: checked, then durable in the journal. The answer is one line that
     * says what was decided and what is still missing.
     *
     * @param reason in the person's words; shown, and not part of what was signed
     */
    public Verdict<String> decide(
            String text, String signature, Optional<String> reason, Delivery delivery) {
        return ApprovalText.parse(text)
                .then(parsed -> {
                    Optional<Question> question = questions.find(parsed.kind(), parsed.digest());
                    return question.isEmpty()
                            ? Verdict.refused(deciding.nothingAsked(parsed.digest()))
                            : project.alone(
                                    () -> taken(question.get(), text, signature, reason, delivery));
                });
    }

    private Verdict<String> taken(
            Question question,
            String text,
            String signature,
            Optional<String> reason,
            Delivery delivery) {
        return deciding.mayTake(
                        question.subject(), terms(question), text, signature, delivery.page())
                .map(signed -> {
                    PeopleEvent.DecisionMade made = made(question, signed, text, signature, reason);
                    write(made, delivery.by());
                    String said = said(question, made);
                    granted(question, delivery.by());
                    return said;
                });
    }

    private void granted(Question question, Principal by) {
        if (standing(question) instanceof Standing.Yes) {
            Optional.ofNullable(whenGranted.get(question.subject().kind()))
                    .ifPresent(act -> act.accept(by));
        }
    }

    /** What is done at once when people have said yes to something of this kind. */
    public void whenGranted(Kind kind, Consumer<Principal> act) {
        whenGranted.put(kind, act);
    }

    private static PeopleEvent.DecisionMade made(
            Question question,
            Signed signed,
            String text,
            String signature,
            Optional<String> reason) {
        return new PeopleEvent.DecisionMade(
                question.subject().id(),
                question.subject().kind().text(),
                signed.text().decision() == Choice.APPROVE,
                signed.by().name().value(),
                signed.touched(),
                signed.text().nonce(),
                signed.text().expires(),
                text,
                signature,
                reason.map(words -> Shown.brief(words, 500)).filter(words -> !words.isBlank()));
    }

    private String said(Question question, PeopleEvent.DecisionMade made) {
        String who = made.approver() + (made.touched() ? "" : ", without a touch (advisory)");
        String id = question.subject().id();
        return switch (standing(question)) {
            case Standing.No _ -> "denied " + id + " as " + who;
            case Standing.Yes _ -> "approved " + id + " as " + who + ": it may go on";
            case Standing.Waiting(var given, var needed, _) ->
                    "approved " + id + " as " + who + ": " + given + " of " + needed;
        };
    }

    /**
     * Asks people, and gives back the question's id. Asking again for the same, while it is open,
     * is the same question.
     */
    public String ask(Request request) {
        return project.alone(() -> questions.ask(request));
    }

    /** Leave to do what was asked under this digest; nothing while people have not said yes. */
    public Optional<DecidedGrant> leave(Kind kind, String digest) {
        return questions
                .all(kind, digest)
                .map(this::standing)
                .flatMap(standing ->
                        standing instanceof Standing.Yes(var grant) && !grant.nonces().isEmpty()
                                ? Stream.of(grant)
                                : Stream.empty())
                .findFirst();
    }

    /** Whether people said yes to exactly this, and nothing has used that yes up. */
    public boolean granted(Kind kind, String digest) {
        return leave(kind, digest).isPresent();
    }

    /** Writes down, durably, that the approvals are used up: before the effect, and once. */
    public void spend(DecidedGrant grant, Principal by) {
        var event = new PeopleEvent.DecisionSpent(grant.subject().id(), grant.nonces());
        write(event, by);
    }

    private void write(Event event, Principal by) {
        long index = project.recorder().record(by, Optional.empty(), Optional.empty(), event);
        project.recorder().durable(index);
    }

    /** Whether something that this shift asked waits for people. */
    boolean isWaiting(ShiftId shift) {
        return questions.open().stream()
                .filter(question -> question.shift().equals(Optional.of(shift)))
                .anyMatch(question -> standing(question) instanceof Standing.Waiting);
    }

    /** What people must still decide before this plan may be carried out, a line each. */
    List<String> needed(DeployPlan plan) {
        Question question = questions.of(plan);
        if (question.settings().count() == 0) {
            return List.of();
        }
        return List.of(
                question.settings().count()
                        + " approval"
                        + (question.settings().count() == 1 ? "" : "s")
                        + ": "
                        + String.join(" or ", where(plan.id().value())));
    }

    /** Where a person decides: the command, and the page where the server has an address. */
    public List<String> where(String id) {
        return questions.where(id);
    }
}
