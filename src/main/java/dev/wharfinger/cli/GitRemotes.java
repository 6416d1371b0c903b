package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The remotes of the project's repository, and whether this user can push to them: a pushed tag or
 * branch deploys in many places. An address is shown by its host alone, since it may hold a
 * password.
 */
record GitRemotes(Path root, Optional<Path> home) {
    private static final Pattern SECTION = Pattern.compile("\\s*\\[(\\w+)(?:\\s+\"(.*)\")?\\].*");
    private static final Pattern SETTING = Pattern.compile("\\s*(\\w+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern HTTPS = Pattern.compile("https?://(?:([^/@]*)@)?([^/:]+).*");
    private static final Pattern SSH =
            Pattern.compile("(?:ssh://)?(?:[^/@:]+@)?([A-Za-z0-9.-]+)[:/].*");

    void look(Section section, SshKeys keys) throws IOException {
        var remotes = new LinkedHashMap<String, String>();
        List<String> helpers = new ArrayList<>();
        Optional<Path> config = config();
        if (config.isPresent()) {
            read(config.get(), remotes, helpers);
        }
        if (home.isPresent()) {
            read(home.get().resolve(".gitconfig"), new LinkedHashMap<>(), helpers);
            read(home.get().resolve(".config/git/config"), new LinkedHashMap<>(), helpers);
        }
        if (remotes.isEmpty()) {
            section.ok("push", "Git remotes", "none");
            return;
        }
        boolean openKey = !keys.withoutPassphrase().isEmpty();
        for (Map.Entry<String, String> remote : remotes.entrySet()) {
            one(section, remote.getKey(), remote.getValue(), !helpers.isEmpty(), openKey);
        }
    }

    private static void one(
            Section section, String name, String url, boolean helper, boolean openKey) {
        String what = "push." + (name.matches("[A-Za-z0-9_/-]+") ? name : "other");
        String subject = "Git remote " + name;
        Matcher https = HTTPS.matcher(url);
        Matcher ssh = SSH.matcher(url);
        if (https.matches()) {
            String user = https.group(1) == null ? "" : https.group(1);
            if (user.contains(":")) {
                warn(section, what, subject, https.group(2), "a password stands in its address");
            } else if (helper) {
                warn(section, what, subject, https.group(2), "a credential helper answers for it");
            } else {
                section.ok(what, subject, https.group(2) + ", no stored credential was found");
            }
        } else if (!url.startsWith("/") && !url.startsWith("file:") && ssh.matches()) {
            if (openKey) {
                warn(section, what, subject, ssh.group(1), "by ssh, with a key that asks nothing");
            } else {
                section.ok(what, subject, ssh.group(1) + " by ssh, no key without a passphrase");
            }
        } else {
            section.ok(what, subject, "a folder of this machine");
        }
    }

    private static void warn(
            Section section, String what, String subject, String host, String how) {
        section.warn(
                what,
                subject,
                host + ": " + how,
                "An agent with a shell can push there without `commit_work` or a plan. Protect the"
                    + " branches and tags that deploy, or keep that credential from the agent.");
    }

    /** The repository's configuration; a linked work tree has it in the main one. */
    private Optional<Path> config() throws IOException {
        Path git = root.resolve(".git");
        if (Files.isRegularFile(git)) {
            String line = Files.readString(git, ISO_8859_1).strip();
            if (!line.startsWith("gitdir:")) {
                return Optional.empty();
            }
            Path own = root.resolve(line.substring("gitdir:".length()).strip());
            Path common = own.resolve("commondir");
            git =
                    Files.isRegularFile(common)
                            ? own.resolve(Files.readString(common, ISO_8859_1).strip())
                            : own;
        }
        return Optional.of(git.resolve("config")).filter(Files::isRegularFile);
    }

    private static void read(Path file, Map<String, String> remotes, List<String> helpers)
            throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return;
        }
        String section = "";
        String name = "";
        for (String line : Files.readString(file, ISO_8859_1).lines().toList()) {
            Matcher header = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (header.matches()) {
                section = header.group(1);
                name = header.group(2) == null ? "" : header.group(2);
            } else if (setting.matches()) {
                String key = setting.group(1);
                if (section.equals("remote") && key.matches("(?i)(push)?url")) {
                    remotes.put(name, setting.group(2));
                } else if (section.equals("credential") && key.equals("helper")) {
                    helpers.add(setting.group(2));
                }
            }
        }
    }
}
