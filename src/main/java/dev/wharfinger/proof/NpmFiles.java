package dev.wharfinger.proof;

import dev.wharfinger.workspace.FileContent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** npm's own two files, in JSON: what is asked for, and what is locked. */
final class NpmFiles {
    private static final List<String> ASKED =
            List.of("dependencies", "devDependencies", "peerDependencies", "optionalDependencies");
    private static final String FOLDER = "node_modules/";

    private NpmFiles() {}

    static List<FoundVersion> manifest(FileContent file) throws Unusable {
        Json document = Json.read(file.bytes());
        List<FoundVersion> found = new ArrayList<>();
        own(file, document).ifPresent(found::add);
        for (String group : ASKED) {
            document.get(group, Json.Kind.OBJECT)
                    .ifPresent(asked ->
                            asked.members()
                                    .forEach((name, range) -> found.add(asked(file, name, range))));
        }
        return found;
    }

    static List<FoundVersion> lock(FileContent file) throws Unusable {
        Json document = Json.read(file.bytes());
        Json packages =
                document.get("packages", Json.Kind.OBJECT)
                        .orElseThrow(() ->
                                new Unusable(
                                        "it has no `packages`; version 2 or 3 is read",
                                        document.line()));
        List<FoundVersion> found = new ArrayList<>();
        packages.members()
                .forEach((path, entry) -> {
                    int at = path.lastIndexOf(FOLDER);
                    Optional<Json> version = entry.get("version", Json.Kind.STRING);
                    if (at >= 0 && version.isPresent()) {
                        // An alias stands under another name than the package's own.
                        String name =
                                entry.string("name").orElse(path.substring(at + FOLDER.length()));
                        found.add(locked(file, name, version.get()));
                    }
                });
        return found;
    }

    private static Optional<FoundVersion> own(FileContent file, Json document) {
        Optional<String> name = document.string("name");
        Optional<Json> version = document.get("version", Json.Kind.STRING);
        return name.isPresent() && version.isPresent()
                ? Optional.of(asked(file, name.get(), version.get()))
                : Optional.empty();
    }

    private static FoundVersion asked(FileContent file, String name, Json range) {
        return Lockfiles.found(file, "npm", name, range.text(), range.line(), false);
    }

    private static FoundVersion locked(FileContent file, String name, Json version) {
        return Lockfiles.found(file, "npm", name, version.text(), version.line(), true);
    }
}
