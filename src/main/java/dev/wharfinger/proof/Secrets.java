package dev.wharfinger.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wharfinger.workspace.CommitId;
import dev.wharfinger.workspace.Git;
import dev.wharfinger.workspace.TreeFile;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in files by patterns that seldom err: keys with a known prefix, private key blocks,
 * tokens, connection strings with a password, and assignments of random text to a telling name.
 * Binary files are passed over. A finding names place and kind, never the value.
 */
public final class Secrets {
    /** Larger files are read up to here, in bytes. */
    public static final int LIMIT_BYTES = 4 * 1024 * 1024;

    private static final int CHUNK = 8_000;
    private static final int OVERLAP = 2_000;
    private static final double RANDOM_BITS = 3.3;

    /**
     * A kind of secret.
     *
     * @param needles lower-case words without which the pattern cannot match; looking for them
     *     first makes the scan of a large repository many times faster
     * @param valueGroup the group that holds the value; 0 where the form alone is telling
     */
    private record Kind(String name, List<String> needles, Pattern pattern, int valueGroup) {
        static Kind of(String name, String needle, String regex) {
            return new Kind(name, List.of(needle), Pattern.compile(regex), 0);
        }

        boolean mayStandIn(String lowerCase) {
            return needles.stream().anyMatch(lowerCase::contains);
        }
    }

    private static final List<String> TELLING =
            List.of("pass", "secret", "token", "key", "credential");

    private static final String START = "(?<![A-Za-z0-9_-])";
    private static final String END = "(?![A-Za-z0-9_-])";

