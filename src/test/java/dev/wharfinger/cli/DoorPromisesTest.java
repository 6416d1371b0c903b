package dev.wharfinger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.call.Answer;
import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Signals;
import dev.wharfinger.call.ToolCall;
import dev.wharfinger.call.ToolContract;
import dev.wharfinger.command.CommandRunner;
import dev.wharfinger.command.Confinement;
import dev.wharfinger.identity.Accounts;
import dev.wharfinger.identity.Peer;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.persona.Principal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Promises 1 and 18 over every state, at the one door of a real project: who may call what, and
 * whether the walls hold against whom. A hole that is planted in either is found.
 */
class DoorPromisesTest {
    private static final Set<String> ONLY_DEPLOY = Set.of("plan_deploy", "deploy", "rollback");
    private static final Set<String> ONLY_AUDITOR = Set.of("search_journal", "verify_journal");
    private static final Set<String> READING =
            Set.of("list_dir", "view_file", "read_plan", "search_journal", "verify_journal");
    private static final Set<String> NOT_YOURS = Set.of("tool.not-yours", "mode.read-only");

    @TempDir Path folder;
    private Path place = Path.of("/");
    private Optional<DriftingProject> opened = Optional.empty();
    private int states;

    @BeforeEach
    void open() throws Exception {
        place = Files.createDirectories(folder.resolve("p")).toRealPath();
        String configuration =
                """
                project: shop
                artifact: { path: app }
                environments:
                  staging:
                    target:
                      local: { dir: %s/staging, start: [sleep, "9"], health: "http://127.0.0.1:1/" }
                """
                        .formatted(place);
        Files.createDirectory(place.resolve("staging"));
        opened =
                Optional.of(
                        DriftingProject.of(
                                DriftingProject.prepare(folder),
                                place,
                                Optional.of(configuration)));
    }

    @AfterEach
    void close() throws Exception {
        if (opened.isPresent()) {
            opened.get().close();
        }
    }

    private DriftingProject project() {
        return opened.orElseThrow();
    }

    /** Who calls, and what the door says to a call: the rule of its no, or nothing. */
    private interface Door {
        String rule(Caller caller, String tool, ObjectNode arguments);
    }

    private String rule(Caller caller, String tool, ObjectNode arguments) {
        Answer answer =
                project().keeper().door().call(caller, new ToolCall(tool, arguments, Signals.NONE));
        return answer.structured().path("refused").path(0).path("rule").asString("");
    }

    private long size() {
        return project().keeper().recorder().state().size();
    }

    private List<String> doorHoles(Door door) {
        var holes = new ArrayList<String>();
        var catalogue = project().keeper().tools().catalogue();
        for (PersonaName persona : Personas.builtInNames()) {
            for (boolean readOnly : List.of(false, true)) {
                Caller caller =
                        project()
                                .keeper()
                                .caller(project().person(), persona.value(), readOnly, "walk")
                                .orElseThrow();
                List<String> listed =
                        catalogue.of(caller).stream().map(ToolContract::name).toList();
                for (String tool : catalogue.names()) {
                    states++;
                    String where = persona + (readOnly ? " (read-only) " : " ") + tool;
                    boolean has = listed.contains(tool);
                    boolean mayHave =
                            (!ONLY_DEPLOY.contains(tool) || persona.value().equals("deploy"))
                                    && (!ONLY_AUDITOR.contains(tool)
                                            || persona.value().equals("auditor"))
                                    && (!persona.value().equals("auditor")
                                            || READING.contains(tool));
                    if (has && !mayHave) {
                        holes.add("listed: " + where);
                    }
                    long before = size();
                    boolean refused =
                            NOT_YOURS.contains(
                                    door.rule(caller, tool, Agents.JSON.createObjectNode()));
                    if (has == refused) {
                        holes.add("listed " + has + ", refused " + refused + ": " + where);
                    }
                    if (refused && !readOnly && size() == before) { // the second alike is counted
                        holes.add("not journaled: " + where);
                    }
                    ObjectNode claim = Agents.JSON.createObjectNode().put("persona", "deploy");
                    boolean filter = tool.equals("search_journal"); // whose entries are looked for
                    if (!filter && door.rule(caller, tool, claim).isEmpty()) {
                        holes.add("an argument decides the persona: " + where);
                    }
                }
            }
        }
        return holes;
    }

