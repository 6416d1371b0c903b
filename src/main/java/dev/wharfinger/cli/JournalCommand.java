package dev.wharfinger.cli;

import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.journal.Verification;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Locale;

/** {@code wharf journal}: reads the book without the keeper's lock, for auditors. */
@Command(
        name = "journal",
        description = "Verifies, shows and exports the journal; a running keeper does not mind.")
final class JournalCommand {
    private static final JsonMapper JSON = new JsonMapper();

    private final Terminal terminal;
    private final Wharf wharf;

    JournalCommand(Terminal terminal, Wharf wharf) {
        this.terminal = terminal;
        this.wharf = wharf;
    }

    @Command(
            name = "verify",
            description =
                    "Checks the checkpoint's signature and the root over every entry below it."
                            + " Ends with 1 where something does not hold.")
    ExitCode verify(
            @Mixin PlaceOptions where,
            @Option(
                            names = "--key",
                            paramLabel = "VKEY",
                            description =
                                    "The journal's public key as you have it from elsewhere; the"
                                            + " one in the state folder where absent.")
                    @Nullable String key)
            throws Exception {
        JournalReader reader = open(where, key);
        Verification found = reader.verify();
        if (wharf.output() == OutputFormat.JSON) {
            terminal.out().println(JSON.writeValueAsString(json(reader, found)));
        } else {
            terminal.out().println(sentence(found));
            terminal.out().println("key: " + reader.vkey());
            found.problems().forEach(problem -> terminal.out().println("- " + text(problem)));
        }
        return codeOf(found);
    }

    @Command(name = "show", description = "Shows the last entries, up to the last checkpoint.")
    ExitCode show(
            @Mixin PlaceOptions where,
            @Option(
                            names = "--last",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "How many entries (${DEFAULT-VALUE}).")
                    int last)
            throws Exception {
        var entries = new ArrayDeque<EntryView>();
        Verification found =
                open(where, null)
                        .walk(entry -> {
                            entries.add(EntryView.of(entry));
                            if (entries.size() > last) {
                                entries.removeFirst();
                            }
                        });
        if (wharf.output() == OutputFormat.JSON) {
            entries.forEach(entry -> terminal.out().println(entry.json()));
        } else {
            var table = new Table("INDEX", "AT", "TYPE", "PERSONA", "PRINCIPAL", "SHIFT");
            entries.forEach(entry -> entry.addTo(table));
            table.print(terminal.out());
        }
        return said(found);
    }

    @Command(
            name = "export",
            description =
                    "Writes every entry up to the last checkpoint. What was written can be believed"
                            + " only where the command ends with 0.")
    ExitCode export(
            @Mixin PlaceOptions where,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "jsonl",
                            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
                    ExportFormat format,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "A new file; standard output where absent.")
                    @Nullable String file)
            throws Exception {
        JournalReader reader = open(where, null);
        if (file == null) {
            return said(write(reader, format, terminal.out()));
        }
        try (var out =
                new PrintStream(
                        new BufferedOutputStream(
                                Files.newOutputStream(
                                        terminal.resolve(file), StandardOpenOption.CREATE_NEW)),
                        false,
                        StandardCharsets.UTF_8)) {
            Verification found = write(reader, format, out);
            if (out.checkError()) {
                throw new CommandFailed(ExitCode.WORLD, "cannot write all of " + file);
            }
            return said(found);
        }
    }

    private static Verification write(JournalReader reader, ExportFormat format, PrintStream out)
            throws IOException {
        if (format == ExportFormat.CSV) {
            out.print(EntryView.CSV_HEADER);
        }
        Verification found =
                reader.walk(entry -> {
                    EntryView view = EntryView.of(entry);
                    out.print(format == ExportFormat.CSV ? view.csv() : view.json() + "\n");
                });
        out.flush();
        return found;
    }

    private JournalReader open(PlaceOptions where, @Nullable String key) throws Exception {
        Place place = where.own(terminal);
        if (!Files.isDirectory(place.state())) {
            place.sound(); // a broken wharf.yaml keeps nobody from a journal, but may name another
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    "no journal in "
                            + place.state()
                            + ": nothing was asked here yet, or --state names the folder");
        }
        return key == null
                ? JournalReader.open(place.state())
                : JournalReader.open(place.state(), key);
    }

    /** The verdict on stderr, beside the entries on stdout. */
    private ExitCode said(Verification found) {
        terminal.err().println(sentence(found));
        found.problems().forEach(problem -> terminal.err().println("- " + text(problem)));
        return codeOf(found);
    }

    private static ExitCode codeOf(Verification found) {
        return found.isVerified() ? ExitCode.DONE : ExitCode.NO;
    }

    private static String sentence(Verification found) {
        return found.isVerified()
                ? "verified: " + found.size() + " entries, root " + found.root().hex()
                : "BROKEN: "
                        + found.size()
                        + " good entries, "
                        + found.checkpointSize()
                        + " were signed; trust nothing of this journal until it is explained";
    }

    private static String text(Verification.Problem problem) {
        return problem.index().isPresent()
                ? "entry " + problem.index().getAsLong() + ": " + problem.what()
                : problem.what();
    }

    private static ObjectNode json(JournalReader reader, Verification found) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("verdict", found.verdict().name().toLowerCase(Locale.ROOT));
        answer.put("size", found.size()).put("root", found.root().hex());
        answer.put("checkpoint_size", found.checkpointSize());
        answer.put("checkpoint_root", found.checkpointRoot().hex());
        answer.put("key", reader.vkey());
        var problems = answer.putArray("problems");
        for (Verification.Problem problem : found.problems()) {
            ObjectNode each = problems.addObject();
            problem.index().ifPresent(index -> each.put("index", index));
            each.put("what", problem.what());
        }
        return answer;
    }

    /** How an export is written. */
    enum ExportFormat {
        JSONL,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
