package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Rules act only in the version that a person accepted, whatever the files say at a start. */
class AcceptedRulesTest {
    @TempDir Path folder;
    private VersionedShop shop;
    private Path rules = Path.of("");

    @BeforeEach
    void twoVersionsHaveRun() throws Exception {
        shop = VersionedShop.in(folder);
        rules = shop.project().root().resolve("wharf.yaml");
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            ReturnRounds.ship(shop, deploy, "1.1.0");
            ReturnRounds.ship(shop, deploy, "1.2.0");
        }
    }

    @AfterEach
    void stop() {
        shop.project().stop();
    }

    @Test
    void aPersonGoesBackThoughTheFileIsBrokenOrGone() throws Exception {
        String accepted = Files.readString(rules);
        Files.writeString(rules, "project: shop\nenvironments: [\n");
        assertThat(shop.wharf("rollback", "staging", "--reason", "errors")).isZero();
        assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
        Files.delete(rules);
        assertThat(shop.wharf("rollback", "staging", "--reason", "errors", "--to-version", "1.2.0"))
                .isZero();
        assertThat(shop.page()).isEqualTo("Welcome 1.2.0");
        Path copy = shop.project().state().resolve("trust/wharf.yaml");
        Files.writeString(copy, accepted + "# somebody was here\n");
        assertThat(shop.wharf("rollback", "staging", "--reason", "errors"))
                .as("a copy without the accepted digest is nobody's rule")
                .isEqualTo(1);
        assertThat(shop.page()).isEqualTo("Welcome 1.2.0");
    }

    @Test
    void aCommandThatNobodyAcceptedIsNotRunOnTheWayBack() throws Exception {
        Path evil = folder.resolve("evil");
        String changed =
                Files.readString(rules)
                        .replaceFirst("start: \\[.*", "start: [touch, \"" + evil + "\"]");
        assertThat(changed).contains("touch");
        Files.writeString(rules, changed);
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            deploy.call("begin_shift", "request", "Something is wrong");
            JsonNode back =
                    deploy.call(
                            "rollback", "environment", "staging", "reason", "errors everywhere");
            assertThat(back.path("structuredContent").path("state").asString())
                    .as("%s", back)
                    .isEqualTo("rolled_back");
            assertThat(back.path("structuredContent").path("recorded").toString())
                    .contains("wharf.yaml");
            assertThat(shop.page()).isEqualTo("Welcome 1.1.0");
            assertThat(evil).doesNotExist();
            assertThat(shop.wharf("trust", "--yes")).isZero(); // by this very server
            JsonNode plan =
                    deploy.call("plan_deploy", "environment", "staging", "version", "1.2.0");
            assertThat(StdioClient.rule(plan))
                    .as("accepted meanwhile, it acts in the next server: %s", plan)
                    .isEqualTo("policy.changed");
        }
        assertThat(shop.wharf("rollback", "staging", "--reason", "all of it")).isZero();
        assertThat(evil).as("nothing was before, so nothing is started").doesNotExist();
    }

    @Test
    void anIntegrityScriptThatNobodyAcceptedDoesNotRun() throws Exception {
        Path script = shop.project().root().resolve("check.sh");
        Path evil = folder.resolve("evil");
        String good = "#!/bin/sh\nexit 0\n";
        String bad = "#!/bin/sh\ntouch " + evil + "\n";
        Files.writeString(script, good);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        String ci = "  ci: { applies";
        Files.writeString(
                rules,
                Files.readString(rules)
                        .replace(ci, "  integrity: { command: [./check.sh] }\n" + ci));
        shop.release("1.3.0");
        assertThat(shop.wharf("trust", "--yes")).isZero();
        try (var test = StdioClient.start(shop.project(), "--persona", "test")) {
            JsonNode proved = test.follow("Please test"); // its handoff ran the accepted script
            assertThat(proved.path("structuredContent").path("outcome").asString())
                    .as("%s", proved)
                    .isEqualTo("passed");
            test.call("begin_shift", "request", "Please test");
            test.call("read_plan");
            test.call("view_file", "path", "skills/test-toolkit/SKILL.md");
            test.call("view_file", "path", "HANDOFF_NOTES.md");
            test.call("record_proof", "gate", "test");
            Files.writeString(script, bad);
            shop.release("1.4.0");
            saysThatNobodyAccepted(test);
            Files.writeString(script, good); // where people look it is as it was
            saysThatNobodyAccepted(test);
            assertThat(evil).doesNotExist();
        }
    }

    private static void saysThatNobodyAccepted(StdioClient test) throws Exception {
        for (String kind : List.of("risk", "memory")) {
            test.call("record_note", "kind", kind, "text", "Checked again.");
        }
        test.call("read_plan");
        test.call("view_file", "path", "HANDOFF_NOTES.md");
        JsonNode no = test.call("write_handoff", "outcome", "passed", "summary", "Tested.");
        assertThat(StdioClient.rule(no)).as("%s", no).isEqualTo("exit.incomplete");
        assertThat(no.toString()).contains("`check.sh` of this commit is not what a person");
    }

    @Test
    void aLaneThatNobodyAcceptedIsNoLane() throws Exception {
        Path own = Files.createDirectory(shop.project().root().resolve("prompts"));
        own = own.resolve("deploy.md");
        try (var ours =
                Objects.requireNonNull(
                        AcceptedRulesTest.class.getResourceAsStream(
                                "/wharfinger/prompts/deploy.md"))) {
            Files.write(own, ours.readAllBytes());
        }
        Files.writeString(
                rules, Files.readString(rules) + "personas: { deploy: prompts/deploy.md }\n");
        assertThat(shop.wharf("trust", "--yes")).isZero();
        assertThat(write()).isEqualTo("lane.outside");
        Files.writeString(
                own,
                Files.readString(own, StandardCharsets.UTF_8)
                        .replace("`infrastructure/`, ", "`infrastructure/`, `app/`, "));
        assertThat(write()).isEqualTo("lane.outside");
        assertThat(shop.wharf("trust", "--yes")).isZero();
        assertThat(write()).as("accepted, and another server").isEmpty();
    }

    /** The rule by which a write into the lane in question is refused. */
    private String write() throws Exception {
        try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
            deploy.call("begin_shift", "request", "Write something");
            deploy.call("list_dir", "path", ".");
            deploy.call("list_dir", "path", "app");
            JsonNode wrote = deploy.call("write_file", "path", "app/new.txt", "content", "new\n");
            System.out.println(wrote.path("content").path(0).path("text").asString());
            return StdioClient.rule(wrote);
        }
    }
}
