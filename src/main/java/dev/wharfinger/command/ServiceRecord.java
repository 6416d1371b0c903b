package dev.wharfinger.command;

/**
 * What is kept of a started service, enough to know it again and to know a stranger: process id,
 * start time in clock ticks since boot ({@code /proc/PID/stat}, field 22), and the two names in its
 * environment. Where there is no {@code /proc} the start time is in milliseconds since 1970.
 */
public record ServiceRecord(long pid, long startTicks, String deployment, String release) {
    public ServiceRecord {
        if (pid <= 1) {
            throw new IllegalArgumentException("process " + pid + " is no service");
        }
    }
}
