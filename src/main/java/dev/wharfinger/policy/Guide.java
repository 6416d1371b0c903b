package dev.wharfinger.policy;

import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.Secrets;
import dev.wharfinger.proof.VersionClaims;
import dev.wharfinger.rule.NextCall;
import dev.wharfinger.workspace.WorkspacePath;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The next legal calls of a shift, the best one first. Whoever sends only the first ends the shift
 * or meets a human: each makes progress, and none repeats what was just refused.
 */
public final class Guide {
    private static final WorkspacePath NOTE = WorkspacePath.of("note.md");
    private final Exit exit;

    /** A guide that knows what a handoff still owes. */
    public Guide(Exit exit) {
        this.exit = exit;
    }

    /** Read this file. */
    public static NextCall view(WorkspacePath path) {
        return NextCall.of("view_file", "path", path.toString());
    }

    /**
     * End the shift with this outcome. What others wrote may hold secrets and versions that nobody
     * may repeat: a summary that would be refused is left away.
     */
    public static NextCall handoff(String outcome, String summary) {
        boolean repeatable =
                VersionClaims.in(summary).isEmpty()
                        && Secrets.scan(NOTE, summary.getBytes(StandardCharsets.UTF_8)).isEmpty();
        return NextCall.of("write_handoff", "outcome", outcome)
                .with("summary", repeatable ? summary : "Ended as " + outcome + ".");
    }

    /** What may be called now, best first; never empty while the shift is open. */
    public List<NextCall> next(Facts facts) {
        var next = new ArrayList<NextCall>();
        var readings = facts.readings();
        if (!readings.plan().done()) {
            next.add(NextCall.of("read_plan"));
        }
        readings.skillPath()
                .filter(_ -> !readings.skill().done())
                .ifPresent(path -> next.add(view(path)));
        if (!readings.handoff().done()) {
            next.add(view(readings.handoffPath()));
        }
        if (next.isEmpty()) {
            work(facts).ifPresent(next::add);
        }
        if (next.isEmpty()) {
            next.addAll(ending(facts));
        }
        return next;
    }

    private Optional<NextCall> work(Facts facts) {
        if (facts.deploys()) {
            return deploying(facts);
        }
        if (!facts.shift().observed().isEmpty() || facts.rules().refusal().isPresent()) {
            return Optional.empty();
        }
        return provedGate(facts).map(gate -> NextCall.of("record_proof", "gate", gate.value()));
    }

    private Optional<NextCall> deploying(Facts facts) {
        boolean running = facts.deployment().filter(d -> d.running()).isPresent();
        if (running || (facts.plan().isPresent() && facts.deployment().isEmpty())) {
            return facts.plan().map(plan -> NextCall.of("deploy", "plan", plan.id().value()));
        }
        boolean seen = !facts.shift().observed().isEmpty() && !isHalfway(facts);
        if (seen
                || facts.rules().refusal().isPresent()
                || facts.versions().isEmpty()
                || facts.environments().isEmpty()
                || !facts.shut().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(plan(facts));
    }

    /** What runs was a step on the way: the shift began for an environment further on. */
    private static boolean isHalfway(Facts facts) {
        return facts.shift().observed().keySet().equals(Set.of("shipped-staging"))
                && facts.plan()
                        .filter(plan ->
                                facts.shift()
                                        .beginning()
                                        .environment()
                                        .filter(facts.environments()::contains)
                                        .filter(wanted -> !wanted.equals(plan.environment()))
                                        .isPresent())
                        .isPresent();
    }

    /** Make the plan that this shift is about. */
    public NextCall plan(Facts facts) {
        String environment =
                facts.environment()
                        .or(() -> facts.shift().beginning().environment())
                        .filter(facts.environments()::contains)
                        .orElse(facts.environments().getFirst());
        String version =
                facts.shift()
                        .beginning()
                        .version()
                        .filter(facts.versions()::contains)
                        .orElse(facts.versions().getFirst());
        return NextCall.of("plan_deploy", "environment", environment).with("version", version);
    }

    /** The gate that this persona's own reports prove. */
    public static Optional<GateId> provedGate(Facts facts) {
        return switch (facts.persona().name().value()) {
            case "test" -> Optional.of(GateId.TEST);
            case "security" -> Optional.of(GateId.SECURITY);
            case "ux" -> Optional.of(GateId.UX);
            default -> Optional.empty();
        };
    }

    /** What is left before the shift can end, then its end. */
    public List<NextCall> ending(Facts facts) {
        String outcome = exit.likeliest(facts);
        var next = new ArrayList<NextCall>();
        for (Exit.Item item : exit.items(facts, outcome)) {
            if (item.state() == Exit.State.OPEN) {
                item.next().ifPresent(next::add);
            }
        }
        next.add(handoff(outcome, summary(facts, outcome)));
        return next;
    }

    private static String summary(Facts facts, String outcome) {
        if (outcome.equals(Exit.BLOCKED)) {
            return facts.shut().stream()
                    .findFirst()
                    .map(gate -> "Blocked: " + gate.title() + ": " + gate.why())
                    .or(() -> facts.rules().refusal().map(no -> "Blocked: " + no.reason()))
                    .orElse("Blocked before anything was deployed.");
        }
        String seen = facts.shift().observed().getOrDefault(outcome, "");
        return outcome + (seen.isEmpty() ? "." : ": " + seen);
    }
}
