package dev.wharfinger.cli;

import dev.wharfinger.journal.Verification;
import dev.wharfinger.server.KeeperLink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What {@code wharf doctor} says of the journal, its keeper and the folder that holds both. */
final class JournalCheck {
    private static final int PATIENCE_SECONDS = 5;

    private final Patient patient;
    private final Section section = new Section("journal", "Journal");

    JournalCheck(Patient patient) {
        this.patient = patient;
    }

    /**
     * @param book the journal as it was read
     * @param unread why it could not be read, where there is one
     */
    Section look(Optional<Patient.Book> book, Optional<String> unread) throws IOException {
        if (!patient.hasState()) {
            section.ok("verified", "journal", "none yet; the first start makes one");
            return section;
        }
        if (unread.isPresent()) {
            section.fail(
                    ExitCode.NO,
                    "verified",
                    "journal",
                    unread.get(),
                    "No server starts on it, on purpose. Keep the folder as it is, find out what"
                            + " happened, and restore a copy; `wharf journal verify` says more.");
        } else if (book.isPresent()) {
            verified(book.get().found());
        } else {
            section.ok("verified", "journal", "none yet; the first start makes one");
        }
        keeper();
        modes();
        checkpoint();
        return section;
    }

    private void verified(Verification found) {
        if (found.isVerified()) {
            section.ok(
                    "verified",
                    "journal",
                    "verified: "
                            + found.size()
                            + " entries, root "
                            + found.root().hex().substring(0, 16));
        } else {
            section.fail(
                    ExitCode.NO,
                    "verified",
                    "journal",
                    "BROKEN: " + found.problems().getFirst().what(),
                    "Trust nothing of it until that is explained; `wharf journal verify` shows"
                            + " every problem. It is never repaired automatically.");
        }
    }

    private void keeper() {
        Path socket = new StateFolder(patient.state()).socket();
        if (!Files.exists(socket)) {
            section.ok("keeper", "keeper", "none runs; the first client becomes it");
            return;
        }
        var asked =
                CompletableFuture.supplyAsync(
                        () -> answers(socket), task -> Thread.ofVirtual().start(task));
        try {
            if (asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                section.ok("keeper", "keeper", "one runs and answers");
            } else {
                section.ok("keeper", "keeper", "none runs; the last one left its socket behind");
            }
        } catch (TimeoutException | ExecutionException silent) {
            section.fail(
                    ExitCode.WORLD,
                    "keeper",
                    "keeper",
                    "one holds " + socket + " and does not answer",
                    "It may be at a long deployment: `wharf status` waits for it. Else end the"
                        + " client that started it; what was begun is settled at the next start.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody listens; a socket that nobody holds refuses the connection. */
    private static boolean answers(Path socket) {
        try {
            return !KeeperLink.command(socket, "status", List.of()).isEmpty();
        } catch (IOException nobody) {
            return false;
        }
    }

    private void modes() throws IOException {
        mode("folder", patient.state(), "rwx------");
        for (String name : List.of("journal.key", "wharf.sock", "tokens", "approvers")) {
            mode("mode." + name.replace('.', '-'), patient.state().resolve(name), "rw-------");
        }
    }

    private void mode(String what, Path file, String wanted) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<PosixFilePermission> most = PosixFilePermissions.fromString(wanted);
        Set<PosixFilePermission> has =
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        String name = String.valueOf(file.getFileName());
        if (most.containsAll(has)) {
            if (what.equals("folder")) {
                section.ok(what, "modes", "the folder and its keys are open to this user alone");
            }
        } else {
            section.fail(
                    ExitCode.CONFIGURATION,
                    what,
                    "mode of " + name,
                    PosixFilePermissions.toString(has) + ": others reach it",
                    "`chmod " + (wanted.startsWith("rwx") ? "700 " : "600 ") + file + "`");
        }
    }

    private void checkpoint() throws IOException {
        Path note = patient.state().resolve("checkpoint").resolve("checkpoint");
        Path entries = patient.state().resolve("journal");
        if (!Files.isRegularFile(note) || !Files.isDirectory(entries)) {
            return;
        }
        Duration age =
                Duration.between(
                        Files.getLastModifiedTime(note).toInstant(),
                        patient.terminal().clock().instant());
        String shown = "signed " + ago(age);
        if (Files.getFileStore(note).equals(Files.getFileStore(entries))) {
            section.warn(
                    "checkpoint",
                    "checkpoint",
                    shown + ", on the same volume as the entries",
                    "Whoever puts back an old copy of the volume puts back both. Keep a checkpoint"
                            + " elsewhere, or mount another volume at "
                            + patient.state().resolve("checkpoint")
                            + ".");
        } else {
            section.ok("checkpoint", "checkpoint", shown + ", on another volume");
        }
    }

    private static String ago(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " days ago";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h ago";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min ago" : "just now";
    }
}
