package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;

class OpeningTest {
    private static final String ORIGIN = "example.com/journal/shop";

    @TempDir Path state;

    private FileJournal open() throws Exception {
        return FileJournal.open(state, ORIGIN, Clock.systemUTC());
    }

    private void write(int entries) throws Exception {
        try (FileJournal journal = open()) {
            for (int i = 0; i < entries; i++) {
                journal.append("{\"n\":" + i + "}");
            }
        }
    }

    private void assertRefused(String... found) {
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalRefused.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(found));
    }

    /** Puts bytes behind the last entry, as a crash in the middle of a write does. */
    private void tear(byte[] bytes) throws IOException {
        Path file = state.resolve("journal/entries");
        long end = 0;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var header = ByteBuffer.allocate(4);
            while (channel.read(header.clear(), end) == 4 && header.getInt(0) != 0) {
                end += 8 + header.getInt(0);
            }
            channel.write(ByteBuffer.wrap(bytes), end);
        }
    }

    @Test
    void aTornTailIsCutAndTheCutIsAnEntry() throws Exception {
        write(3);
        tear(new byte[] {0, 0, 0, 9, 1, 2, 3, 4, 'h', 'a', 'l', 'f'});
        try (FileJournal journal = open()) {
            assertThat(journal.size()).isEqualTo(4);
            assertThat(journal.entry(3).line())
                    .matches(
                            "\\{\"at\":\"[^\"]+\",\"type\":\"journal.cut\","
                                + "\"principal\":\"wharfinger\",\"index\":3,\"offset\":45,"
                                + "\"bytes\":12,\"sha256\":\"[0-9a-f]{64}\",\"checkpoint\":3,\"reason\":\"the"
                                + " checksum does not match\"\\}");
            assertThat(journal.append("{}")).isEqualTo(4);
        }
        assertThat(JournalReader.open(state).verify().size()).isEqualTo(5);
        try (FileJournal journal = open()) {
            assertThat(journal.size()).as("a cut is recorded once").isEqualTo(5);
        }
    }

    @Test
    void whatLiesBehindAGapIsCutAsWell() throws Exception {
        write(3);
        byte[] tail = new byte[5000];
        tail[4999] = 1;
        tear(tail);
        try (FileJournal journal = open()) {
            assertThat(journal.entry(3).line()).contains("\"bytes\":5000", "an empty frame");
        }
    }

    @Test
    void aGoodTailBehindTheCheckpointIsKept() throws Exception {
        write(3);
        Path checkpoint = state.resolve("checkpoint/checkpoint");
        byte[] older = Files.readAllBytes(checkpoint);
        try (FileJournal journal = open()) {
            journal.append("{\"n\":3}");
        }
        Files.write(checkpoint, older);
        try (FileJournal journal = open()) {
            assertThat(journal.checkpoint().size()).isEqualTo(3);
            assertThat(journal.size()).isEqualTo(4);
        }
    }

    @Test
    void aMissingCheckpointIsRefused() throws Exception {
        write(3);
        Files.delete(state.resolve("checkpoint/checkpoint"));
        assertRefused("the checkpoint", "is missing");
        assertThat(JournalReader.open(state).verify().problems().getFirst().what())
                .contains("no checkpoint");
    }

    @Test
    void aMissingLogIsRefused() throws Exception {
        write(3);
        Files.delete(state.resolve("journal/entries"));
        assertThat(JournalReader.open(state).verify().isVerified()).isFalse();
        assertRefused("it has 0 good entries", "has 3 with the root");
    }

    @Test
    void aMissingKeyIsRefused() throws Exception {
        write(3);
        Files.delete(state.resolve("journal.key"));
        assertRefused("the key", "is missing while the journal has entries");
        Files.delete(state.resolve("journal/entries"));
        assertRefused("the key", "is missing while the journal has entries");
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        write(1);
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(
                    state.resolve("journal.key"), PosixFilePermissions.fromString(permissions));
            assertRefused("can be read by other users", "chmod 600");
        }
        Files.setPosixFilePermissions(
                state.resolve("journal.key"), PosixFilePermissions.fromString("rw-------"));
        open().close();
    }

    @Test
    void onlyTheOwnerCanReadWhatWasMade() throws Exception {
        write(1);
        assertThat(Files.getPosixFilePermissions(state.resolve("journal.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(state.resolve("journal")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void anotherOriginIsRefused() throws Exception {
        write(1);
        assertThatThrownBy(() -> FileJournal.open(state, "example.com/other", Clock.systemUTC()))
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("`example.com/journal/shop`")
                .hasMessageContaining("`example.com/other`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\nb"})
    void anOriginThatCannotNameAKeyIsRefused(String origin) {
        assertThatThrownBy(() -> FileJournal.open(state, origin, Clock.systemUTC()))
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("one word");
    }

    @Test
    void aCheckpointByAnotherKeyIsRefused() throws Exception {
        write(3);
        Path other = state.resolve("other");
        try (FileJournal journal = FileJournal.open(other, ORIGIN, Clock.systemUTC())) {
            for (int i = 0; i < 3; i++) {
                journal.append("{\"n\":" + i + "}");
            }
        }
        Files.copy(
                other.resolve("checkpoint/checkpoint"),
                state.resolve("checkpoint/checkpoint"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRefused("is not signed by our key");
    }

    @Test
    void aDamagedKeyIsRefused() throws Exception {
        write(1);
        Path file = state.resolve("journal.key");
        String text = Files.readString(file);
        for (String damaged : List.of("", "x", text.strip(), text.substring(20), text + text)) {
            Files.writeString(file, damaged);
            assertRefused("is damaged");
        }
    }

    @Test
    void aCheckpointChangedUnderTheKeepersHandsStopsTheJournal() throws Exception {
        try (FileJournal journal = open()) {
            journal.awaitDurable(journal.append("{}"));
            Files.write(state.resolve("checkpoint/checkpoint"), "stolen".getBytes(UTF_8));
            assertThatThrownBy(journal::sign)
                    .isInstanceOf(JournalStopped.class)
                    .hasMessageContaining("changed by somebody else");
            assertThat(journal.stopped()).isTrue();
        }
    }

    @Test
    void readsWhileAKeeperWrites() throws Exception {
        try (FileJournal journal = open()) {
            for (int i = 0; i < 500; i++) {
                journal.append("{\"n\":" + i + "}");
            }
            journal.awaitDurable(499);
            journal.sign();
            journal.append("{\"unsigned\":true}");
            Verification now = JournalReader.open(state, journal.vkey()).verify();
            assertThat(now.isVerified()).isTrue();
            assertThat(now.size()).isBetween(500L, 501L);
        }
    }

    @Test
    void canBeReadBeforeAllIsVerified() throws Exception {
        write(300);
        try (FileJournal journal = FileJournal.openAhead(state, ORIGIN, Clock.systemUTC())) {
            assertThat(journal.from(0)).hasSize(300);
            assertThat(journal.append("{}")).isEqualTo(300);
            journal.awaitVerified();
            assertThat(journal.stopped()).isFalse();
            assertThat(journal.entry(300).line()).isEqualTo("{}");
        }
    }

    @Test
    void whatDoesNotVerifyNeverTakesAnEntry() throws Exception {
        write(3);
        Path file = state.resolve("journal/entries");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer forged = ByteBuffer.wrap(bytes);
        Frame.put(forged, 0, "{\"n\":9}".getBytes(UTF_8));
        Files.write(file, bytes);
        try (FileJournal journal = FileJournal.openAhead(state, ORIGIN, Clock.systemUTC())) {
            assertThat(journal.from(0)).hasSize(3);
            assertThatThrownBy(() -> journal.append("{}"))
                    .isInstanceOf(JournalStopped.class)
                    .hasMessageContaining("not the one that was signed");
            assertThatThrownBy(journal::awaitVerified).isInstanceOf(JournalRefused.class);
            assertThat(journal.stopped()).isTrue();
            var told = new java.util.ArrayList<String>();
            journal.onStopped(() -> told.add("told"));
            assertThat(told).containsExactly("told");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }
}
