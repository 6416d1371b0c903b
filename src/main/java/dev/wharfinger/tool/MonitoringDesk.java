package dev.wharfinger.tool;

import dev.wharfinger.deploy.SmokeCheck;
import dev.wharfinger.deploy.SmokeResult;
import dev.wharfinger.deploy.SmokeTests;
import dev.wharfinger.proof.GateId;
import dev.wharfinger.proof.GateSettings;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks whether what was shipped to production is watched: by address, or by a command. */
record MonitoringDesk(Project project, DeclaredCheck check, Supplier<SmokeTests> tests) {
    /** What was seen, in a few words, and whether it is enough. */
    record Seen(boolean passed, String what) {}

    /** Looks now. */
    Seen look() {
        Optional<GateSettings> settings = project.settings().gate(GateId.MONITORING);
        if (settings.filter(gate -> !gate.applies()).isPresent()) {
            return new Seen(
                    true, "not checked: " + settings.flatMap(GateSettings::because).orElse(""));
        }
        Optional<SmokeCheck> address = project.settings().monitoring();
        if (address.isPresent()) {
            SmokeResult result = tests.get().run(List.of(address.get())).getFirst();
            return new Seen(
                    result.passed(),
                    address.get().url() + ": " + Shown.brief(result.observed(), 160));
        }
        Optional<List<String>> command = settings.flatMap(GateSettings::command);
        if (command.isEmpty()) {
            return new Seen(false, "wharf.yaml does not say how production is watched");
        }
        return check.problem(settings.get(), command.get())
                .map(problem -> new Seen(false, problem))
                .orElseGet(() -> new Seen(true, "the declared command passed"));
    }
}
