package dev.wharfinger.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharfinger.approval.ApprovalText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A person has approved a plan, and the world moves on: with anything changed that the plan rests
 * on, it is refused; with everything as it was, that same approval lets it in.
 */
class ChangedAfterApprovalTest {
    private static final String REQUIRED = "{ count: 1, presence: required, expire: 1h }";

    @TempDir Path folder;

    /** One change of the world, and how it is undone. */
    private record Change(String what, String rule, Act make, Act undo) {}

    /** Something done to files. */
    private interface Act {
        void run() throws Exception;
    }

    private static Change file(String what, Path path, String rule, String text)
            throws IOException {
        boolean there = Files.exists(path);
        byte[] before = there ? Files.readAllBytes(path) : new byte[0];
        return new Change(
                what,
                rule,
                () -> {
                    Files.createDirectories(path.resolveSibling("x").getParent());
                    Files.writeString(path, text);
                },
                () -> {
                    if (there) {
                        Files.write(path, before);
                    } else {
                        Files.delete(path);
                    }
                });
    }

    private static void git(ApprovedShop shop, String... arguments) throws Exception {
        var argv = new ArrayList<>(List.of("git", "-C", shop.project().root().toString()));
        argv.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
    }

    private List<Change> changes(ApprovedShop shop) throws Exception {
        ShopProject project = shop.project();
        var all = new ArrayList<Change>();
        all.add(
                new Change(
                        "source, commit",
                        "deploy.drifted",
                        () -> {
                            project.write("app/More.java", "class More {}");
                            project.commit("v1.0.2");
                        },
                        () -> {
                            git(shop, "update-ref", "HEAD", "v1.0.1");
                            Files.delete(project.root().resolve("app/More.java"));
                        }));
        Path artifact;
        try (Stream<Path> files = Files.walk(project.state().resolve("artifacts"))) {
            artifact = files.filter(f -> f.endsWith("Shop.java")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(artifact);
        all.add(file("artifact", artifact, "deploy.drifted", "changed"));
        all.add(
                new Change(
                        "artifact lost",
                        "deploy.drifted",
                        () -> Files.delete(artifact),
                        () -> Files.write(artifact, bytes)));
        String rules = project.read("wharf.yaml");
        all.add(
                file(
                        "policy, wharf.yaml",
                        project.root().resolve("wharf.yaml"),
                        "policy.changed",
                        rules.replace("count: 1", "count: 0")));
        all.add(
                file(
                        "policy, approvers",
                        project.state().resolve("approvers"),
                        "policy.changed",
                        ""));
        String plan = project.read("PLAN.md");
        assertThat(plan).contains("/security | ✅ DONE");
        all.add(
                file(
                        "readings, PLAN.md",
                        project.root().resolve("PLAN.md"),
                        "hallucination.stale-read",
                        plan.replace("/security | ✅ DONE", "/security | ❌ FAILED")));
        Path production = Files.createDirectories(folder.toRealPath().resolve("production"));
        all.add(
                new Change(
                        "rollback, what runs",
                        "deploy.drifted",
                        () ->
                                Files.createSymbolicLink(
                                        production.resolve("current"), Path.of("/etc")),
                        () -> Files.delete(production.resolve("current"))));
        return all;
    }

    @Test
    void anApprovedPlanIsRefusedWithAnyOfItChangedAndGoesWithAllAsItWas() throws Exception {
        try (var shop = ApprovedShop.in(folder, REQUIRED)) {
            shop.prove();
            try (var deploy = StdioClient.start(shop.project(), "--persona", "deploy")) {
                String plan = shop.plan(deploy);
                ApprovalText text = shop.text(plan, "approve", "anna");
                assertThat(shop.deliver(text.text(), shop.anna().sign(text.text()))).isEmpty();
                Map<String, String> expected = new LinkedHashMap<>();
                Map<String, String> met = new LinkedHashMap<>();
                for (Change change : changes(shop)) {
                    change.make().run();
                    JsonNode refused = deploy.call("deploy", "plan", plan);
                    change.undo().run();
                    expected.put(change.what(), change.rule());
                    met.put(change.what(), StdioClient.rule(refused));
                }
                System.out.println("changed after the approval: " + met);
                assertThat(met).isEqualTo(expected);
                JsonNode live = deploy.call("deploy", "plan", plan);
                assertThat(live.path("structuredContent").path("state").asString())
                        .as("%s", live)
                        .isEqualTo("done");
            }
        }
    }
}
