package dev.wharfinger.call;

import tools.jackson.databind.node.ObjectNode;

/** One call of one tool, as it arrived: the name and the arguments are not checked yet. */
public record ToolCall(String tool, ObjectNode arguments, Signals signals) {}
