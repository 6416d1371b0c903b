package dev.wharfinger.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Admission;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Event;
import dev.wharfinger.shift.Ids;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** How far the journal must be durable before an answer leaves, and how a no is told. */
class GatekeeperTest {
    private static final int BURST = CallBudget.USUAL * 15;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path state;
    private FileJournal journal;
    private Recorder recorder;
    private Caller caller;

    @BeforeEach
    void open() throws Exception {
        journal = FileJournal.open(state, "example.com/journal/shop", Clock.systemUTC());
        recorder = new Recorder(journal, new EntryText(), Clock.systemUTC());
        var persona = Personas.builtIn().named(new PersonaName("deploy")).orElseThrow();
        caller = new Caller(new Principal("local:anna"), persona, false, "test");
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** Writes as a desk does: by its own pen, which the turn does not see. */
    private final class Behind implements Tool {
        private final Nature nature;

        Behind(Nature nature) {
            this.nature = nature;
        }

        @Override
        public Traits traits() {
            return new Traits("verify_journal", Standing.NO_SHIFT, nature, Pace.WAITS);
        }

        @Override
        public Outcome run(Turn turn) {
            recorder.record(
                    caller.principal(), Optional.empty(), Optional.empty(), new Event.DiskFull());
            return new Outcome.Done("done", JSON.createObjectNode());
        }
    }

    /** Answers what it is told to. */
    private record Saying(Outcome outcome) implements Tool {
        @Override
        public Traits traits() {
            return new Traits("verify_journal", Standing.NO_SHIFT, Nature.READS, Pace.WAITS);
        }

        @Override
        public Outcome run(Turn turn) {
            return outcome;
        }
    }

    private Answer call(Tool.Nature nature) {
        return call(new Behind(nature), JSON.createObjectNode());
    }

    private Answer refused(String reason, String remedy) {
        var no = Refusal.by(Opener.HUMAN, RuleId.CONFIG_MISSING, reason, remedy);
        return call(new Saying(new Outcome.Refused(no)), JSON.createObjectNode());
    }

    private Answer call(Tool tool, ObjectNode arguments) {
        return door(tool, Clock.systemUTC())
                .call(caller, new ToolCall("verify_journal", arguments, Signals.NONE));
    }

    private Gatekeeper door(Tool tool, InstantSource clock) {
        var schemas = new Schemas();
        var catalogue =
                new Catalogue(new Descriptions(schemas))
                        .offer(tool, new Catalogue.Audience.Everyone());
        return new Gatekeeper(
                catalogue,
                schemas,
                new Admission(),
                new CallBudget(clock, CallBudget.USUAL),
                recorder,
                new Refusals(recorder, clock),
                new ReentrantLock(),
                new Ids(new SecureRandom()));
    }

    @Test
    void theAnswerOfAChangeWaitsForAllThatWasWrittenWhoeverWroteIt() {
        Answer answer = call(Tool.Nature.CHANGES);
        assertThat(answer.isError()).isFalse();
        assertThat(answer.durableUpTo()).isEqualTo(1);
    }

    @Test
    void theAnswerOfAReadWaitsForNothing() {
        assertThat(call(Tool.Nature.READS).durableUpTo()).isZero();
    }

    @Test
    void aShortRefusalSaysInOneLineWhatWasFoundAndWhatToDo() {
        assertThat(refused("It is not there.", "Make it.").text())
                .isEqualTo("REFUSED config.missing (by: human): It is not there. → Make it.");
    }

    @Test
    void aLongRefusalSaysFirstWhoCanDoWhatAndThenWhatWasFound() {
        String found = "It is " + "far ".repeat(50) + "away.";
        assertThat(refused(found, "Make it.").text())
                .isEqualTo("REFUSED config.missing (by: human): Make it.\nfound: " + found);
    }

    @Test
    void noFirstLineIsLongerThanPeopleRead() {
        String endless = "word ".repeat(100);
        var failed = new Outcome.Failed("build", endless, endless, JSON.createObjectNode());
        for (Answer answer :
                List.of(
                        refused(endless, endless),
                        refused(endless, endless),
                        refused(endless, endless),
                        call(new Saying(failed), JSON.createObjectNode()))) {
            assertThat(answer.text().lines().findFirst().orElseThrow().length())
                    .isLessThanOrEqualTo(FirstLine.MOST);
            assertThat(answer.text().replaceAll("…\n…", "")).contains(endless.strip());
        }
    }

    @Test
    void argumentsThatDoNotFitAreToldWithWhatTheToolTakes() {
        ObjectNode unknown = JSON.createObjectNode().put("since", 3);
        assertThat(call(new Behind(Tool.Nature.READS), unknown).text())
                .contains("`since` is not known", "Send what it takes: nothing; optional `from`.");
    }

    @Test
    void aCallerGoneWildIsToldToWaitAndFillsNoLog() {
        var now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
        Gatekeeper door = door(new Behind(Tool.Nature.READS), now::get);
        var auditor = Personas.builtIn().named(new PersonaName("auditor")).orElseThrow();
        var other = new Caller(caller.principal(), auditor, false, "test");
        long refused = 0;
        for (int i = 0; i < BURST + 50; i++) {
            var changing = JSON.createObjectNode().put("from", i);
            var call = new ToolCall("verify_journal", changing, Signals.NONE);
            refused += door.call(caller, call).isError() ? 1 : 0;
        }
        assertThat(refused).isEqualTo(50);
        assertThat(recorder.state().size()).as("one refusal").isEqualTo(BURST + 1);
        var call = new ToolCall("verify_journal", JSON.createObjectNode(), Signals.NONE);
        Answer no = door.call(caller, call);
        assertThat(no.text()).contains("limit.too-many (by: time)", "Wait 1 s", "shift_status");
        assertThat(door.call(other, call).isError()).as("another caller").isFalse();
        now.updateAndGet(t -> t.plusSeconds(1));
        for (int i = 0; i < CallBudget.USUAL; i++) {
            assertThat(door.call(caller, call).isError()).isFalse();
        }
        assertThat(door.call(caller, call).isError()).isTrue();
    }

    @Test
    void theBudgetFillsToItsBrimAndAClockThatGoesBackGivesNothing() {
        var now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
        var budget = new CallBudget(now::get, CallBudget.USUAL);
        for (int i = 0; i < BURST; i++) {
            assertThat(budget.take(caller)).isEmpty();
        }
        assertThat(budget.take(caller)).contains(Duration.ofMillis(50));
        now.updateAndGet(t -> t.plusMillis(30));
        assertThat(budget.take(caller)).contains(Duration.ofMillis(20));
        now.updateAndGet(t -> t.minusSeconds(3600));
        assertThat(budget.take(caller)).contains(Duration.ofMillis(50));
        now.updateAndGet(t -> t.plus(Duration.ofDays(9999)));
        for (int i = 0; i < BURST; i++) {
            assertThat(budget.take(caller)).isEmpty();
        }
        assertThat(budget.take(caller)).isPresent();
    }
}
