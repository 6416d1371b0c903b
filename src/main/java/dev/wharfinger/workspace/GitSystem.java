package dev.wharfinger.workspace;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What Git learns of the machine: nothing but the repository's own configuration. JGit would
 * otherwise look for a {@code git} program and run it, read the user's settings, and measure the
 * file system's clock for three seconds with probe files in the project.
 */
final class GitSystem extends SystemReader {
    /** Coarser than any file system that we meet: Linux stamps files once a tick, at most 10 ms. */
    private static final Duration CLOCK = Duration.ofMillis(20);

    private final SystemReader machine;

    private GitSystem(SystemReader machine) {
        this.machine = machine;
    }

    /**
     * Makes this the reader of the whole process. JGit knows no narrower place; again is harmless.
     */
    static void install() {
        synchronized (GitSystem.class) {
            if (!(SystemReader.getInstance() instanceof GitSystem)) {
                SystemReader.setInstance(new GitSystem(SystemReader.getInstance()));
            }
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : machine.getenv(variable);
    }

    @Override
    public @Nullable String getProperty(String key) {
        return machine.getProperty(key);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Settings(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Settings(parent, fs);
    }

    /** Stands in for the user's settings: objects and references are synced before they count. */
    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        var settings = new Settings(parent, fs);
        settings.setBoolean("core", null, "fsyncObjectFiles", true);
        settings.setBoolean("core", null, "fsyncRefFiles", true);
        return settings;
    }

    @Override
    public long getCurrentTime() {
        return machine.getCurrentTime();
    }

    @Override
    public int getTimezone(long when) {
        return 0;
    }

    /** A configuration without a file. */
    private static final class Settings extends FileBasedConfig {
        Settings(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // There is no file.
        }

        @Override
        public void save() {
            // There is no file, and nothing to keep.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section,
                @Nullable String subsection,
                String name,
                long otherwise,
                TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(CLOCK)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }
    }
}
