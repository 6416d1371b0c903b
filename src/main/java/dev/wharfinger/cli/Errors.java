package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalRefused;
import dev.wharfinger.journal.JournalStopped;
import dev.wharfinger.persona.PersonaUnreadable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The one place where a command's failure becomes words on stderr and an exit code. A bug is shown
 * as an incident id and nothing else; its trace goes into a file for the report.
 */
final class Errors {
    private final Terminal terminal;

    Errors(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says what happened and whose fault it was. */
    ExitCode codeOf(Throwable failure) {
        return switch (failure) {
            case CommandFailed failed -> said(failed.code(), words(failed));
            case ConfigError wrong -> said(ExitCode.CONFIGURATION, words(wrong));
            case PersonaUnreadable wrong -> said(ExitCode.CONFIGURATION, words(wrong));
            case JournalRefused refused -> said(ExitCode.JOURNAL, words(refused));
            case JournalStopped stopped -> said(ExitCode.JOURNAL, words(stopped));
            case FileSystemException file -> said(ExitCode.WORLD, words(file));
            case UncheckedIOException wrapped -> said(ExitCode.WORLD, words(cause(wrapped)));
            case IOException world -> said(ExitCode.WORLD, words(world));
            default -> bug(failure);
        };
    }

    private static Exception cause(UncheckedIOException wrapped) {
        IOException cause = wrapped.getCause();
        return cause == null ? wrapped : cause;
    }

    private ExitCode said(ExitCode code, String words) {
        terminal.err().println("wharf: " + words);
        return code;
    }

    /** A file's exception often carries its name alone. */
    private static String words(Exception failure) {
        String kind = failure.getClass().getSimpleName();
        String said = failure.getMessage();
        if (failure instanceof NoSuchFileException) {
            return "there is no " + said;
        }
        if (said == null || said.isBlank()) {
            return kind;
        }
        return failure instanceof CommandFailed || said.contains(" ") ? said : kind + ": " + said;
    }

    private ExitCode bug(Throwable bug) {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        String where;
        try {
            where = "its trace is in " + keep(id, bug);
        } catch (IOException unwritable) {
            where = "its trace could not be kept: " + words(unwritable);
        }
        return said(ExitCode.BUG, "a bug in Wharfinger, incident " + id + "; " + where);
    }

    private Path keep(String id, Throwable bug) throws IOException {
        Path folder = terminal.stateHome().resolve("incidents");
        var owner = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
        var trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace));
        return Files.writeString(folder.resolve(id + ".txt"), trace.toString());
    }
}
