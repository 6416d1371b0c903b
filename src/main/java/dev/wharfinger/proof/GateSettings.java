package dev.wharfinger.proof;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one gate is proved, as {@code wharf.yaml} declares it.
 *
 * @param command the argument list that proves it, run in a clean checkout
 * @param reports globs of the files that the command writes ({@code *}, {@code **}, {@code ?})
 * @param least the weakest proof that opens it
 * @param block the severity from which a finding closes it; {@code high} where absent
 * @param applies false where the project has nothing to prove here
 * @param because why it does not apply
 * @param env names handed to the command, beside PATH and HOME
 * @param allow paths with known false alarms, for the scan of secrets
 */
public record GateSettings(
        GateId gate,
        Optional<List<String>> command,
        List<String> reports,
        Strength least,
        Optional<String> block,
        boolean applies,
        Optional<String> because,
        List<String> env,
        Duration limit,
        List<String> allow) {
    public GateSettings {
        command = command.map(List::copyOf);
        reports = List.copyOf(reports);
        env = List.copyOf(env);
        allow = List.copyOf(allow);
        if (block.isPresent() && Severity.of(block.get()).isEmpty()) {
            throw new IllegalArgumentException(
                    "block of gate "
                            + gate
                            + " is `"
                            + block.get()
                            + "`; it is critical, high, medium or low");
        }
        reports.forEach(Glob::of);
        allow.forEach(Glob::of);
    }

    /** The severity from which a finding closes the gate. */
    public Severity blockLevel() {
        return block.flatMap(Severity::of).orElse(Severity.HIGH);
    }
}
