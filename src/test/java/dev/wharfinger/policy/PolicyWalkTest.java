package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wharfinger.persona.Persona;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.PersonaReader;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Exhaustive: from every combination of the facts that policy decides from, the first call that is
 * offered leads to the end of the shift or to a person, and never in a circle. For the user's own
 * files the ways in which files can stand unread are walked too with {@code
 * -Dwharf.liveness.whole=true}: some 150 million states.
 */
@Execution(ExecutionMode.CONCURRENT)
class PolicyWalkTest {
    private static final List<String> OURS = List.of("deploy", "test", "security");

    @ParameterizedTest
    @ValueSource(
            strings = {"deploy", "test", "security", "user's own", "as received", "stated", "bare"})
    void everyAbstractStateHasAWayToTheEnd(String which) throws Exception {
        boolean whole = Boolean.getBoolean("wharf.liveness.whole");
        assumeTrue(
                whole || !which.equals("as received"),
                "the same rules as the user's own: walked with -Dwharf.liveness.whole=true");
        var walk = new LivenessWalk(new WalkFacts(persona(which)), new Decisions());
        long began = System.nanoTime();
        if (OURS.contains(which) || whole) {
            walk.everywhere();
        } else {
            walk.work();
        }
        System.out.printf(
                "PolicyWalkTest: %s: %,d states, longest way %d calls, %d ms%n",
                which, walk.states(), walk.longest(), (System.nanoTime() - began) / 1_000_000);
        assertThat(walk.holes()).isEmpty();
        assertThat(walk.states()).isPositive();
    }

    @Test
    void aGuideThatOnlyLooksAtTheStatusIsFound() throws Exception {
        assertThat(
                        holes(
                                new Decisions() {
                                    @Override
                                    List<NextCall> next(Facts facts) {
                                        return List.of(NextCall.of("shift_status"));
                                    }
                                }))
                .anyMatch(hole -> hole.startsWith("a circle"));
    }

    @Test
    void anExitWithoutBlockedIsFound() throws Exception {
        assertThat(
                        holes(
                                new Decisions() {
                                    @Override
                                    Verdict<Exit.Ending> mayEnd(Facts facts, String outcome) {
                                        return outcome.equals(Exit.BLOCKED)
                                                ? Verdict.refused(super.noPlan(facts, "p_none"))
                                                : super.mayEnd(facts, outcome);
                                    }
                                }))
                .isNotEmpty();
    }

    @Test
    void anInterruptedDeploymentThatLeadsToTheStatusAndBackIsFound() throws Exception {
        assertThat(
                        holes(
                                new Decisions() {
                                    @Override
                                    Refusal inProgress(Facts facts, Unfinished other) {
                                        return super.inProgress(facts, other)
                                                .then(List.of(NextCall.of("shift_status")));
                                    }
                                }))
                .anyMatch(hole -> hole.startsWith("a circle"));
    }

    @Test
    void aRefusalThatNamesTheRefusedCallIsFound() throws Exception {
        assertThat(
                        holes(
                                new Decisions() {
                                    @Override
                                    Refusal noPlan(Facts facts, String asked) {
                                        return super.noPlan(facts, asked)
                                                .then(
                                                        List.of(
                                                                NextCall.of(
                                                                        "deploy", "plan", asked)));
                                    }
                                }))
                .anyMatch(hole -> hole.startsWith("a refusal names the refused call"));
    }

    @Test
    void aRefusalByYouWithNothingNextIsFoundUnlessTheDoorGuides() throws Exception {
        assertThat(
                        holes(
                                new Decisions() {
                                    @Override
                                    Verdict<Planning.Asked> mayAsk(
                                            Facts facts, Planning.Request request) {
                                        return Verdict.refused(
                                                super.noPlan(facts, "x").then(List.of()));
                                    }
                                }))
                .anyMatch(hole -> hole.startsWith("a circle")); // shift_status offers it again
    }

    /** Walks where the files are read, until the first holes. */
    private static List<String> holes(Decisions planted) throws Exception {
        var walk = new LivenessWalk(new WalkFacts(persona("deploy")), planted);
        walk.work();
        return walk.holes();
    }

    private static Persona persona(String which) throws Exception {
        Path folder = Path.of("src/test/resources/persona");
        return switch (which) {
            case "user's own" -> own(Files.readString(folder.resolve("deploy-persona.md")));
            case "as received" ->
                    PersonaReader.parse(
                            "prompts/deploy.md",
                            Files.readAllBytes(folder.resolve("deploy-persona.as-received.txt")));
            case "stated" -> own(PersonaTexts.stated());
            case "bare" -> own(PersonaTexts.bare());
            default -> Personas.builtIn().named(new PersonaName(which)).orElseThrow();
        };
    }

    private static Persona own(String text) throws Exception {
        return PersonaReader.parse("prompts/deploy.md", text.getBytes(StandardCharsets.UTF_8));
    }
}
