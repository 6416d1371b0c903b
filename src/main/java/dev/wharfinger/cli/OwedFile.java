package dev.wharfinger.cli;

import dev.wharfinger.call.Recorder;
import dev.wharfinger.deploy.DiskReserve;
import dev.wharfinger.journal.JournalStopped;
import dev.wharfinger.shift.EntryText;
import dev.wharfinger.shift.Stamped;
import dev.wharfinger.tool.Owed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code <state>/owed}: lines of the journal that it could not take when they happened. The next
 * keeper whose journal can be written journals each once. Room for them is held beside it, since
 * the usual reason is a full disk.
 */
record OwedFile(Path path) implements Owed {
    /** Holds the room for a return's lines, as far as there is any. */
    void hold() {
        try {
            reserve().hold();
        } catch (IOException full) {
            log().warning("no room is held in " + path.getParent() + ": " + full.getMessage());
        }
    }

    private DiskReserve reserve() {
        return new DiskReserve(path.resolveSibling("reserve"));
    }

    @Override
    public void note(String line) {
        try {
            long before = Files.exists(path) ? Files.size(path) : 0;
            try {
                append(line);
            } catch (IOException full) {
                if (!reserve().spend()) {
                    throw full;
                }
                cut(before);
                append(line);
            }
        } catch (IOException full) { // no room was held: the log of the process has it at least
            log().log(Level.SEVERE, "owed to the journal: " + line, full);
        }
    }

    private void append(String line) throws IOException {
        try (var file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }

    /** Half a line is no line. */
    private void cut(long size) throws IOException {
        if (Files.exists(path)) {
            try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(size);
            }
        }
    }

    /** What is owed; a last line that was cut short is left out. */
    private List<String> lines() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = Files.readString(path, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /**
     * Journals what could not be journaled when it happened, and is not there yet: whoever died
     * between the entries and the end of this file has journaled it already. A journal that still
     * takes nothing leaves all of it owed.
     */
    void pay(Recorder recorder) throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            return;
        }
        try {
            for (String line : lines) {
                Stamped owed = new EntryText().read(0, line);
                if (!isThere(recorder, owed)) {
                    recorder.record(owed.principal(), owed.persona(), owed.shift(), owed.event());
                }
            }
            recorder.durable(recorder.state().size() - 1);
            Files.deleteIfExists(path);
        } catch (JournalStopped still) {
            log().warning(lines.size() + " entries are still owed: " + still.getMessage());
        }
    }

    /** Whether an entry since then says the same. */
    private static boolean isThere(Recorder recorder, Stamped owed) {
        for (long index = recorder.state().size() - 1; index >= 0; index--) {
            Stamped entry = new EntryText().read(index, recorder.journal().entry(index).line());
            if (entry.at().isBefore(owed.at())) {
                return false;
            }
            if (entry.event().equals(owed.event()) && entry.shift().equals(owed.shift())) {
                return true;
            }
        }
        return false;
    }

    private static Logger log() {
        return Logger.getLogger(OwedFile.class.getName());
    }
}
