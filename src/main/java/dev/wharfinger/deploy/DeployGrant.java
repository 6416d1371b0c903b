package dev.wharfinger.deploy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Leave to change what runs in one environment, once. Declared where it is spent; minted only in
 * policy.
 *
 * @param plan the plan that this grant carries out
 * @param release what shall run; for a rollback, what is left
 * @param previous where a return leads; empty means <em>absent</em>: nothing ran before
 * @param deployment the deployment's id, kept for ever: same id, same effect
 * @param fence a number that only grows a target; the target refuses every lower one
 */
public record DeployGrant(
        PlanDigest plan,
        EnvironmentName environment,
        Release release,
        Optional<Release> previous,
        String deployment,
        long fence) {
    private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    public DeployGrant {
        if (!DEPLOYMENT.matcher(deployment).matches()) {
            throw new IllegalArgumentException("not a deployment's id: " + deployment);
        }
        if (fence < 1) {
            throw new IllegalArgumentException("a fence counts from 1: " + fence);
        }
    }
}
