package dev.wharfinger.cli;

import dev.wharfinger.cli.Finding.State;
import dev.wharfinger.command.Redactor;
import dev.wharfinger.shift.ProjectState;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One whole look of {@code wharf doctor}: every section, whatever the others found. Values of the
 * environment never get out of it, not even inside a message of somebody else.
 */
final class Checkup {
    private final Patient patient;
    private final Redactor redactor;
    private final List<Section> sections = new ArrayList<>();

    private Checkup(Patient patient) {
        this.patient = patient;
        this.redactor = Redactor.ofNames(patient.terminal().environment(), secrets(patient));
    }

    /** What looks like a secret or is handed to a service; plain words such as a mode are none. */
    private static Set<String> secrets(Patient patient) {
        Map<String, String> environment = patient.terminal().environment();
        var names = new TreeSet<>(SecretNames.in(environment.keySet()));
        names.addAll(SecretNames.in(patient.asked()));
        patient.config().environments().values().stream()
                .flatMap(each -> each.variables().stream())
                .filter(name -> environment.getOrDefault(name, "").matches(".*[^a-z].{4,}"))
                .forEach(names::add);
        return names;
    }

    /** Looks at everything; changes nothing but a scratch folder of its own. */
    static Checkup of(Patient patient) {
        var checkup = new Checkup(patient);
        Optional<Patient.Book> book = Optional.empty();
        Optional<String> unread = Optional.empty();
        try {
            if (Files.exists(patient.state().resolve("journal.vkey"))) {
                book = Optional.of(patient.book());
            } else if (Files.exists(patient.state().resolve("journal"))) {
                unread = Optional.of("there are entries, but no journal.vkey to verify them with");
            }
        } catch (IOException | RuntimeException damaged) {
            unread = Optional.of("cannot be read: " + damaged.getMessage());
        }
        ProjectState folded = book.map(Patient.Book::state).orElseGet(ProjectState::new);
        Optional<Patient.Book> read = book;
        Optional<String> why = unread;
        checkup.add("machine", "This machine", () -> new MachineCheck(patient).look());
        checkup.add("config", "Configuration", () -> new ConfigCheck(patient).look(folded));
        checkup.add("personas", "Personas", () -> new PersonaCheck(patient).look());
        checkup.add("ledger", "Ledger", () -> new LedgerCheck(patient).look());
        checkup.add("walls", "Walls", () -> new WallCheck(patient).look());
        checkup.add("gates", "Gates and commands", () -> new GateCheck(patient).look());
        checkup.add("targets", "Targets", () -> new TargetCheck(patient, folded).look());
        checkup.add("approvers", "Approvers", () -> new ApproverCheck(patient).look());
        checkup.add("journal", "Journal", () -> new JournalCheck(patient).look(read, why));
        checkup.add("ways", "Ways round", () -> new WaysRound(patient).look());
        return checkup;
    }

    private interface Look {
        Section at() throws IOException;
    }

    /** A section that cannot be made is a line that says so; the others follow all the same. */
    private void add(String id, String title, Look look) {
        try {
            sections.add(look.at());
        } catch (IOException | UncheckedIOException world) {
            broken(id, title, ExitCode.WORLD, String.valueOf(world.getMessage()));
        } catch (RuntimeException bug) {
            StackTraceElement[] trace = bug.getStackTrace();
            String where = trace.length > 0 ? " at " + trace[0] : "";
            broken(id, title, ExitCode.BUG, bug.getClass().getSimpleName() + where);
        }
    }

    private void broken(String id, String title, ExitCode blame, String seen) {
        var section = new Section(id, title);
        section.fail(
                blame,
                "look",
                title,
                "could not be looked at: " + seen,
                blame == ExitCode.BUG
                        ? "That is a bug in Wharfinger; please report it with this line."
                        : "Make that readable for this user, and look again.");
        sections.add(section);
    }

    List<Section> sections() {
        return List.copyOf(sections);
    }

    Patient patient() {
        return patient;
    }

    /** A line without any value of the environment that is somebody's secret. */
    String safe(String text) {
        return redactor.redact(text);
    }

    Map<State, Integer> counts() {
        var counts = new EnumMap<State, Integer>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0);
        }
        sections.forEach(section ->
                section.findings().forEach(each -> counts.merge(each.state(), 1, Integer::sum)));
        return counts;
    }

    /**
     * A bug of ours before all; then what must be mended first: configuration, the world, and what
     * is left (a journal that does not hold) is a plain no. Warnings are no failure.
     */
    ExitCode code() {
        List<ExitCode> blamed =
                sections.stream()
                        .flatMap(section -> section.findings().stream())
                        .filter(each -> each.state() == State.FAIL)
                        .map(Finding::blame)
                        .toList();
        for (ExitCode code :
                List.of(ExitCode.BUG, ExitCode.CONFIGURATION, ExitCode.WORLD, ExitCode.NO)) {
            if (blamed.contains(code)) {
                return code;
            }
        }
        return ExitCode.DONE;
    }

    /** As {@code schemas/doctor.schema.json} describes it. */
    ObjectNode json() {
        ObjectNode node = new JsonMapper().createObjectNode();
        node.put("project", patient.config().project());
        node.put("root", patient.root().toString());
        node.put("state", patient.state().toString());
        var all = node.putArray("sections");
        for (Section section : sections) {
            ObjectNode one = all.addObject().put("id", section.id()).put("title", section.title());
            var lines = one.putArray("lines");
            for (Finding finding : section.findings()) {
                ObjectNode line =
                        lines.addObject()
                                .put("id", finding.id())
                                .put("state", word(finding.state()))
                                .put("subject", finding.subject())
                                .put("seen", safe(finding.seen()));
                finding.remedy().ifPresent(remedy -> line.put("remedy", safe(remedy)));
            }
        }
        ObjectNode summary = node.putObject("summary");
        counts().forEach((state, count) -> summary.put(word(state), count));
        return node.put("exit", code().number());
    }

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
