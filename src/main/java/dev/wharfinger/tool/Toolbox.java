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
import java.util.function.LongFunction;
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

    /** The tools of this project. */
    public Toolbox(
            Project project,
            Schemas schemas,
            Function<String, Optional<String>> personaTexts,
            Function<EnvironmentSettings, LocalTarget> targets,
            Supplier<Runner> runner,
            LongFunction<Verification> verify,
            Scratch scratch,
            Jobs jobs) {
        var library = new Library(project);
        var sources = new Sources(project);
        var guidance = new Guidance(project, library, sources);
        var files = new FileDesk(project, library);
        var ledger = new LedgerDesk(project, library, files);
        var scope = new ScopeDesk(project, library, ledger);
        var packages = new Packages(project);
        var check = new TextCheck(project, packages, sources);
        var rollbacks = new Rollbacks(project, targets);
        var gates = new GateDesk(project, library, sources, rollbacks);
        var proofDesk = new ProofDesk(project, sources, scratch);
        var builds = new BuildDesk(project, sources);
        var deploys = new DeployDesk(project, ledger, targets, runner);
        var integrity = new LedgerIntegrity(project, library, sources, scratch);
        this.catalogue =
                new Catalogue(new Descriptions(schemas))
                        .offer(new ListDir(project), new Audience.Everyone())
                        .offer(new ViewFile(project, library, guidance), new Audience.Everyone())
                        .offer(
                                new ReadPlan(project, library, sources, guidance),
                                new Audience.Everyone())
                        .offer(
                                new BeginShift(project, library, ledger, guidance, scope),
                                new Audience.Shifts())
                        .offer(new ShiftStatus(project, guidance), new Audience.Shifts())
                        .offer(new CheckScope(project, guidance, scope), new Audience.Shifts())
                        .offer(
                                new VerifyVersion(project, packages, guidance),
                                new Audience.Shifts())
                        .offer(
                                new RecordNote(project, ledger, guidance, check),
                                new Audience.Shifts())
                        .offer(new ConfirmItem(project, guidance), new Audience.Shifts())
                        .offer(
                                new WriteHandoff(
                                        project,
                                        ledger,
                                        guidance,
                                        gates,
                                        new Claims(),
                                        check,
                                        integrity),
                                new Audience.Shifts())
                        .offer(new WriteFile(project, library, files, check), new Audience.Lanes())
                        .offer(new CommitWork(project, sources, guidance), new Audience.Lanes())
                        .offer(
                                new RecordProof(
                                        project,
                                        sources,
                                        guidance,
                                        ledger,
                                        proofDesk,
                                        new Presented(project, sources),
                                        jobs),
                                PROVERS)
                        .offer(new CheckGates(project, sources, guidance, gates), DEPLOY)
                        .offer(
                                new PlanDeploy(
                                        project, sources, guidance, gates, proofDesk, builds,
                                        deploys, jobs),
                                DEPLOY)
                        .offer(new Deploy(project, guidance, gates, deploys, jobs), DEPLOY)
                        .offer(new SmokeTest(project, guidance, new SmokeTests()), DEPLOY)
                        .offer(new SearchJournal(project), AUDITOR)
                        .offer(new VerifyJournal(project, verify), AUDITOR);
        this.shelf = new ProjectShelf(project, library, sources, personaTexts);
        this.recovery = new Recovery(project, deploys);
        this.status = new Status(project, targets);
        this.proofs = new Proofs(project, sources, proofDesk);
        this.shifts = new Shifts(project, ledger, guidance);
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

    /** What {@code wharf shift end} does. */
    public Shifts shifts() {
        return shifts;
    }
}
