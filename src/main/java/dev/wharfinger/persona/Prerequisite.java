package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;

import java.util.Optional;

/**
 * One line of the prerequisites.
 *
 * @param gate the id of the gate that decides it: {@code test}, {@code security}, {@code ux},
 *     {@code ci}, {@code variables} …; absent where it is only stated
 */
public record Prerequisite(String text, Optional<String> gate, Source source) {}
