package dev.wharfinger.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The project's Java files, tests included, as paths from the project's root. */
final class Sources {
    private Sources() {}

    static List<Path> java() throws IOException {
        var found = new ArrayList<Path>();
        for (String root : List.of("src/main/java", "src/test/java")) {
            try (var paths = Files.walk(Path.of(root))) {
                paths.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return List.copyOf(found);
    }
}
