package dev.wharfinger;

import dev.wharfinger.cli.Terminal;
import dev.wharfinger.cli.Wharf;

/** Where the JVM begins. Everything is in {@link Wharf}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Wharf.run(Terminal.ofProcess(), arguments).number());
    }
}
