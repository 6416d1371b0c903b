package dev.wharfinger.persona;

import dev.wharfinger.rule.RuleId;

/** How a line holds: in which way, by which rule or tool, and in words. */
record Holding(Hold hold, String by, String how) {
    static Holding enforced(RuleId rule, String how) {
        return new Holding(Hold.ENFORCED, rule.id(), how);
    }

    static Holding enforced(String tool, String how) {
        return new Holding(Hold.ENFORCED, tool, how);
    }

    static Holding checked(String tool, String how) {
        return new Holding(Hold.CHECKED, tool, how);
    }

    static Holding stated(String item) {
        return new Holding(
                Hold.STATED, "confirm_item", "by the agent's word: confirm_item `" + item + "`");
    }

    static Holding not(String why) {
        return new Holding(Hold.NOT_ENFORCEABLE, "", why);
    }

    static Holding gate(String gate) {
        return enforced(RuleId.GATE_CLOSED, "gate `" + gate + "`, claimed and proved");
    }
}
