package dev.wharfinger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class JournalExportTest {
    private static final List<JournalEntry> ENTRIES =
            List.of(new JournalEntry(0, "{\"a\":\"1,2\"}"), new JournalEntry(1, "{}"));

    @Test
    void jsonLinesAreTheEntriesUnchanged() {
        assertThat(JournalExport.JSONL.lines(ENTRIES.stream()))
                .containsExactly("{\"a\":\"1,2\"}", "{}");
    }

    @Test
    void csvQuotesTheLineAndNamesTheLeaf() {
        assertThat(JournalExport.CSV.lines(ENTRIES.stream()))
                .containsExactly(
                        "index,leaf,line",
                        "0," + ENTRIES.getFirst().leaf().hex() + ",\"{\"\"a\"\":\"\"1,2\"\"}\"",
                        "1," + ENTRIES.getLast().leaf().hex() + ",\"{}\"");
    }

    @Test
    void anEmptyJournalExportsAHeaderAndNoMore() {
        assertThat(JournalExport.CSV.lines(List.<JournalEntry>of().stream()))
                .containsExactly("index,leaf,line");
        assertThat(JournalExport.JSONL.lines(List.<JournalEntry>of().stream())).isEmpty();
    }
}
