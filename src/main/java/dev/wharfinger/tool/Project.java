package dev.wharfinger.tool;

import dev.wharfinger.approval.Approvers;
import dev.wharfinger.call.Recorder;
import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Services;
import dev.wharfinger.deploy.ArtifactStore;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.shift.Ids;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.workspace.Workspace;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One project as its keeper holds it: what all tools share. {@code lock} is held by whoever decides
 * and then changes something; {@code rules} are looked at anew at each asking; {@code approvers}
 * are those that a person accepted, whatever the file says now.
 */
public record Project(
        Settings settings,
        Workspace workspace,
        Skills skills,
        Recorder recorder,
        Supplier<Rules> rules,
        Supplier<Approvers> approvers,
        Supplier<ArtifactStore> artifacts,
        Supplier<CommandRunner> commands,
        Supplier<Services> services,
        Map<String, String> environment,
        Path scratch,
        Walls walls,
        ReentrantLock lock,
        InstantSource clock,
        Ids ids) {
    /** The state as it stands. */
    public ProjectState state() {
        return recorder.state();
    }

    /** Runs what decides and changes, alone. */
    public <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The time by which things expire; a clock that was set back revives nothing. */
    Instant now() {
        return recorder.now();
    }

    Reply reply(String verdict) {
        return Reply.of(verdict);
    }
}
