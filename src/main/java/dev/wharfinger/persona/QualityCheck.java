package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.util.Optional;

/**
 * One line of the quality gate.
 *
 * @param gate the id of the gate that decides it: {@code parity}, {@code secrets}, {@code smoke},
 *     {@code monitoring}, {@code rollback-ready}, {@code runbook} …; absent where it is only stated
 */
public record QualityCheck(String text, Optional<String> gate, Source source) {}
