package dev.wharfinger.cli;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.call.Recorder;
import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Services;
import dev.wharfinger.deploy.ArtifactStore;
import dev.wharfinger.shift.Ids;
import dev.wharfinger.tool.Project;
import dev.wharfinger.tool.RuleFiles;
import dev.wharfinger.workspace.Workspace;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What a keeper's project is made of; what costs time is made when it is first needed. */
record ProjectParts(
        ProjectFolder folder,
        Workspace workspace,
        Recorder recorder,
        RuleFiles rules,
        Enforcement walls) {
    Project project(ReentrantLock lock, Ids ids) {
        StateFolder state = folder.state();
        return new Project(
                folder.settings(),
                workspace,
                folder::builtInSkill,
                recorder,
                rules::look,
                () ->
                        new TrustedCopies(folder, recorder.state().policy())
                                .approvers()
                                .orElse(Approvers.NONE),
                Once.of(() -> new ArtifactStore(state.artifacts(), state.checkouts())),
                walls.commands(),
                Once.of(Services::new),
                folder.terminal().environment(),
                state.checkouts(),
                walls,
                lock,
                folder.terminal().clock(),
                ids);
    }

    /** Runs what the project declares, where the state folder cannot be seen. */
    static CommandRunner commands(ProjectFolder folder) {
        return new CommandRunner(
                Confinement.BEST, List.of(folder.state().path()), folder.terminal().environment());
    }
}
