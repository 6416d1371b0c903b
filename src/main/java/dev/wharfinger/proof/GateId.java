package dev.wharfinger.proof;

/** The name of a gate, as configuration and answers show it. */
public record GateId(String value) {
    public static final GateId TEST = new GateId("test");
    public static final GateId SECURITY = new GateId("security");
    public static final GateId UX = new GateId("ux");
    public static final GateId CI = new GateId("ci");
    public static final GateId VARIABLES = new GateId("variables");
    public static final GateId SECRETS = new GateId("secrets");
    public static final GateId ROLLBACK_READY = new GateId("rollback-ready");
    public static final GateId PARITY = new GateId("parity");
    public static final GateId SMOKE = new GateId("smoke");
    public static final GateId BAKE = new GateId("bake");
    public static final GateId MONITORING = new GateId("monitoring");
    public static final GateId RUNBOOK = new GateId("runbook");
    public static final GateId APPROVAL = new GateId("approval");
    public static final GateId FREEZE = new GateId("freeze");
    public static final GateId INTEGRITY = new GateId("integrity");

    public GateId {
        if (!value.matches("[a-z][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("no gate has the name " + value);
        }
    }

    /** Written out, since the JDK links the generated ones at their first use, for milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GateId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
