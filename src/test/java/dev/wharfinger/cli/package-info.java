@NullMarked
package dev.wharfinger.cli;

import org.jspecify.annotations.NullMarked;
