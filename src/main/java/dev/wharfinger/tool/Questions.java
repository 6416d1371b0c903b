package dev.wharfinger.tool;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.Kind;
import dev.wharfinger.policy.Subject;
import dev.wharfinger.shift.DeployPlan;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.PeopleEvent;
import dev.wharfinger.shift.PlanId;
import dev.wharfinger.shift.Stamped;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what people are asked: plans for environments that people decide about, and questions. */
final class Questions {
    private final Project project;
    private volatile Optional<URI> here = Optional.empty();

    Questions(Project project) {
        this.project = project;
    }

    /** The plan or question of this id. */
    Optional<Question> find(String id) {
        if (id.matches("p_[a-z2-7]{26}")) {
            return project.state().planned(new PlanId(id)).flatMap(this::planned);
        }
        return project.state().decisions().asked(id).map(this::asked);
    }

    /** The last one that asks for exactly this. */
    Optional<Question> find(Kind kind, String digest) {
        return all(kind, digest).reduce((_, later) -> later);
    }

    /** Every one that asks for exactly this, oldest first. */
    Stream<Question> all(Kind kind, String digest) {
        Stream<Question> some = kind == Kind.PLAN ? plans() : asked();
        return some.filter(question ->
                question.subject().kind() == kind && question.subject().digest().equals(digest));
    }

    /** The one that asks for exactly this, and can still be decided. */
    Optional<Question> open(Kind kind, String digest) {
        return all(kind, digest).filter(this::isOpen).findFirst();
    }

    /** What can still be decided, oldest first. */
    List<Question> open() {
        return Stream.concat(plans(), asked())
                .filter(this::isOpen)
                .sorted(java.util.Comparator.comparing(Question::asked))
                .toList();
    }

    private Stream<Question> plans() {
        return project.state().plans().stream()
                .flatMap(plan -> project.state().planned(plan.id()).stream())
                .flatMap(entry -> planned(entry).stream());
    }

    private Stream<Question> asked() {
        return project.state().decisions().asked().stream().map(this::asked);
    }

    /** Neither expired nor acted on. */
    private boolean isOpen(Question question) {
        boolean begun =
                question.plan()
                        .filter(plan -> project.state().deploymentOf(plan.id()).isPresent())
                        .isPresent();
        boolean spent =
                project.state().decisions().made(question.subject().id()).stream()
                        .anyMatch(made -> project.state().decisions().isSpent(made.nonce()));
        return !begun && !spent && project.now().isBefore(question.expires());
    }

    /** Where people decide about its environment. */
    private Optional<Question> planned(Stamped entry) {
        return Optional.of(question(entry)).filter(question -> question.settings().count() > 0);
    }

    /** A plan of the journal, whether or not anybody is asked. */
    Question of(DeployPlan plan) {
        return question(project.state().planned(plan.id()).orElseThrow());
    }

    private Question question(Stamped entry) {
        DeployPlan plan = ((Event.PlanMade) entry.event()).plan();
        return new Question(
                Subject.of(project.settings().project(), plan),
                plan.version() + " to " + plan.environment(),
                project.settings().people(plan.environment(), plan.hotfix()),
                entry.principal(),
                entry.shift(),
                entry.at(),
                plan.expires(),
                Optional.of(plan),
                List.of());
    }

    private Question asked(Stamped entry) {
        var asked = (PeopleEvent.DecisionAsked) entry.event();
        ApprovalSettings settings =
                asked.environment()
                        .map(project.settings()::people)
                        .filter(people -> people.count() > 0)
                        .orElseGet(project.settings()::strictest);
        return new Question(
                Subject.of(project.settings().project(), asked),
                asked.title(),
                settings,
                entry.principal(),
                entry.shift(),
                entry.at(),
                asked.expires(),
                Optional.empty(),
                asked.lines());
    }

    /** Asks, under the project's lock; the same question while one is open. */
    String ask(Request request) {
        return open(request.kind(), request.digest())
                .map(open -> open.subject().id())
                .orElseGet(() -> asked(request));
    }

    private String asked(Request request) {
        var event =
                new PeopleEvent.DecisionAsked(
                        project.ids().request(),
                        request.kind().text(),
                        request.environment(),
                        request.digest(),
                        Shown.brief(request.title(), 200),
                        request.shown(),
                        project.now().plus(project.settings().planExpiry()));
        long index =
                project.recorder().record(request.by(), request.persona(), request.shift(), event);
        project.recorder().durable(index);
        return event.id();
    }

    /** The pages can be reached here, by people at this machine. */
    void servedAt(URI pages) {
        here = Optional.of(pages);
    }

    /** The command, and the page where there is one: the declared address before the local one. */
    List<String> where(String id) {
        String command = "wharf approve " + id;
        return project.settings()
                .url()
                .or(() -> here)
                .map(url ->
                        List.of(command, url.toString().replaceAll("/+$", "") + "/approve/" + id))
                .orElse(List.of(command));
    }
}
