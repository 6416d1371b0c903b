package dev.wharfinger.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One environment as {@code wharf.yaml} declares it.
 *
 * @param variables names that must be in the server's environment; the service gets their values
 * @param after the environment where the same digest must have passed
 * @param bake how long it must have run there
 * @param soak how long health is watched after the switch; a failure rolls back
 * @param freeze when nothing is deployed
 */
public record EnvironmentSettings(
        EnvironmentName name,
        TargetSettings target,
        List<String> variables,
        List<SmokeCheck> smoke,
        Optional<EnvironmentName> after,
        Duration bake,
        Duration soak,
        List<FreezeWindow> freeze) {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public EnvironmentSettings {
        variables = List.copyOf(variables);
        smoke = List.copyOf(smoke);
        freeze = List.copyOf(freeze);
        variables.forEach(EnvironmentSettings::checkVariable);
        if (bake.isNegative() || soak.isNegative()) {
            throw new IllegalArgumentException("bake and soak are not negative: " + name);
        }
        if (after.filter(name::equals).isPresent()) {
            throw new IllegalArgumentException(name + " cannot come after itself");
        }
    }

    private static void checkVariable(String variable) {
        if (!VARIABLE.matcher(variable).matches() || variable.startsWith("WHARF_")) {
            throw new IllegalArgumentException(
                    "not the name of a variable (WHARF_ is ours): " + variable);
        }
    }
}
