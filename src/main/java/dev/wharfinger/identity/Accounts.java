package dev.wharfinger.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The users of this machine as {@code /etc/passwd} and {@code /etc/group} tell them. Whoever comes
 * from a directory on the network stands in neither and is not known here.
 */
public record Accounts(Path passwd, Path group) {
    /** Members of these can become root without anybody's password. */
    private static final Set<String> ROOTS =
            Set.of("root", "docker", "lxd", "incus-admin", "disk", "podman");

    /** The machine's own. */
    public static Accounts ofThisMachine() {
        return new Accounts(Path.of("/etc/passwd"), Path.of("/etc/group"));
    }

    /** Whether somebody could work as this user; who is not known here could. */
    public boolean logsIn(String user) throws IOException {
        Optional<List<String>> account = account(user);
        String shell = account.filter(a -> a.size() > 6).map(a -> a.get(6)).orElse("/bin/sh");
        return !shell.endsWith("/nologin") && !shell.endsWith("/false");
    }

    /** The groups of this user by which he is as good as root. */
    public List<String> asRoot(String user) throws IOException {
        String primary = primaryGroup(user).orElse("");
        var found = new ArrayList<String>();
        for (List<String> line : lines(group)) {
            boolean in =
                    line.size() > 3
                            && (line.get(2).equals(primary)
                                    || List.of(line.get(3).split(",")).contains(user));
            if (in && ROOTS.contains(line.getFirst())) {
                found.add(line.getFirst());
            }
        }
        return found;
    }

    /** The number of this user's own group; nothing where he is not known here. */
    public Optional<String> primaryGroup(String user) throws IOException {
        return account(user).filter(a -> a.size() > 3).map(a -> a.get(3));
    }

    private Optional<List<String>> account(String user) throws IOException {
        return lines(passwd).stream().filter(line -> line.getFirst().equals(user)).findFirst();
    }

    private static List<List<String>> lines(Path file) throws IOException {
        return Files.isReadable(file)
                ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                        .map(line -> List.of(line.split(":", -1)))
                        .toList()
                : List.of();
    }
}
