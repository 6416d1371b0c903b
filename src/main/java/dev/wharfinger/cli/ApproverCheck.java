package dev.wharfinger.cli;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.approval.ApprovalSettings.Presence;
import dev.wharfinger.command.CommandResult;
import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.CommandSpec;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.deploy.EnvironmentName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What {@code wharf doctor} says of those who may decide, and of keys that decide by themselves.
 */
final class ApproverCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Patient patient;
    private final Section section = new Section("approvers", "Approvers");

    ApproverCheck(Patient patient) {
        this.patient = patient;
    }

    Section look() throws IOException {
        Map<EnvironmentName, ApprovalSettings> asked = patient.config().approvals();
        Path file = patient.state().resolve("approvers");
        if (Files.isRegularFile(file)) {
            lines(Files.readString(file, StandardCharsets.UTF_8).lines().toList());
        } else if (asked.isEmpty()) {
            section.ok("file", "approvers", "no file, and no environment asks for approvals");
        } else {
            section.warn(
                    "file",
                    "approvers",
                    "no file " + file + ", but wharf.yaml asks for approvals",
                    "Nobody can approve: write an OpenSSH allowed_signers line for each person.");
        }
        asked.forEach(this::presence);
        agent();
        return section;
    }

    private void lines(List<String> lines) {
        var names = new TreeSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var read = SignerLine.parse(line);
            if (read.isEmpty()) {
                section.fail(
                        ExitCode.CONFIGURATION,
                        "line." + (i + 1),
                        "approvers:" + (i + 1),
                        "is no line of allowed_signers",
                        "Write `NAME namespaces=\"wharfinger-approval\" KEYTYPE KEY`.");
            } else {
                names.add(read.get().name());
            }
        }
        if (!names.isEmpty()) {
            section.ok("file", "approvers", String.join(", ", names));
        }
    }

    private void presence(EnvironmentName environment, ApprovalSettings settings) {
        if (settings.presence() == Presence.ANY && settings.count() > 0) {
            section.warn(
                    "presence." + environment,
                    "presence of " + environment,
                    "any: a key without a touch decides too",
                    "Every such approval is called advisory. `presence: required` counts only a"
                            + " FIDO key or passkey that was touched.");
        }
    }

    /** Keys in a running agent sign for whoever asks its socket, which is this user's. */
    private void agent() throws IOException {
        var environment = patient.terminal().environment();
        if (patient.terminal().variable("SSH_AUTH_SOCK").isEmpty()) {
            section.ok("agent", "ssh-agent", "none is announced here");
            return;
        }
        var runner = new CommandRunner(Confinement.OFF, List.of(), environment);
        if (runner.resolve("ssh-add").isEmpty()) {
            section.warn(
                    "agent",
                    "ssh-agent",
                    "one is announced, and there is no ssh-add to ask it",
                    "Keys in it sign for every process of this user; look with `ssh-add -l`.");
            return;
        }
        var spec = new CommandSpec(List.of("ssh-add", "-l"), List.of("SSH_AUTH_SOCK"), LIMIT);
        CommandResult answer =
                runner.run(
                        spec, Path.of("/"), Redactor.ofNames(environment, List.of()), () -> false);
        List<String> keys =
                answer.output().lines().filter(line -> line.matches("\\d+ \\S+:.*")).toList();
        long soft = keys.stream().filter(line -> !line.endsWith("-SK)")).count();
        if (soft > 0) {
            section.warn(
                    "agent",
                    "ssh-agent",
                    "holds " + soft + (soft == 1 ? " key" : " keys") + " that sign without a touch",
                    "The agent's own shell can sign with them. Take them out (`ssh-add -D`) while"
                            + " an agent works, or keep keys that need a touch.");
        } else {
            section.ok("agent", "ssh-agent", "holds no key that signs without a touch");
        }
    }
}
