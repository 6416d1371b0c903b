package dev.wharfinger.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.journal.FileJournal;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.persona.Principal;
import dev.wharfinger.policy.Admission;
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
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** How far the journal must be durable before an answer leaves. */
class GatekeeperTest {
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

    private Answer call(Tool.Nature nature) {
        var schemas = new Schemas();
        var catalogue =
                new Catalogue(new Descriptions(schemas))
                        .offer(new Behind(nature), new Catalogue.Audience.Everyone());
        var door =
                new Gatekeeper(
                        catalogue,
                        schemas,
                        new Admission(),
                        recorder,
                        new Refusals(recorder, Clock.systemUTC()),
                        new ReentrantLock(),
                        new Ids(new SecureRandom()));
        ObjectNode nothing = JSON.createObjectNode();
        return door.call(caller, new ToolCall("verify_journal", nothing, Signals.NONE));
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
}
