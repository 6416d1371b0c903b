package dev.wharfinger.cli;

import dev.wharfinger.identity.AccessTokens;
import dev.wharfinger.identity.OauthSettings;
import dev.wharfinger.policy.Rules;
import dev.wharfinger.shift.ProjectState;
import dev.wharfinger.tool.RuleFiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code wharf doctor} says of {@code wharf.yaml}, the state folder and the accepted rules.
 */
final class ConfigCheck {
    private final Patient patient;
    private final Section section = new Section("config", "Configuration");

    ConfigCheck(Patient patient) {
        this.patient = patient;
    }

    Section look(ProjectState folded) throws IOException {
        file();
        for (String name : patient.missing()) {
            section.fail(
                    ExitCode.CONFIGURATION,
                    "variable." + word(name),
                    "${" + name + "}",
                    "is not set here",
                    "The server does not start without it: set it where the client starts wharf.");
        }
        patient.config()
                .environments()
                .values()
                .forEach(environment ->
                        variables(environment.name().value(), environment.variables()));
        patient.config().server().oauth().ifPresent(this::issuer);
        state();
        if (patient.configured() && patient.broken().isEmpty()) {
            trust(folded);
        }
        return section;
    }

    /** Asks as a server does at its start: without the keys nobody comes in with a token. */
    private void issuer(OauthSettings settings) {
        String subject = settings.issuer().toString();
        if (new AccessTokens(settings, patient.terminal().clock()).prepare()) {
            section.ok("oauth", subject, "publishes its keys; tokens for " + settings.audience());
        } else {
            section.fail(
                    ExitCode.WORLD,
                    "oauth",
                    subject,
                    "its keys cannot be read: no access token lets anybody in",
                    "Let this machine reach the issuer, or name its keys as `server.oauth.jwks`.");
        }
    }

    private void file() {
        if (patient.broken().isPresent()) {
            ConfigError wrong = patient.broken().get();
            section.fail(
                    ExitCode.CONFIGURATION,
                    "file",
                    Config.FILE,
                    String.valueOf(wrong.getMessage()),
                    "Mend that line; docs/configuration.md has every key. Until then no server"
                            + " starts here, and the sections below show what holds without it.");
        } else if (patient.configured()) {
            section.ok(
                    "file",
                    Config.FILE,
                    "project %s, %d environments, %d gates declared"
                            .formatted(
                                    patient.config().project(),
                                    patient.config().environments().size(),
                                    patient.config().gates().size()));
        } else {
            section.warn(
                    "file",
                    Config.FILE,
                    "there is none in " + patient.root(),
                    "Reading and the ledger work; nothing deploys. `wharf init` writes a first"
                            + " one.");
        }
    }

    private void variables(String environment, List<String> names) {
        List<String> absent =
                names.stream()
                        .filter(name -> !patient.terminal().environment().containsKey(name))
                        .toList();
        if (names.isEmpty()) {
            return;
        }
        String subject = "variables of " + environment;
        if (absent.isEmpty()) {
            section.ok("variables." + environment, subject, "all " + names.size() + " are set");
        } else {
            section.warn(
                    "variables." + environment,
                    subject,
                    "not set in this shell: " + String.join(", ", absent),
                    "The gate `variables` stays closed unless they are set where the client starts"
                            + " wharf.");
        }
    }

    private void state() throws IOException {
        if (patient.state().startsWith(patient.root())) {
            section.fail(
                    ExitCode.CONFIGURATION,
                    "state",
                    "state folder",
                    patient.state() + " lies inside the project, where agents write",
                    "Name another one with --state, or set XDG_STATE_HOME.");
            return;
        }
        if (!patient.hasState()) {
            section.ok("state", "state folder", patient.state() + ", made at the first start");
            return;
        }
        Path note = patient.state().resolve("root");
        String owner =
                Files.isRegularFile(note)
                        ? Files.readString(note, StandardCharsets.UTF_8).strip()
                        : patient.root().toString();
        if (owner.equals(patient.root().toString())) {
            section.ok("state", "state folder", patient.state().toString());
        } else {
            section.fail(
                    ExitCode.CONFIGURATION,
                    "state",
                    "state folder",
                    patient.state() + " belongs to " + owner,
                    "Two projects have one name: give this one another in wharf.yaml, or name"
                            + " another folder with --state.");
        }
    }

    private void trust(ProjectState folded) {
        var files = new RuleFiles(patient.folder()::ruleFiles, folded, true, Map.of());
        switch (files.look()) {
            case Rules.Accepted(var digest) ->
                    section.ok("trust", "rules", "accepted as they stand, " + brief(digest));
            case Rules.Changed(_, var names) ->
                    section.warn(
                            "trust",
                            "rules",
                            folded.policy().isEmpty()
                                    ? "no person has accepted them yet"
                                    : "changed since they were accepted: "
                                            + String.join(", ", names),
                            "Nothing deploys until a person has looked: `wharf trust --dry-run`"
                                    + " shows the difference, `wharf trust` accepts it.");
            case Rules.Missing _, Rules.Stale _ -> {} // said above; and nothing is running here
        }
    }

    private static String brief(String digest) {
        return digest.substring(0, 12);
    }

    /** A variable's name as part of an id. */
    private static String word(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        return plain.isEmpty() ? "_" : plain;
    }
}
