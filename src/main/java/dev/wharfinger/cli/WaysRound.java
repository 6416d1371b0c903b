package dev.wharfinger.cli;

import dev.wharfinger.identity.Token;
import dev.wharfinger.identity.TokenFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code wharf doctor} says of the ways past the server: what an agent could do with a shell
 * of this user. It warns and does not fail: these are choices of people, and they should know them.
 */
final class WaysRound {
    private final Patient patient;
    private final Section section = new Section("ways", "Ways round");

    WaysRound(Patient patient) {
        this.patient = patient;
    }

    Section look() throws IOException {
        journalKey();
        Optional<Path> home = patient.terminal().variable("HOME").map(Path::of);
        var keys = new SshKeys(home.map(at -> at.resolve(".ssh")));
        if (home.isPresent()) {
            new CredentialFiles(home.get(), patient.terminal()).look(section);
        }
        sshKeys(keys);
        environment();
        new GitRemotes(patient.root(), home).look(section, keys);
        new ClientSettings(patient.root(), home).look(section);
        tokens();
        return section;
    }

    private void journalKey() {
        Path key = patient.state().resolve("journal.key");
        if (Files.isReadable(key)) {
            section.warn(
                    "journal-key",
                    "journal's key",
                    "this user can read " + key,
                    "Over stdio the agent is this user: with a shell it could sign a journal of its"
                        + " own, or run `wharf trust`. Give the agent no shell and no edit tools of"
                        + " its own, or run it as another user or in a container without the state"
                        + " and target folders.");
        } else {
            section.ok("journal-key", "journal's key", "not readable for this user");
        }
    }

    private void sshKeys(SshKeys keys) throws IOException {
        List<String> open = keys.withoutPassphrase();
        if (open.isEmpty()) {
            section.ok("ssh-keys", "SSH keys", "none without a passphrase");
        } else {
            section.warn(
                    "ssh-keys",
                    "SSH keys",
                    "without a passphrase: " + String.join(", ", open),
                    "Whoever is this user can log in and push with them. Set a passphrase"
                            + " (`ssh-keygen -p -f FILE`), or use a key that needs a touch.");
        }
    }

    private void environment() {
        List<String> names = SecretNames.in(patient.terminal().environment().keySet());
        if (names.isEmpty()) {
            section.ok("environment", "environment", "no variable is named like a secret");
        } else {
            section.warn(
                    "environment",
                    "environment",
                    "named like secrets: " + String.join(", ", names),
                    "An agent started from this shell has them too. Start the client without them,"
                            + " and set what the service needs for wharf alone.");
        }
    }

    /** Whoever is both /test and /deploy proves to himself. */
    private void tokens() throws IOException {
        Path file = patient.state().resolve("tokens");
        if (!Files.exists(file)) {
            return;
        }
        var personas = new TreeMap<String, TreeSet<String>>();
        for (Token token : new TokenFile(file).all()) {
            personas.computeIfAbsent(token.person(), _ -> new TreeSet<>())
                    .add(token.persona().command());
        }
        List<String> several =
                personas.entrySet().stream()
                        .filter(one -> one.getValue().size() > 1)
                        .map(one -> one.getKey() + " (" + String.join(", ", one.getValue()) + ")")
                        .toList();
        if (several.isEmpty()) {
            section.ok("tokens", "persona tokens", "nobody has tokens of two personas");
        } else {
            section.warn(
                    "tokens",
                    "persona tokens",
                    "of two personas or more: " + String.join("; ", several),
                    "Whoever is both /test and /deploy proves to himself. Make each persona's token"
                            + " for another person, or ask for `four_eyes: true`.");
        }
    }
}