    private static final List<Kind> KINDS =
            List.of(
                    Kind.of(
                            "private key",
                            "private key",
                            "-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
                    new Kind(
                            "AWS access key",
                            List.of("akia", "asia"),
                            Pattern.compile(START + "(?:AKIA|ASIA)[A-Z0-9]{16}" + END),
                            0),
                    Kind.of(
                            "AWS secret key",
                            "secret",
                            "(?i)aws_?secret_?(?:access_?)?key[\"']?\\s{0,8}[:=]\\s{0,8}[\"']?"
                                    + "[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"),
                    Kind.of("GitHub token", "gh", START + "gh[pousr]_[A-Za-z0-9]{36,255}" + END),
                    Kind.of(
                            "GitHub token",
                            "github_pat_",
                            START + "github_pat_[A-Za-z0-9_]{60,255}" + END),
                    Kind.of(
                            "GitLab token",
                            "gl",
                            START + "gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,64}" + END),
                    Kind.of(
                            "Slack token",
                            "xox",
                            START + "xox[abeoprs]-[A-Za-z0-9-]{10,250}" + END),
                    Kind.of(
                            "Slack token",
                            "xapp-",
                            START + "xapp-\\d-[A-Z0-9]{6,20}-\\d{6,20}-[a-f0-9]{32,80}" + END),
                    Kind.of(
                            "Slack webhook",
                            "hooks.slack.com",
                            "https://hooks\\.slack\\.com/(?:services|workflows)/"
                                    + "[A-Za-z0-9/_-]{20,200}"),
                    Kind.of("Google API key", "aiza", START + "AIza[A-Za-z0-9_-]{35}" + END),
                    Kind.of(
                            "Stripe key",
                            "k_live_",
                            START + "[sr]k_live_[A-Za-z0-9]{16,250}" + END),
                    Kind.of("npm token", "npm_", START + "npm_[A-Za-z0-9]{36}" + END),
                    Kind.of(
                            "PyPI token",
                            "pypi-age",
                            START + "pypi-AgE[A-Za-z0-9_-]{50,1000}" + END),
                    Kind.of(
                            "SendGrid key",
                            "sg.",
                            START + "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}" + END),
                    Kind.of(
                            "Anthropic key",
                            "sk-ant-",
                            START + "sk-ant-[A-Za-z0-9_-]{30,200}" + END),
                    Kind.of(
                            "OpenAI key",
                            "t3blbkfj",
                            START
                                    + "sk-(?:proj-|svcacct-)?"
                                    + "[A-Za-z0-9_-]{0,100}T3BlbkFJ[A-Za-z0-9_-]{16,100}"
                                    + END),
                    Kind.of(
                            "Docker token",
                            "dckr_",
                            START + "dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,64}" + END),
                    Kind.of("DigitalOcean token", "_v1_", START + "do[opr]_v1_[a-f0-9]{64}" + END),
                    Kind.of(
                            "age key",
                            "age-secret-key-",
                            START + "AGE-SECRET-KEY-1[A-Z0-9]{58}" + END),
                    Kind.of(
                            "JSON web token",
                            "eyj",
                            START
                                    + "eyJ[A-Za-z0-9_-]{8,2000}"
                                    + "\\.eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{16,1000}"),
                    Kind.of(
                            "Azure storage key",
                            "accountkey=",
                            "AccountKey=[A-Za-z0-9+/]{80,90}={0,2}"),
                    new Kind(
                            "connection string with a password",
                            List.of("://"),
                            Pattern.compile(
                                    START
                                            + "[a-z][a-z0-9+.-]{1,30}://[^\\s:/@\"'<>]{0,100}:"
                                            + "([^\\s/@\"'<>]{3,200})@[A-Za-z0-9\\[]"),
                            1),
                    new Kind(
                            "secret in an assignment",
                            TELLING,
                            Pattern.compile(
                                    "(?i)(?:password|passwd|passphrase|secret|token|api[_-]?key"
                                        + "|access[_-]?key|private[_-]?key|credential|auth[_-]?key)"
                                        + "[a-z0-9_.-]{0,40}[\"']?\\s{0,8}(?:=>|:=|=|:)\\s{0,8}"
                                        + "([\"'`])([^\"'`\\s]{10,500})\\1"),
                            2),
                    new Kind(
                            "secret in an assignment",
                            TELLING,
                            Pattern.compile(
                                    "(?i)^\\s{0,20}(?:export\\s{1,4}|-\\s{1,4})?[a-z0-9_.-]{0,60}"
                                        + "(?:password|passwd|passphrase|secret|token|api[_-]?key"
                                        + "|access[_-]?key|private[_-]?key)[a-z0-9_.-]{0,40}"
                                        + "\\s{0,4}[=:]\\s{0,4}("
                                        + "[A-Za-z0-9+/_=.~!@#%^&*-]{16,500})\\s*$"),
                            1));

    /** What stands where a secret will stand, in examples and templates. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "(?i)\\$\\{|\\$\\(|\\{\\{|<[a-z]|%\\("
                            + "|\\.\\.\\.|\\*\\*\\*|xxx|^\\$[a-z_]|example|changeme"
                            + "|change[_-]me|placeholder|dummy|your[_-]|redacted|replace[_-]?me"
                            + "|process\\.env|os\\.environ|getenv|secrets\\.|vault:|^env[.:]");

    private Secrets() {}

    /** Where secrets seem to stand in these bytes, each kind once a line. */
    public static List<SecretFinding> scan(WorkspacePath path, byte[] bytes) {
        int length = Math.min(bytes.length, LIMIT_BYTES);
        if (isBinary(bytes, length)) {
            return List.of();
        }
        Set<SecretFinding> found = new LinkedHashSet<>();
        int number = 0;
        // All patterns are ASCII: a byte a character finds them in every encoding above it.
        for (String line : new String(bytes, 0, length, ISO_8859_1).lines().toList()) {
            number++;
            for (int from = 0; from < line.length(); from += CHUNK) {
                int to = Math.min(line.length(), from + CHUNK + OVERLAP);
                for (String kind : kinds(line.substring(from, to))) {
                    found.add(new SecretFinding(path, number, kind));
                }
            }
        }
        return List.copyOf(new ArrayList<>(found));
    }

    /**
     * Where secrets seem to stand in a commit.
     *
     * @param allow globs and folders of known false alarms
     */
    public static List<SecretFinding> scan(Git git, CommitId commit, List<String> allow) {
        List<Glob> allowed = allow.stream().map(Glob::of).toList();
        List<SecretFinding> found = new ArrayList<>();
        for (TreeFile file : git.files(commit)) {
            if (allowed.stream().noneMatch(glob -> glob.covers(file.path()))) {
                git.blob(commit, file.path())
                        .ifPresent(bytes -> found.addAll(scan(file.path(), bytes)));
            }
        }
        return found;
    }

    /** Whether a path is excepted by one of the globs or folders. */
    public static boolean isAllowed(WorkspacePath path, List<String> allow) {
        return allow.stream().map(Glob::of).anyMatch(glob -> glob.covers(path));
    }

    private static Set<String> kinds(String line) {
        Set<String> found = new LinkedHashSet<>();
        String lowerCase = line.toLowerCase(Locale.ROOT);
        for (Kind kind : KINDS) {
            if (!kind.mayStandIn(lowerCase)) {
                continue;
            }
            Matcher matcher = kind.pattern().matcher(line);
            while (matcher.find()) {
                if (isReal(kind, matcher)) {
                    found.add(kind.name());
                }
            }
        }
        return found;
    }

    private static boolean isReal(Kind kind, Matcher matcher) {
        String value = matcher.group(kind.valueGroup());
        if (kind.valueGroup() == 0) {
            return true;
        }
        if (PLACEHOLDER.matcher(value).find()) {
            return false;
        }
        boolean connection = kind.name().startsWith("connection");
        return connection ? !isPlainWord(value) : isRandom(value);
    }

    /** {@code user:password@host} in a manual is no secret. */
    private static boolean isPlainWord(String value) {
        return Set.of("password", "pass", "pwd", "passwd", "secret", "user", "token")
                .contains(value.toLowerCase(Locale.ROOT));
    }

    /** Letters and digits mixed, and as many different ones as chance would give. */
    private static boolean isRandom(String value) {
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean letter = value.chars().anyMatch(Character::isLetter);
        boolean path = value.startsWith("/") || value.startsWith("./") || value.contains("://");
        return digit && letter && !path && entropy(value) >= RANDOM_BITS;
    }

    /** Shannon's, in bits a character. */
    private static double entropy(String value) {
        int[] counts = new int[256];
        value.chars().forEach(at -> counts[at & 0xff]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    private static boolean isBinary(byte[] bytes, int length) {
        for (int i = 0; i < Math.min(length, 8_000); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
