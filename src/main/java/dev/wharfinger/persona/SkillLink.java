package dev.wharfinger.persona;

import dev.wharfinger.rule.Source;
import dev.wharfinger.workspace.WorkspacePath;

/** The skill that a persona loads: its name and the file it is read from. */
public record SkillLink(String name, WorkspacePath path, Source source) {}
