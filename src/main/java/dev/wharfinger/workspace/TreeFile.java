package dev.wharfinger.workspace;

/**
 * One file of a commit: its Git mode ({@code 100644}, {@code 100755}, {@code 120000} for a link,
 * {@code 160000} for a submodule), the id of its blob (of the commit, for a submodule), and its
 * size in bytes (0 for a submodule).
 */
public record TreeFile(WorkspacePath path, String mode, String blob, long size) {}
