package dev.wharfinger;

import dev.wharfinger.cli.Start;
import dev.wharfinger.cli.Terminal;

/** Where the JVM begins. Everything is in {@link Start}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Start.run(Terminal.ofProcess(), arguments).number());
    }
}
