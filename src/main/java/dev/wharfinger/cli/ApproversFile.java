package dev.wharfinger.cli;

import dev.wharfinger.approval.ApproverName;
import dev.wharfinger.approval.Approvers;
import dev.wharfinger.approval.SshPublicKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The approvers file, edited line by line: what is not ours stays as it is. */
record ApproversFile(Path path) {
    /** Adds this person's key. */
    void add(ApproverName name, SshPublicKey key) throws IOException, CommandFailed {
        List<String> lines = new ArrayList<>(lines());
        for (String line : lines) {
            boolean same =
                    Approvers.parse(line).all().stream()
                            .anyMatch(one -> one.key().equals(key.key()));
            if (same) {
                throw new CommandFailed(ExitCode.NO, "that key stands there already: " + line);
            }
        }
        lines.add(key.signerLine(name));
        write(lines);
    }

    /** Takes these keys of a person out, or all; gives back how many there were. */
    int revoke(ApproverName name, List<SshPublicKey> only) throws IOException {
        List<String> before = lines();
        List<String> after = before.stream().filter(line -> !isOf(line, name, only)).toList();
        if (after.size() < before.size()) {
            write(after);
        }
        return before.size() - after.size();
    }

    private static boolean isOf(String line, ApproverName name, List<SshPublicKey> only) {
        return Approvers.parse(line).named(name).stream()
                .anyMatch(one ->
                        only.isEmpty()
                                || only.stream().anyMatch(key -> key.key().equals(one.key())));
    }

    private List<String> lines() throws IOException {
        return Files.isRegularFile(path)
                ? Files.readAllLines(path, StandardCharsets.UTF_8)
                : List.of();
    }

    /** All of it or nothing: a new file takes the place of the old one. */
    private void write(List<String> lines) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
