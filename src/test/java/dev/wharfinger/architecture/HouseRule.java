package dev.wharfinger.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One rule of the house.
 *
 * @param name what holds, as a sentence
 * @param instead what to do where it does not
 * @param finds the places that break it, each as one line of text
 */
record HouseRule(String name, String instead, Function<JavaClasses, Stream<String>> finds) {
    List<String> breaches(JavaClasses classes) {
        return finds.apply(classes).distinct().sorted().toList();
    }

    /** What a failing build shows: the rule, each place, and the way out. */
    String report(List<String> breaches) {
        return name + "\n  " + String.join("\n  ", breaches) + "\nInstead: " + instead;
    }

    @Override
    public String toString() {
        return name;
    }
}
