package dev.wharfinger.product;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.journal.JournalReader;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.ShiftId;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code wharf bench audit}: what an auditor waits for at a journal of a million entries, through a
 * real server: its start, searches, verification; and the commands that read the files themselves.
 */
public final class AuditRounds {
    private static final List<String> PERSONAS = List.of("deploy", "test", "security", "build");
    private static final int EACH = 9;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final ShopProject project;

    private AuditRounds(ShopProject project) {
        this.project = project;
    }

    /** Writes so many entries, and measures. */
    public static void run(int entries) throws Exception {
        Path folder = Files.createTempDirectory("wharf-bench");
        System.out.println("in " + folder);
        ShopProject project = ShopProject.in(folder);
        StdioClient.run(
                "trust",
                "--root",
                project.root().toString(),
                "--state",
                project.state().toString());
        var rounds = new AuditRounds(project);
        rounds.write(entries);
        rounds.serve();
        for (String verb : List.of("verify", "export")) {
            long began = System.nanoTime();
            int exit = rounds.journal(verb, folder.resolve("out"));
            print("wharf journal " + verb, List.of(millis(began)));
            if (exit != 0) {
                throw new IOException(verb + " ended with " + exit);
            }
        }
        System.out.println("left in " + folder);
    }

    private int journal(String verb, Path out) throws Exception {
        return StdioClient.wharf(List.of("journal", verb, "--state", project.state().toString()))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /** Shifts as they are: a beginning, sightings, notes, a refusal, an end. */
    private void write(int entries) throws Exception {
        String origin = JournalReader.open(project.state()).checkpoint().orElseThrow().origin();
        long began = System.nanoTime();
        try (var journal = FileJournal.open(project.state(), origin, Clock.systemUTC())) {
            long size = journal.size();
            for (int shift = 0; journal.size() < entries; shift++) {
                for (Event event : events(shift)) {
                    journal.append(line(event, shift));
                }
                if (shift % 10_000 == 0) {
                    journal.awaitDurable(journal.size() - 1);
                }
            }
            journal.awaitDurable(journal.size() - 1);
            System.out.printf(
                    Locale.ROOT,
                    "%,d entries written, %,d MiB, in %.1f s%n",
                    journal.size() - size,
                    Files.size(project.state().resolve("journal/entries")) >> 20,
                    millis(began) / 1000);
        }
    }

    private static String line(Event event, int shift) {
        return new EntryText()
                .write(
                        START.plusSeconds(shift * 20L),
                        Principal.local("anna"),
                        Optional.of(new PersonaName(PERSONAS.get(shift % PERSONAS.size()))),
                        Optional.of(id(shift)),
                        event);
    }

    private static ShiftId id(int shift) {
        String digits = Integer.toString(shift, 5).replace('0', 'a').replace('1', 'b');
        return new ShiftId(
                "s_"
                        + "c".repeat(26 - digits.length())
                        + digits.replace('3', 'd').replace('4', 'e'));
    }

    private static List<Event> events(int shift) {
        var all = new ArrayList<Event>();
        var plan = WorkspacePath.of("PLAN.md");
        var hash = ContentHash.of(Integer.toString(shift).getBytes(StandardCharsets.UTF_8));
        all.add(
                new Event.ShiftBegun(
                        "Ship version " + shift,
                        Optional.of("1.0." + shift),
                        Optional.of("staging"),
                        false,
                        "unknown",
                        List.of(plan),
                        "advisory"));
        for (int i = 0; i < EACH; i++) {
            var path = WorkspacePath.of("src/module" + i + "/File" + shift + ".java");
            all.add(new Event.FileRead(path, hash, Optional.empty()));
        }
        all.add(
                new Event.CallRefused(
                        "plan_deploy",
                        List.of(shift % 100 == 0 ? "deploy.frozen" : "prohibition.untested-code"),
                        hash.hex().substring(0, 16),
                        1,
                        "All tests pass: nothing proves it for this commit"));
        all.add(new Event.NoteRecorded("risk", Optional.of("R-" + shift), false));
        all.add(new Event.ShiftEnded("blocked", "/test", List.of()));
        return all;
    }

    private void serve() throws Exception {
        for (String start :
                List.of("first start, the whole log folded", "next start, from its snapshot")) {
            long began = System.nanoTime();
            try (var auditor = StdioClient.start(project, "--persona", "auditor")) {
                auditor.call("search_journal");
                print(start + ", to its first answer", List.of(millis(began)));
                if (start.startsWith("next")) {
                    ask(auditor);
                }
            }
        }
    }

    private void ask(StdioClient auditor) throws Exception {
        time(auditor, "the newest page", 50);
        time(auditor, "a page of a rule that is rare", 20, "rule", "deploy.frozen");
        time(auditor, "a page of a persona", 20, "persona", "security");
        time(auditor, "the shift that began first", 5, "shift", id(0).value());
        time(auditor, "words that are nowhere", 5, "text", "no such words");
        time(auditor, "the first hour", 5, "until", "2026-01-01T01:00:00Z");
        time(auditor, "a page from the middle", 20, "cursor", "500000");
        long began = System.nanoTime();
        JsonNode verified = auditor.call("verify_journal");
        if (!verified.path("structuredContent").path("verdict").asString().equals("verified")) {
            throw new IOException("not verified: " + verified);
        }
        print("verify_journal", List.of(millis(began)));
        System.out.println("the server's memory: " + auditor.memory());
    }

    private static void time(StdioClient auditor, String what, int runs, String... filter)
            throws IOException {
        var took = new ArrayList<Double>();
        int found = 0;
        for (int i = 0; i < runs; i++) {
            long began = System.nanoTime();
            JsonNode page = auditor.call("search_journal", filter);
            took.add(millis(began));
            found = page.path("structuredContent").path("entries").size();
        }
        print(what + " (" + found + ")", took);
    }

    private static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private static void print(String what, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "  %-58s p50 %9.1f ms   most %9.1f ms%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.getLast());
    }
}
