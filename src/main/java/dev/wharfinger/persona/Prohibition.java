package dev.wharfinger.persona;

import dev.wharfinger.rule.RuleId;
import dev.wharfinger.rule.Source;

import java.util.Optional;

/**
 * One thing that the persona never does.
 *
 * @param rule the rule that refuses it; absent where no rule can
 */
public record Prohibition(String text, Optional<RuleId> rule, Source source) {}
