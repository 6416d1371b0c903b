package dev.wharfinger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the clients of this user keep their servers, and with which words they start ours.
 *
 * @param root the project's root, its links resolved
 * @param state the state folder, where the user named one
 * @param system the operating system's name
 * @param launcher the launcher that runs now; empty where Java was started without it
 */
record ClientPlace(
        Terminal terminal,
        Path root,
        Optional<Path> state,
        String system,
        Optional<Path> launcher) {
    private static final String NAME = "wharf";

    /** The place of this process. */
    static ClientPlace of(Terminal terminal, Path root, Optional<Path> state) {
        Optional<Path> home = Optional.ofNullable(System.getProperty("wharf.home")).map(Path::of);
        return new ClientPlace(
                terminal,
                root,
                state,
                System.getProperty("os.name", "Linux"),
                home.map(each -> each.resolve(NAME)).filter(Files::isExecutable));
    }

    /** The client's file: the project's, or the user's where the client has no other. */
    ForeignFile file(Client client) throws IOException, CommandFailed {
        Optional<String> inProject = client.projectFile();
        if (inProject.isPresent()) {
            return new ForeignFile(root, root.resolve(chosen(client, inProject.get())));
        }
        Path home =
                Path.of(
                                terminal.variable("HOME")
                                        .orElseThrow(() ->
                                                new CommandFailed(
                                                        ExitCode.CONFIGURATION,
                                                        "HOME is not set, and "
                                                                + client.title()
                                                                + " keeps its servers there")))
                        .toRealPath();
        return switch (client) {
            case CLAUDE_DESKTOP -> claudeDesktop(home);
            case ZED -> inConfig(home, "zed/settings.json");
            default -> new ForeignFile(home, home.resolve(".codeium/windsurf/mcp_config.json"));
        };
    }

    /** opencode reads the one name as well as the other; an existing file is the one meant. */
    private String chosen(Client client, String usual) {
        boolean other =
                client == Client.OPENCODE
                        && !Files.exists(root.resolve(usual))
                        && Files.exists(root.resolve(usual + "c"));
        return other ? usual + "c" : usual;
    }

    private ForeignFile claudeDesktop(Path home) throws IOException {
        String name = "Claude/claude_desktop_config.json";
        if (isMac()) {
            return new ForeignFile(home, home.resolve("Library/Application Support").resolve(name));
        }
        return inConfig(home, name);
    }

    /** Below {@code XDG_CONFIG_HOME}, else below {@code ~/.config}. */
    private ForeignFile inConfig(Path home, String name) throws IOException {
        Optional<Path> config =
                terminal.variable("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .filter(Files::isDirectory);
        if (config.isPresent() && !isMac()) {
            Path base = config.get().toRealPath();
            return new ForeignFile(base, base.resolve(name));
        }
        return new ForeignFile(home, home.resolve(".config").resolve(name));
    }

    private boolean isMac() {
        return system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    /**
     * The program that a client starts. {@code wharf} alone where that name leads to this very
     * launcher and the file belongs to the project, whose other users have theirs elsewhere; a
     * program that the desktop starts may have another PATH than this shell.
     */
    String command(Client client) {
        if (launcher.isEmpty()) {
            return NAME;
        }
        boolean named =
                client.projectFile().isPresent() && onPath().filter(this::isOurs).isPresent();
        return named ? NAME : launcher.get().toString();
    }

    /** Whether what is written starts without anybody's doing. */
    boolean startsByItself() {
        return launcher.isPresent() || onPath().isPresent();
    }

    List<String> arguments(Client client) {
        var words = new ArrayList<>(List.of("stdio", "--persona", "deploy"));
        if (client.projectFile().isEmpty()) { // it starts its servers in a folder of its own
            words.addAll(List.of("--root", root.toString()));
        }
        state.ifPresent(folder -> words.addAll(List.of("--state", folder.toString())));
        return words;
    }

    private Optional<Path> onPath() {
        for (String part : terminal.variable("PATH").orElse("").split(":")) {
            if (part.startsWith("/") && Files.isExecutable(Path.of(part, NAME))) {
                return Optional.of(Path.of(part, NAME));
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(Path found) {
        try {
            return launcher.isPresent() && Files.isSameFile(found, launcher.get());
        } catch (IOException unreadable) {
            return false;
        }
    }
}
