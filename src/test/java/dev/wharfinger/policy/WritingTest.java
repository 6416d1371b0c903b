package dev.wharfinger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;
import dev.wharfinger.workspace.WriteGrant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class WritingTest {
    private static final WorkspacePath OWN = WorkspacePath.of("docker/Dockerfile");
    private static final ContentHash OLD = hash("old");
    private static final ContentHash NEW = hash("new");
    private static final Sightings READ =
            Sightings.NONE.listed(List.of(OWN)).read(OWN, OLD, Optional.empty());
    private final Writing writing = new Writing();

    private static ContentHash hash(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Writing.Attempt replacing(Optional<ContentHash> expected) {
        return new Writing.Attempt(
                OWN,
                NEW,
                Optional.of(OLD),
                expected,
                WorkspacePath.of("docker"),
                false,
                true,
                Optional.empty());
    }

    private static Writing.Attempt fresh(String path, boolean forbidden, boolean statusesKept) {
        return new Writing.Attempt(
                WorkspacePath.of(path),
                NEW,
                Optional.empty(),
                Optional.empty(),
                WorkspacePath.ROOT,
                forbidden,
                statusesKept,
                Optional.empty());
    }

    private Verdict<WriteGrant> write(Sightings seen, Writing.Attempt attempt) {
        return writing.mayWrite(Cases.DEPLOY, seen, attempt);
    }

    private static Sightings rootListed() {
        return Sightings.NONE.opened(List.of(WorkspacePath.ROOT));
    }

    @Test
    void whatWasListedMayBeReadAndNothingElse() {
        Cases.granted(writing.maySee(Cases.DEPLOY, READ, OWN));
        Refusal no =
                Cases.refused(
                        writing.maySee(Cases.DEPLOY, READ, WorkspacePath.of("src/a/B.java")),
                        RuleId.HALLUCINATION_UNLISTED_PATH,
                        Opener.YOU);
        assertThat(Cases.next(no)).startsWith("list_dir{path=");
        assertThat(no.source().orElseThrow().toString()).contains("deploy.md:");
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", "app/.env.local", "key.pem", "keys/id_rsa", "a/ID_ED25519"})
    void filesForSecretsAreForNobody(String name) {
        var path = WorkspacePath.of(name);
        Cases.refused(writing.mayRead(path), RuleId.LANE_FORBIDDEN, Opener.HUMAN);
        Cases.refused(
                writing.maySee(Cases.DEPLOY, Sightings.NONE.listed(List.of(path)), path),
                RuleId.LANE_FORBIDDEN,
                Opener.HUMAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {".env.example", "environment.md", "app/pem.txt"})
    void examplesOfThemAreForAll(String name) {
        Cases.granted(writing.mayRead(WorkspacePath.of(name)));
    }

    @Test
    void aFileOfItsLaneThatWasReadMayBeReplaced() {
        assertThat(write(READ, replacing(Optional.of(OLD))))
                .isEqualTo(Verdict.granted(new WriteGrant(OWN, NEW, Optional.of(OLD))));
    }

    @Test
    void withoutTheRightDigestItMayNot() {
        for (var expected : List.of(Optional.<ContentHash>empty(), Optional.of(NEW))) {
            Refusal no =
                    Cases.refused(
                            write(READ, replacing(expected)),
                            RuleId.HALLUCINATION_STALE_READ,
                            Opener.YOU);
            assertThat(Cases.next(no)).isEqualTo("view_file{path=docker/Dockerfile}");
        }
    }

    @Test
    void aFileThatWasNotReadMayNotBeReplaced() {
        Cases.refused(
                write(Sightings.NONE.listed(List.of(OWN)), replacing(Optional.of(OLD))),
                RuleId.HALLUCINATION_STALE_READ,
                Opener.YOU);
        Cases.refused(
                write(Sightings.NONE, replacing(Optional.of(OLD))),
                RuleId.HALLUCINATION_UNLISTED_PATH,
                Opener.YOU);
    }

    @Test
    void aNewFileNeedsItsFolderListed() {
        Cases.granted(write(rootListed(), fresh("docker/new", false, true)));
        Refusal no =
                Cases.refused(
                        write(Sightings.NONE, fresh("docker/new", false, true)),
                        RuleId.HALLUCINATION_UNLISTED_PATH,
                        Opener.YOU);
        assertThat(Cases.next(no)).startsWith("list_dir");
    }

    @Test
    void outsideTheLaneAndInAReadersLaneNothingIsWritten() {
        Refusal outside =
                Cases.refused(
                        write(rootListed(), fresh("src/App.java", false, true)),
                        RuleId.LANE_OUTSIDE,
                        Opener.HUMAN);
        Refusal reader =
                Cases.refused(
                        write(rootListed(), fresh("docs/infrastructure/a.md", false, true)),
                        RuleId.LANE_READER_ONLY,
                        Opener.HUMAN);
        for (Refusal no : List.of(outside, reader)) {
            assertThat(Cases.next(no)).isEqualTo("shift_status{}");
            assertThat(no.source().orElseThrow().toString()).contains("deploy.md:");
        }
    }

    @Test
    void whatPeopleAloneWriteIsForbiddenInEveryLane() {
        Cases.refused(
                write(rootListed(), fresh("docker/new", true, true)),
                RuleId.LANE_FORBIDDEN,
                Opener.HUMAN);
    }

    @Test
    void statusCellsAreMovedByTheServerAlone() {
        Refusal no =
                Cases.refused(
                        write(rootListed(), fresh("PLAN.md", false, false)),
                        RuleId.LANE_READER_ONLY,
                        Opener.YOU);
        assertThat(no.remedy()).contains("record_proof");
        Cases.granted(write(rootListed(), fresh("PLAN.md", false, true)));
    }

    @Test
    void theServersOwnRowsNeedNoLane() {
        assertThat(writing.ledger(OWN, NEW, Optional.empty()))
                .isEqualTo(new WriteGrant(OWN, NEW, Optional.empty()));
    }
}
