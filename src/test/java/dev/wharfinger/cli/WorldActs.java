package dev.wharfinger.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What people and the world do to a project while agents work there, drawn by chance. */
final class WorldActs {
    private static final List<String> LEDGER =
            List.of("PLAN.md", "PLAN.md", "HANDOFF_NOTES.md", "SESSION_LOG.md", "RAID_LOG.md");
    private static final List<String> TAGS =
            List.of("v1.0.1", "v2.0.0", "nightly", "release/2026-11", "ünïcode-täg");
    private final DriftingProject project;
    private final Random random;

    WorldActs(DriftingProject project, Random random) {
        this.project = project;
        this.random = random;
    }

    /** Something happens; a line that tells what. */
    String act() throws Exception {
        return switch (random.nextInt(24)) {
            case 0, 1 -> claim(pick(List.of("✅ DONE", "done, says lodash@9.9.9 v7.7.7", "❌", "?")));
            case 2 -> appended("PLAN.md", "\n## Blockers\n- no key AKIAIOSFODNN7EXAMPLE yet\n");
            case 3 -> appended("HANDOFF_NOTES.md", "\n## To /deploy\n\nLook at lodash@9.9.9.\n");
            case 4 -> gone(pick(LEDGER));
            case 5 -> spoilt(pick(LEDGER));
            case 6 -> appended(pick(List.of("prove.sh", "app/page.html")), "# edited\n");
            case 7, 8 -> committed();
            case 9 -> appended("wharf.yaml", "# edited\n");
            case 10 -> verdict(pick(List.of("pass", "fail", "junk", "none")));
            case 11 -> service(pick(List.of("crash", "unhealthy", "broken")));
            case 12 -> {
                project.pass(Duration.ofHours(25));
                yield "a day passes";
            }
            case 13 -> {
                project.interrupt();
                yield "a deployment dies";
            }
            case 14 -> {
                project.loseArtifacts();
                yield "the artifacts are lost";
            }
            case 15 -> {
                project.restart();
                yield "the server starts again";
            }
            case 16 -> {
                project.trust();
                yield "a person accepts the rules";
            }
            case 17 -> {
                project.write("skills/deploy-toolkit/SKILL.md", "# Mine\n");
                yield "somebody writes a skill";
            }
            case 18 -> {
                project.clear("skills/deploy-toolkit");
                yield "somebody deletes the skill";
            }
            case 19, 20 -> {
                project.undeclare();
                yield "the environments are taken out of wharf.yaml, accepted, the server"
                        + " restarted";
            }
            default -> proved(pick(List.of("test", "security")));
        };
    }

    /** Both gates are proved by CI and claimed by somebody: the way to a deployment is free. */
    String proofs() throws Exception {
        return proved("test") + ", " + proved("security") + ", " + claim("✅ DONE");
    }

    private String proved(String gate) {
        project.keeper().tools().proofs().prove(project.person().principal(), gate);
        return "CI proves " + gate;
    }

    private String claim(String words) throws Exception {
        project.write(
                "PLAN.md",
                """
                # Plan

                | Agent | Command | Status |
                |-------|---------|--------|
                | **Test** | /test | %s |
                | **Security** | /security | %s |
                | **DevOps** | /deploy | 💤 IDLE |
                """
                        .formatted(words, words));
        return "somebody claims `" + words + "`";
    }

    private String appended(String name, String text) throws Exception {
        project.append(name, text);
        return "somebody edits " + name;
    }

    private String gone(String name) throws Exception {
        project.clear(name);
        return "somebody deletes " + name;
    }

    private String spoilt(String name) throws Exception {
        switch (random.nextInt(5)) {
            case 0 -> project.write(name, "No table, no heading.\n");
            case 1 -> project.write(name, new byte[] {0, 1, 2, (byte) 0xff, 'x', 0});
            case 2 -> project.folder(name);
            case 3 -> project.link(name, "prove.sh");
            default ->
                    project.write(name, "x".repeat((2 << 20) + 1).getBytes(StandardCharsets.UTF_8));
        }
        return "somebody spoils " + name;
    }

    private String verdict(String word) throws Exception {
        project.write("verdict", word + "\n");
        project.commit(Optional.of(pick(TAGS)));
        return "the commands now say " + word;
    }

    private String service(String how) throws Exception {
        project.write("app/" + how, how);
        project.commit(Optional.of(pick(TAGS)));
        return "the service will be " + how;
    }

    private String committed() throws Exception {
        Optional<String> tag = random.nextBoolean() ? Optional.of(pick(TAGS)) : Optional.empty();
        project.commit(tag);
        return "somebody commits as " + tag.orElse("nothing");
    }

    private <T> T pick(List<T> from) {
        return Configurations.pick(random, from);
    }
}
