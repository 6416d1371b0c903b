package dev.wharfinger.deploy;

import dev.wharfinger.workspace.WorkspacePath;

import java.time.Duration;
import java.util.List;

/**
 * How an artifact is built from a clean checkout.
 *
 * @param commands argument lists, run one after the other; none ships the checkout as it is
 * @param path the file or folder that is shipped, relative to the checkout; {@code .} is all of it
 * @param env names handed to the commands, beside PATH and HOME
 * @param limit how long each command may take
 */
public record BuildSettings(
        List<List<String>> commands, String path, List<String> env, Duration limit) {
    /** How long a build command may take, where nothing else is declared. */
    public static final Duration LIMIT = Duration.ofMinutes(30);

    public BuildSettings {
        commands = commands.stream().map(List::copyOf).toList();
        env = List.copyOf(env);
        if (commands.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a build command has a program");
        }
        if (!path.equals(".")) {
            path = WorkspacePath.of(path).toString();
        }
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a build takes some time: " + limit);
        }
    }
}
