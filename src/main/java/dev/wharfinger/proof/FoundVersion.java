package dev.wharfinger.proof;

import dev.wharfinger.workspace.WorkspacePath;

/**
 * A version that a lockfile or manifest really holds.
 *
 * @param ecosystem npm, maven, cargo, pypi or golang, as package URLs name them
 * @param version as written; in a manifest it may be a range
 * @param line where it stands, from 1
 * @param purl the package URL, with the version as written
 * @param locked true in a lockfile, false for what a manifest only asks for
 */
public record FoundVersion(
        String ecosystem,
        String name,
        String version,
        WorkspacePath file,
        int line,
        String purl,
        boolean locked) {

    /**
     * Whether it is the package that somebody asks for; each ecosystem has its own idea of equal.
     */
    boolean isNamed(String asked) {
        return switch (ecosystem) {
            case "pypi" -> PackageUrl.pypi(name).equals(PackageUrl.pypi(asked));
            case "maven" ->
                    name.equals(asked)
                            || name.substring(name.indexOf(':') + 1).equals(asked)
                            || name.equals(asked.replace('/', ':'));
            case "cargo" -> name.replace('_', '-').equals(asked.replace('_', '-'));
            case "golang" -> name.equals(asked) || name.endsWith("/" + asked);
            default -> name.equals(asked);
        };
    }
}
