package dev.wharfinger.ledger;

import static dev.wharfinger.ledger.Texts.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/** Tasks and blockers. */
class PlanNotesTest {
    @Test
    void blockersComeFromTheirSectionAndFromMarks() {
        var plan =
                plan(
                        """
                        # Plan
                        ## 🚧 Blockers
                        - vendor key missing
                        - [x] gone
                        - ~~struck~~
                        ## Tasks
                        - [ ] 🚧 wait for the bank
                        - [ ] free
                        ## Legend
                        - 🚧 means blocked
                        ## Blockers resolved
                        None.
                        """);
        assertThat(plan.blockers())
                .extracting(Blocker::text)
                .containsExactly("vendor key missing", "🚧 wait for the bank");
        assertThat(plan.tasks()).hasSize(2);
        assertThat(plan("## Blockers\n\n- None\n").blockers()).isEmpty();
    }

    @Test
    void stepTablesAreTasks() {
        var plan =
                plan(
                        """
                        | Step | What | Status |
                        |---|---|---|
                        | 1 | cut the release | ✅ |
                        | 2 | ship | open |
                        """);
        assertThat(plan.tasks()).extracting(Task::text).containsExactly("cut the release", "ship");
        assertThat(plan.tasks())
                .extracting(Task::id)
                .containsExactly(Optional.of("1"), Optional.of("2"));
        assertThat(plan.tasks()).extracting(Task::done).containsExactly(true, false);
    }

    private static Plan plan(String text) {
        return Plan.parse("PLAN.md", bytes(text));
    }
}
