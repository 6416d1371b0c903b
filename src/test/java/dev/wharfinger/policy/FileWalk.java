package dev.wharfinger.policy;

import dev.wharfinger.journal.Digest;
import dev.wharfinger.journal.MerkleTree;
import dev.wharfinger.persona.Covered;
import dev.wharfinger.persona.PersonaName;
import dev.wharfinger.persona.Personas;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Verdict;
import dev.wharfinger.sighting.Sightings;
import dev.wharfinger.workspace.ContentHash;
import dev.wharfinger.workspace.WorkspacePath;
import dev.wharfinger.workspace.WriteGrant;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The promises about files: what is read, where is written, what a log proves, what is covered. */
final class FileWalk {
    private static final ContentHash OLD = hash("old");
    private static final ContentHash NEW = hash("new");
    private static final int LARGEST_LOG = 20;

    /** Where {@code /deploy} may write, as its file says it. */
    private static final List<String> LANES =
            List.of(
                    "infrastructure/",
                    "docker/",
                    "k8s/",
                    ".github/workflows/",
                    "DEPLOYMENT_RUNBOOK.md",
                    "PLAN.md",
                    "HANDOFF_NOTES.md",
                    "SESSION_LOG.md",
                    "RAID_LOG.md");

    private static final List<String> PATHS =
            List.of(
                    "docker/Dockerfile",
                    "docker",
                    "Docker/Dockerfile",
                    "dockerfile",
                    "docker2/x",
                    "k8s/a/b/c.yaml",
                    "infrastructure/main.tf",
                    ".github/workflows/ci.yml",
                    ".github/CODEOWNERS",
                    "PLAN.md",
                    "plan.md",
                    "docs/PLAN.md",
                    "docs/infrastructure/net.md",
                    "app/Shop.java",
                    "wharf.yaml",
                    "prompts/deploy.md",
                    "RAID_LOG.md");

    private final House house;
    private final BrokenPromises broken;

    FileWalk(House house, BrokenPromises broken) {
        this.house = house;
        this.broken = broken;
    }

    private static ContentHash hash(String text) {
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    void walk() throws Exception {
        for (String path : PATHS) {
            files(WorkspacePath.of(path));
        }
        for (int size = 1; size <= LARGEST_LOG; size++) {
            log(size);
        }
        for (PersonaName name : Personas.builtInNames()) {
            covered("prompts/" + name.value() + ".md");
        }
        covered("src/test/resources/persona/deploy-persona.md");
    }

    /** 2 and 3: what was seen of a file, what stands there, and whose it is. */
    private void files(WorkspacePath path) {
        var listed = Sightings.NONE.listed(List.of(path));
        List<Sightings> seen =
                List.of(
                        Sightings.NONE,
                        listed,
                        listed.read(path, OLD, Optional.empty()),
                        listed.read(path, hash("older"), Optional.empty()),
                        Sightings.NONE.opened(List.of(WorkspacePath.ROOT)));
        var yes =
                new DecidedGrant(
                        Subject.of("shop", DeployWalk.PLAN), List.of("anna"), List.of("n"), false);
        for (Sightings sightings : seen) {
            read(path, sightings);
            for (Optional<ContentHash> existing :
                    List.of(Optional.of(OLD), Optional.<ContentHash>empty())) {
                for (Optional<ContentHash> expected :
                        List.of(
                                Optional.of(OLD),
                                Optional.of(NEW),
                                Optional.<ContentHash>empty())) {
                    for (boolean forbidden : List.of(false, true)) {
                        for (Optional<DecidedGrant> lane :
                                List.of(Optional.of(yes), Optional.<DecidedGrant>empty())) {
                            write(
                                    sightings,
                                    new Writing.Attempt(
                                            path,
                                            NEW,
                                            existing,
                                            expected,
                                            WorkspacePath.ROOT,
                                            forbidden,
                                            true,
                                            lane));
                        }
                    }
                }
            }
        }
    }

    private void read(WorkspacePath path, Sightings seen) {
        broken.state();
        boolean may =
                broken.allowed(
                        house.maySee(Cases.DEPLOY, seen, path),
                        NextCall.of("view_file", "path", path.toString()),
                        path::toString);
        broken.holds(2, !may || seen.knows(path), () -> "seen unlisted: " + path);
    }

    private void write(Sightings seen, Writing.Attempt attempt) {
        broken.state();
        Verdict<WriteGrant> may = house.mayWrite(Cases.DEPLOY, seen, attempt);
        boolean in =
                broken.allowed(
                        may,
                        NextCall.of("write_file", "path", attempt.path().toString()),
                        attempt::toString);
        if (!in) {
            return;
        }
        boolean fresh =
                attempt.existing().isEmpty()
                        ? seen.hasOpened(WorkspacePath.ROOT)
                        : seen.knows(attempt.path())
                                && attempt.expected().equals(attempt.existing())
                                && seen.of(attempt.path()).isFresh(OLD, Optional.empty());
        String path = attempt.path().toString();
        boolean lane =
                LANES.stream()
                        .anyMatch(
                                one -> one.endsWith("/") ? path.startsWith(one) : path.equals(one));
        broken.holds(2, fresh, attempt::toString);
        broken.holds(
                3, !attempt.forbidden() && (lane || attempt.lane().isPresent()), attempt::toString);
        boolean exact =
                may.fold(
                        grant ->
                                grant.path().equals(attempt.path())
                                        && grant.content().equals(NEW)
                                        && grant.replacing().equals(attempt.existing()),
                        _ -> false);
        broken.holds(3, exact, () -> "leave for something else: " + may);
    }

    /** 14: each entry's proof proves that entry under that root, and nothing else. */
    private void log(int size) {
        List<Digest> leaves = leaves(size);
        var tree = new MerkleTree(leaves);
        Digest shorter = new MerkleTree(leaves(size - 1)).root();
        for (int index = 0; index < size; index++) {
            var proof = tree.inclusion(index);
            for (int leaf = 0; leaf < size; leaf++) {
                broken.state();
                boolean proves = house.proves(proof, leaves.get(leaf), tree.root());
                boolean is = leaf == index;
                String where = "entry " + leaf + " by the proof of " + index + " of " + size;
                broken.holds(14, proves == is, () -> where);
            }
            boolean other = house.proves(proof, leaves.get(index), shorter);
            broken.holds(14, !other, () -> "proved under another root, of size " + size);
        }
    }

    private static List<Digest> leaves(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> Digest.ofLeaf(("entry " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** 15: each list item of a persona file is said to hold in some way, and by what. */
    private void covered(String file) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        List<Covered> all = house.coverage(file, bytes);
        var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        var said = new ArrayList<Integer>();
        for (Covered covered : all) {
            broken.state();
            said.add(covered.source().line());
            boolean how =
                    switch (covered.hold()) {
                        case ENFORCED, CHECKED ->
                                !covered.by().isBlank() && !covered.how().isBlank();
                        case STATED, NOT_ENFORCEABLE -> !covered.how().isBlank();
                    };
            broken.holds(15, how, covered::toString);
        }
        boolean code = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            code ^= line.startsWith("```");
            int number = i + 1;
            boolean item = line.matches("(?:[-*]|\\d+\\.) .*") && !line.endsWith(":**");
            if (item && !code) {
                broken.holds(15, said.contains(number), () -> file + ":" + number + " " + line);
            }
        }
    }
}
