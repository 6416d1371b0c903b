package dev.wharfinger.tool;

import dev.wharfinger.call.Catalogue;
import dev.wharfinger.call.Catalogue.Audience;
import dev.wharfinger.call.Descriptions;
import dev.wharfinger.call.Schemas;
import dev.wharfinger.call.Shelf;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Runner;
import dev.wharfinger.deploy.SmokeTests;
import dev.wharfinger.journal.Verification;
import dev.wharfinger.persona.PersonaName;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** All tools of one project, put together by hand, and what stands beside them. */
public final class Toolbox {
    private static final Audience DEPLOY = new Audience.Only(List.of(new PersonaName("deploy")));
    private static final Audience AUDITOR = new Audience.Only(List.of(new PersonaName("auditor")));
    private static final Audience PROVERS =
            new Audience.Only(
                    List.of(
                            new PersonaName("test"),
                            new PersonaName("security"),
                            new PersonaName("ux")));

    private final Catalogue catalogue;
    private final Shelf shelf;
    private final Recovery recovery;
    private final Status status;
    private final Proofs proofs;
    private final Shifts shifts;
    private final Decisions decisions;
    private final HumanReturn returns;

    /** The tools of this project. */
    public Toolbox(
            Project project,
            Schemas schemas,
            Function<String, Optional<String>> personaTexts,
            Function<EnvironmentSettings, LocalTarget> targets,
            Supplier<Runner> runner,
            Supplier<Verification> verify,
            Scratch scratch,
            Owed owed,
            Jobs jobs) {
        var desks = Desks.of(project, targets, runner, scratch, owed);
        this.catalogue = new Catalogue(new Descriptions(schemas));
        offerReading(project, desks);
        offerNotes(project, desks);
        offerWork(project, desks, jobs);
        catalogue
                .offer(new SearchJournal(project), AUDITOR)
                .offer(new VerifyJournal(project, verify), AUDITOR);
        this.shelf = new ProjectShelf(project, desks.library(), desks.sources(), personaTexts);
        this.recovery =
                new Recovery(
                        project, desks.deploys(), desks.returns(), desks.files(), desks.commits());
        this.status = new Status(project, targets, desks.lookout());
        this.proofs = new Proofs(project, desks.sources(), desks.proofs());
        this.decisions = desks.decisions();
        this.returns = new HumanReturn(project, desks.returns(), desks.gates());
        this.shifts = new Shifts(project, desks.ledger(), desks.guidance());
    }

    private void offerReading(Project project, Desks desks) {
        var everyone = new Audience.Everyone();
        catalogue
                .offer(new ListDir(project, desks.guidance()), everyone)
                .offer(new ViewFile(project, desks.library(), desks.guidance()), everyone)
                .offer(
                        new ReadPlan(project, desks.library(), desks.sources(), desks.guidance()),
                        everyone);
    }

    private void offerNotes(Project project, Desks desks) {
        var shifts = new Audience.Shifts();
        var guidance = desks.guidance();
        var handoff =
                new WriteHandoff(
                        project,
                        desks.ledger(),
                        guidance,
                        desks.gates(),
                        new Claims(),
                        desks.check(),
                        desks.integrity(),
                        desks.monitoring());
        catalogue
                .offer(
                        new BeginShift(
                                project,
                                desks.library(),
                                desks.ledger(),
                                guidance,
                                desks.scope(),
                                desks.check(),
                                desks.lookout()),
                        shifts)
                .offer(new ShiftStatus(project, guidance, desks.decisions()), shifts)
                .offer(new CheckScope(project, guidance, desks.scope()), shifts)
                .offer(new VerifyVersion(project, desks.packages(), guidance), shifts)
                .offer(new RecordNote(project, desks.ledger(), guidance, desks.check()), shifts)
                .offer(new RequestLane(project, guidance, desks.decisions()), shifts)
                .offer(new ConfirmItem(project, guidance, desks.check()), shifts)
                .offer(handoff, shifts);
    }

    private void offerWork(Project project, Desks desks, Jobs jobs) {
        var lanes = new Audience.Lanes();
        var guidance = desks.guidance();
        var sources = desks.sources();
        var presented = new Presented(project, sources);
        var proof =
                new RecordProof(
                        project,
                        sources,
                        guidance,
                        desks.ledger(),
                        desks.proofs(),
                        presented,
                        jobs);
        var plan =
                new PlanDeploy(
                        project,
                        sources,
                        guidance,
                        desks.gates(),
                        desks.proofs(),
                        desks.builds(),
                        desks.deploys(),
                        desks.decisions(),
                        jobs);
        catalogue
                .offer(
                        new WriteFile(
                                project,
                                desks.library(),
                                guidance,
                                desks.files(),
                                desks.check(),
                                desks.decisions()),
                        lanes)
                .offer(new CommitWork(project, sources, guidance, desks.commits()), lanes)
                .offer(proof, PROVERS)
                .offer(new CheckGates(project, sources, guidance, desks.gates()), DEPLOY)
                .offer(plan, DEPLOY)
                .offer(
                        new Deploy(
                                project,
                                guidance,
                                desks.gates(),
                                desks.deploys(),
                                desks.decisions(),
                                jobs),
                        DEPLOY)
                .offer(
                        new Rollback(
                                project,
                                guidance,
                                desks.returns(),
                                desks.gates(),
                                desks.decisions(),
                                jobs),
                        DEPLOY)
                .offer(new SmokeTest(project, guidance, SmokeTests::new), DEPLOY);
    }

    /** Which tools there are, and whose. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Prompts and resources. */
    public Shelf shelf() {
        return shelf;
    }

    /** Settles what a crash left open. */
    public Recovery recovery() {
        return recovery;
    }

    /** What people see with {@code wharf status}. */
    public Status status() {
        return status;
    }

    /** What {@code wharf prove} does. */
    public Proofs proofs() {
        return proofs;
    }

    /** What {@code wharf rollback} does. */
    public HumanReturn returns() {
        return returns;
    }

    /** What people decide. */
    public Decisions decisions() {
        return decisions;
    }

    /** What {@code wharf shift end} does. */
    public Shifts shifts() {
        return shifts;
    }
}
