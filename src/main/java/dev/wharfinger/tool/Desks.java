package dev.wharfinger.tool;

import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.deploy.LocalTarget;
import dev.wharfinger.deploy.Runner;
import dev.wharfinger.deploy.SmokeTests;

import java.util.function.Function;
import java.util.function.Supplier;

/** What several tools share: each desk gathers facts or spends grants of one kind. */
record Desks(
        Library library,
        Sources sources,
        Guidance guidance,
        FileDesk files,
        Commits commits,
        LedgerDesk ledger,
        ScopeDesk scope,
        Packages packages,
        TextCheck check,
        GateDesk gates,
        ProofDesk proofs,
        BuildDesk builds,
        DeployDesk deploys,
        ReturnDesk returns,
        Decisions decisions,
        Lookout lookout,
        Integrity integrity,
        MonitoringDesk monitoring) {
    static Desks of(
            Project project,
            Function<EnvironmentSettings, LocalTarget> targets,
            Supplier<Runner> runner,
            Scratch scratch,
            Owed owed) {
        var library = new Library(project);
        var sources = new Sources(project);
        var files = new FileDesk(project, library);
        var ledger = new LedgerDesk(project, library, files);
        var packages = new Packages(project);
        var decisions = new Decisions(project, new CardDesk(project, sources));
        var rollbacks = new Rollbacks(project, targets);
        var lookout = new Lookout(project, rollbacks, decisions);
        var check = new DeclaredCheck(project, sources, scratch);
        return new Desks(
                library,
                sources,
                new Guidance(project, library, sources),
                files,
                new Commits(project, sources),
                ledger,
                new ScopeDesk(project, library, ledger),
                packages,
                new TextCheck(packages, sources),
                new GateDesk(project, library, sources, rollbacks, lookout),
                new ProofDesk(project, sources, scratch),
                new BuildDesk(project, sources),
                new DeployDesk(project, ledger, targets, runner),
                new ReturnDesk(project, ledger, targets, runner, owed),
                decisions,
                lookout,
                new LedgerIntegrity(project, library, check),
                new MonitoringDesk(project, check, SmokeTests::new));
    }
}
