package dev.wharfinger.policy;

import dev.wharfinger.rule.NextCall;
import dev.wharfinger.rule.Opener;
import dev.wharfinger.rule.Refusal;
import dev.wharfinger.rule.RuleId;

import java.util.List;
import java.util.Optional;

/** Whether the project's rules act, in the version that a person accepted. */
public sealed interface Rules {
    /** Accepted as they stand; {@code digest} names them. */
    record Accepted(String digest) implements Rules {}

    /** There is no {@code wharf.yaml}: reading goes on, deploying does not begin. */
    record Missing() implements Rules {}

    /** These files are not as a person accepted them. */
    record Changed(String digest, List<String> files) implements Rules {
        public Changed {
            files = List.copyOf(files);
        }
    }

    /** These files were accepted since, and this process still works under those before. */
    record Stale(String digest, List<String> files) implements Rules {
        public Stale {
            files = List.copyOf(files);
        }
    }

    /** Why nothing is deployed under these rules; empty where they are accepted. */
    default Optional<Refusal> refusal() {
        return switch (this) {
            case Accepted _ -> Optional.empty();
            case Missing _ ->
                    Optional.of(
                            Refusal.by(
                                    Opener.HUMAN,
                                    RuleId.CONFIG_MISSING,
                                    "The project has no `wharf.yaml`, so there is nothing to deploy"
                                            + " to.",
                                    "Tell the user to run `wharf init` in the project's root.",
                                    blocked()));
            case Changed(_, var files) ->
                    Optional.of(
                            Refusal.by(
                                    Opener.HUMAN,
                                    RuleId.POLICY_CHANGED,
                                    "The rules differ from what a person accepted: "
                                            + String.join(", ", files)
                                            + ".",
                                    "Tell the user to read the difference and run `wharf trust`.",
                                    blocked()));
            case Stale(_, var files) ->
                    Optional.of(
                            Refusal.by(
                                    Opener.HUMAN,
                                    RuleId.POLICY_CHANGED,
                                    "New rules are accepted, and this server still runs under the"
                                            + " ones before: "
                                            + String.join(", ", files)
                                            + ".",
                                    "Tell the user to start the server again: `wharf serve`, or the"
                                            + " client that started it.",
                                    blocked()));
        };
    }

    private static NextCall blocked() {
        return Guide.handoff("blocked", "A person must accept the rules first.");
    }
}
