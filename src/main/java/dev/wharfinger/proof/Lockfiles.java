package dev.wharfinger.proof;

import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lockfiles and manifests really say about versions: npm (package.json, package-lock 2 and 3,
 * npm-shrinkwrap, pnpm-lock, yarn.lock 1 and later), Maven and Gradle (pom.xml, gradle.lockfile),
 * Cargo (Cargo.toml, Cargo.lock), Python (poetry.lock, uv.lock, requirements.txt), Go (go.mod).
 *
 * <p>Nothing is resolved and nothing is fetched; a version comes with the line in which it stands.
 */
public final class Lockfiles {
    private static final Set<String> KNOWN =
            Set.of(
                    "package.json",
                    "package-lock.json",
                    "npm-shrinkwrap.json",
                    "pnpm-lock.yaml",
                    "yarn.lock",
                    "pom.xml",
                    "gradle.lockfile",
                    "Cargo.toml",
                    "Cargo.lock",
                    "poetry.lock",
                    "uv.lock",
                    "requirements.txt",
                    "go.mod");

    private Lockfiles() {}

    /** A file that should be one of these and cannot be read: which, where, why. */
    public record Unreadable(WorkspacePath file, int line, String reason) {}

    /** What was found, locked versions first, and the files that could not be read. */
    public record Findings(List<FoundVersion> versions, List<Unreadable> unreadable) {
        public Findings {
            versions = List.copyOf(versions);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Whether that file is one of these, by its name. */
    public static boolean isKnown(WorkspacePath path) {
        String name = path.name();
        return KNOWN.contains(name) || name.matches("requirements[\\w.-]{0,40}\\.txt");
    }

    /**
     * The versions of one package in these files, in the order of the files, locked ones first.
     * Files that are none of these are passed over.
     */
    public static Findings versions(
            String packageName, Optional<String> ecosystem, List<FileContent> files) {
        Findings all = all(files);
        List<FoundVersion> found = new ArrayList<>();
        for (boolean locked : new boolean[] {true, false}) {
            all.versions().stream()
                    .filter(version -> version.locked() == locked)
                    .filter(version -> ecosystem.map(version.ecosystem()::equals).orElse(true))
                    .filter(version -> version.isNamed(packageName))
                    .forEach(found::add);
        }
        return new Findings(found, all.unreadable());
    }

    /** Every version in these files. */
    public static Findings all(List<FileContent> files) {
        List<FoundVersion> found = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (FileContent file : files) {
            if (isKnown(file.path())) {
                try {
                    found.addAll(read(file));
                } catch (Unusable broken) {
                    unreadable.add(new Unreadable(file.path(), broken.line(), broken.reason()));
                }
            }
        }
        return new Findings(found, unreadable);
    }

    private static List<FoundVersion> read(FileContent file) throws Unusable {
        return switch (file.path().name()) {
            case "package.json" -> NpmFiles.manifest(file);
            case "package-lock.json", "npm-shrinkwrap.json" -> NpmFiles.lock(file);
            case "pnpm-lock.yaml" -> NodeLocks.pnpm(file);
            case "yarn.lock" -> NodeLocks.yarn(file);
            case "pom.xml" -> PomVersions.read(file);
            case "gradle.lockfile" -> LineLocks.gradle(file);
            case "Cargo.toml" -> LineLocks.cargoManifest(file);
            case "Cargo.lock" -> LineLocks.tomlPackages("cargo", file);
            case "poetry.lock", "uv.lock" -> LineLocks.tomlPackages("pypi", file);
            case "go.mod" -> LineLocks.goModule(file);
            default -> LineLocks.requirements(file);
        };
    }

    static FoundVersion found(
            FileContent file,
            String ecosystem,
            String name,
            String version,
            int line,
            boolean lock) {
        String purl = PackageUrl.of(ecosystem, name, version);
        return new FoundVersion(ecosystem, name, version, file.path(), line, purl, lock);
    }
}
