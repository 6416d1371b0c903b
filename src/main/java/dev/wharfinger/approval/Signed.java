package dev.wharfinger.approval;

/**
 * A text that a person who may decide has signed.
 *
 * @param touched whether the signature proves that a human touched the key
 */
public record Signed(ApprovalText text, Approver by, boolean touched) {}
