package dev.wharfinger.tool;

import dev.wharfinger.workspace.WorkspacePath;

import java.util.Optional;

/** The skills that come with Wharfinger, for projects that have none of their own at that path. */
public interface Skills {
    /** The built-in skill that stands in for this path: {@code skills/NAME/SKILL.md}. */
    Optional<byte[]> builtIn(WorkspacePath path);
}
