package dev.wharfinger.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wharfinger.approval.ApprovalSettings;
import dev.wharfinger.deploy.BuildSettings;
import dev.wharfinger.deploy.EnvironmentName;
import dev.wharfinger.deploy.EnvironmentSettings;
import dev.wharfinger.ledger.LedgerPaths;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;
import dev.wharfinger.rule.Source;
import dev.wharfinger.server.ServerSettings;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What {@code wharf.yaml} declares, as the settings that each noun asks for. It decides nothing.
 *
 * @param text the digest of what it was read from
 * @param artifact how the artifact is built; absent where none is declared, so nothing can ship
 * @param proofsIgnore globs of paths that are left out of the source digest
 * @param gates the declared gates, in the file's order
 * @param environments in the file's order
 */
public record Config(
        String project,
        LedgerPaths ledger,
        SequencedMap<PersonaName, WorkspacePath> personas,
        Optional<BuildSettings> artifact,
        List<String> proofsIgnore,
        SequencedMap<GateId, GateSettings> gates,
        GateExtras extras,
        SequencedMap<EnvironmentName, EnvironmentSettings> environments,
        SequencedMap<EnvironmentName, ApprovalSettings> approvals,
        Duration planExpires,
        ServerSettings server,
        ContentHash text) {
    /** The file's name; it stands in the project's root. */
    public static final String FILE = "wharf.yaml";

    private static final Pattern PROJECT =
            Pattern.compile("(?m)^project:\\s*[\"']?([A-Za-z0-9][A-Za-z0-9._-]{0,62})");

    /** A configuration is small; more than this is a mistake. */
    private static final long SIZE_LIMIT = 256 * 1024;

    public Config {
        personas = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(personas));
        proofsIgnore = List.copyOf(proofsIgnore);
        gates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(gates));
        environments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environments));
        approvals = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(approvals));
    }

    /**
     * Reads the file in the project's root; nothing where there is none.
     *
     * @throws ConfigError naming file, line and key of the first thing that cannot be meant
     */
    public static Optional<Config> load(Path root, Map<String, String> environment)
            throws IOException, ConfigError {
        Path file = root.resolve(FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigError(new Source(FILE, 0), "", "is not a regular file");
        }
        if (Files.size(file) > SIZE_LIMIT) {
            throw new ConfigError(new Source(FILE, 0), "", "is larger than 256 KiB");
        }
        return Optional.of(
                parse(FILE, utf8(Files.readAllBytes(file)), folderName(root), environment));
    }

    /** The same for a text; {@code file} is only its name in messages. */
    public static Config parse(
            String file, String text, String folder, Map<String, String> environment)
            throws ConfigError {
        return ConfigReader.read(file, text, folder, environment);
    }

    /** What holds where there is no {@code wharf.yaml}: ledger, lanes and reading; no shipping. */
    public static Config none(Path root) throws ConfigError {
        return parse(FILE, "{}", folderName(root), Map.of());
    }

    /**
     * The same without anything that acts: no environment, no command, nobody who decides, or who
     * says who comes in.
     */
    Config powerless() {
        return new Config(
                project,
                ledger,
                Collections.emptyNavigableMap(),
                Optional.empty(),
                proofsIgnore,
                Collections.emptyNavigableMap(),
                GateExtras.NONE,
                Collections.emptyNavigableMap(),
                Collections.emptyNavigableMap(),
                planExpires,
                server.withoutOauth(),
                text);
    }

    /** The paths that are left out of the source digest, beside the ledger. */
    public Predicate<WorkspacePath> leftOutOfProofs() {
        List<PathMatcher> matchers =
                proofsIgnore.stream()
                        .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                        .toList();
        return path -> {
            Path asked = Path.of(path.toString());
            return matchers.stream().anyMatch(matcher -> matcher.matches(asked));
        };
    }

    /** The name of the project's folder, which is the project's name where none is declared. */
    static String folderName(Path root) {
        Path name = root.toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString();
    }

    /** The project's name where the file cannot be read as a whole. */
    static String nameIn(Path root) {
        try {
            var line = PROJECT.matcher(Files.readString(root.resolve(FILE), ISO_8859_1));
            return line.find() ? line.group(1) : folderName(root);
        } catch (IOException unreadable) {
            return folderName(root);
        }
    }

    private static String utf8(byte[] bytes) throws ConfigError {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException other) {
            throw new ConfigError(new Source(FILE, 0), "", "is not UTF-8");
        }
    }
}