    @Test
    void theCredentialDecidesWhoMayCallWhatAndNothingElseDoes() {
        assertThat(doorHoles(this::rule)).isEmpty();
        System.out.println("DoorPromisesTest: 1: " + states + " calls");
        assertThat(states).isGreaterThan(300);
    }

    @Test
    void aToolThatAnotherPersonaCanCallIsFound() {
        Caller deployer =
                project()
                        .keeper()
                        .caller(project().person(), "deploy", false, "walk")
                        .orElseThrow();
        assertThat(
                        doorHoles((caller, tool, arguments) ->
                                rule(tool.equals("rollback") ? deployer : caller, tool, arguments)))
                .anyMatch(hole -> hole.startsWith("listed false, refused false: test"));
    }

    /** One state of the machine, for promise 18. */
    private record Machine(
            Principal caller, String state, String target, String key, Confinement commands) {}

    /** What the server says of its walls there. */
    private interface Word {
        String of(Enforcement walls, Principal caller);
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private Accounts accounts(String shell) throws Exception {
        String me = Peer.ofThisProcess().user();
        Path passwd = place.resolve("passwd");
        Path group = place.resolve("group");
        Files.writeString(
                passwd,
                me + ":x:0:0::/:" + shell + "\ndora:x:7:7::/:/bin/sh\nemil:x:8:8::/:/bin/sh\n");
        Files.writeString(group, "docker:x:99:emil\n");
        return new Accounts(passwd, group);
    }

    private List<String> wallHoles(Word word) throws Exception {
        var holes = new ArrayList<String>();
        Peer me = Peer.ofThisProcess();
        List<Principal> callers =
                List.of(
                        me.principal(),
                        Principal.local("root"),
                        Principal.local("dora"),
                        Principal.local("emil"),
                        new Principal("token:ci@anna"));
        Path key = project().state().resolve("journal.key");
        if (me.isRoot()) { // root's group is root
            Files.setAttribute(project().state(), "unix:gid", 65534);
            Files.setAttribute(place.resolve("staging"), "unix:gid", 65534);
        }
        for (String shell : List.of("/bin/sh", "/usr/sbin/nologin")) {
            Accounts accounts = accounts(shell);
            for (String state : List.of("rwx------", "rwxrwx---", "rwxrwxrwx")) {
                for (String target : List.of("rwxr-xr-x", "rwxrwxr-x", "rwxr-xrwx")) {
                    for (String secret : List.of("rw-------", "rw-r--r--")) {
                        mode(project().state(), state);
                        mode(place.resolve("staging"), target);
                        mode(key, secret);
                        for (Confinement wanted : List.of(Confinement.BEST, Confinement.OFF)) {
                            var commands = new CommandRunner(wanted, List.of(), Map.of());
                            var walls =
                                    new Enforcement(
                                            project().keeper().folder(),
                                            me,
                                            accounts,
                                            () -> commands);
                            for (Principal caller : callers) {
                                states++;
                                var machine = new Machine(caller, state, target, secret, wanted);
                                boolean enforced = word.of(walls, caller).equals("enforced");
                                boolean must =
                                        another(caller, shell)
                                                && !state.substring(3).contains("w")
                                                && !target.substring(3).contains("w")
                                                && !secret.substring(3).contains("r")
                                                && commands.confinement().equals("confined");
                                if (enforced != must) {
                                    holes.add(machine + " with " + shell + ": " + enforced);
                                }
                            }
                        }
                    }
                }
            }
        }
        mode(project().state(), "rwx------");
        return holes;
    }

    /** Whether the caller is not the server's user, and cannot become him. */
    private static boolean another(Principal caller, String shell) {
        return caller.value().startsWith("token:")
                ? shell.endsWith("nologin")
                : caller.equals(Principal.local("dora"));
    }

    @Test
    void theWallsAreSaidToHoldWhereTheyDoAndNowhereElse() throws Exception {
        assertThat(wallHoles(Enforcement::against)).isEmpty();
        System.out.println("DoorPromisesTest: 18: " + states + " states");
        assertThat(states).isEqualTo(2 * 3 * 3 * 2 * 2 * 5);
    }

    @Test
    void wallsThatDoNotLookAtTheCallerAreFound() throws Exception {
        assertThat(wallHoles((walls, _) -> walls.againstOthers()))
                .anyMatch(hole -> hole.contains("local:root"));
    }
}
