package dev.wharfinger.tool;

import dev.wharfinger.call.Caller;
import dev.wharfinger.call.Shelf;
import dev.wharfinger.markdown.FrontMatter;
import dev.wharfinger.markdown.MarkdownUnreadable;
import dev.wharfinger.markdown.Outline;
import dev.wharfinger.persona.SkillLink;
import dev.wharfinger.workspace.FileContent;
import dev.wharfinger.workspace.FolderEntry;
import dev.wharfinger.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The skill of a persona as clients get it (SEP-2640): every file of its folder with its digest. A
 * skill of which a file cannot be read, or whose front matter does not bear its folder's name, is
 * not shown: a client could not verify it.
 */
final class SkillShelf {
    static final String SCHEME = "skill://";
    private static final String ENTRY = "SKILL.md";
    private static final String MARKDOWN = "text/markdown";
    private static final int MOST_FILES = 512;
    private static final int MOST_LEVELS = 8;
    private static final long MOST_BYTES = 16L << 20;

    private final Project project;
    private final Library library;

    SkillShelf(Project project, Library library) {
        this.project = project;
        this.library = library;
    }

    /** The caller's skill, whole. */
    Optional<Shelf.Skill> of(Caller caller) {
        return caller.persona().skill().flatMap(this::whole);
    }

    /** One file of the caller's skill, by what follows {@code skill://}. */
    Optional<Shelf.Content> read(Caller caller, String uri, String rest) {
        return caller.persona()
                .skill()
                .filter(skill -> rest.startsWith(skill.name() + "/"))
                .flatMap(skill ->
                        paths(skill).stream()
                                .filter(path -> uri(skill, path).equals(uri))
                                .findFirst())
                .flatMap(library::readable)
                .map(file ->
                        file.isText()
                                ? new Shelf.Content(uri, type(file.path()), file.text(), false)
                                : new Shelf.Content(
                                        uri,
                                        "application/octet-stream",
                                        Base64.getEncoder().encodeToString(file.bytes()),
                                        true));
    }

    private Optional<Shelf.Skill> whole(SkillLink skill) {
        var files = new ArrayList<Shelf.SkillFile>();
        Optional<FrontMatter> front = Optional.empty();
        long bytes = 0;
        for (WorkspacePath path : paths(skill)) {
            Optional<FileContent> file =
                    library.read(path).fold(found -> found, _ -> Optional.empty());
            if (file.isEmpty()) {
                return Optional.empty();
            }
            if (path.equals(skill.path())) {
                front = frontMatter(file.get());
            }
            long size = file.get().bytes().length;
            bytes += size;
            files.add(new Shelf.SkillFile(uri(skill, path), file.get().hash().hex(), size));
        }
        return bytes > MOST_BYTES
                ? Optional.empty()
                : front.filter(own -> own.text("name").filter(skill.name()::equals).isPresent())
                        .map(own -> new Shelf.Skill(uri(skill, skill.path()), own.values(), files));
    }

    private static Optional<FrontMatter> frontMatter(FileContent file) {
        try {
            return Outline.parse(file.path().toString(), file.text()).frontMatter();
        } catch (MarkdownUnreadable e) {
            return Optional.empty();
        }
    }

    /** Every file below the skill's folder, its {@code SKILL.md} first; a built-in one is alone. */
    private List<WorkspacePath> paths(SkillLink skill) {
        var paths = new ArrayList<WorkspacePath>();
        paths.add(skill.path());
        WorkspacePath folder = skill.path().parent().orElseThrow();
        project
                .workspace()
                .list(folder, MOST_LEVELS, MOST_FILES)
                .fold(found -> found, _ -> Optional.<List<FolderEntry>>empty())
                .orElse(List.of())
                .stream()
                .filter(entry -> entry.kind() == FolderEntry.Kind.FILE)
                .map(FolderEntry::path)
                .filter(path -> !path.equals(skill.path()))
                .forEach(paths::add);
        return paths;
    }

    private static String uri(SkillLink skill, WorkspacePath path) {
        String folder = skill.path().parent().orElseThrow() + "/";
        return SCHEME + skill.name() + "/" + path.toString().substring(folder.length());
    }

    private static String type(WorkspacePath path) {
        return path.name().endsWith(".md") ? MARKDOWN : "text/plain";
    }

    /** Where the caller's skill begins; the words of a template for completion. */
    static String entry(SkillLink skill) {
        return SCHEME + skill.name() + "/" + ENTRY;
    }
}
