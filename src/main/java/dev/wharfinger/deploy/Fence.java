package dev.wharfinger.deploy;

/**
 * Who may act on a target: the highest number seen, whose it is, and which way that deployment
 * goes. It is written in the target, so that the target itself refuses a deployer from the past.
 */
record Fence(long number, String deployment, Way way) {
    private static final String HEAD = "wharf-fence v1";

    static final Fence NONE = new Fence(0, "", Way.FORWARD);

    /** Whether the deployment may take the target: a higher number, or its own once more. */
    boolean lets(DeployGrant grant, Way wanted) {
        if (isOf(grant)) {
            return way == wanted || wanted == Way.BACK;
        }
        return grant.fence() > number;
    }

    boolean isOf(DeployGrant grant) {
        return number == grant.fence() && deployment.equals(grant.deployment());
    }

    String text() {
        return "%s\nfence %d\ndeployment %s\nway %s\n"
                .formatted(HEAD, number, deployment, way.text());
    }

    /** {@link IllegalArgumentException} where it is not a fence: then nobody may act. */
    static Fence parse(String text) {
        var lines = text.lines().toList();
        if (lines.size() != 4
                || !lines.get(0).equals(HEAD)
                || !lines.get(1).startsWith("fence ")
                || !lines.get(2).startsWith("deployment ")
                || !lines.get(3).startsWith("way ")) {
            throw new IllegalArgumentException("not a fence: " + SmokeTests.shown(text));
        }
        return new Fence(
                Long.parseLong(lines.get(1).substring("fence ".length())),
                lines.get(2).substring("deployment ".length()),
                Way.of(lines.get(3).substring("way ".length())));
    }
}
