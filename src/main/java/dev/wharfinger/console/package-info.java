/**
 * Pages for people, and the little that a browser or a terminal far away needs to decide: server
 * rendered, without a build step. A page shows; a signature decides.
 */
@NullMarked
package dev.wharfinger.console;

import org.jspecify.annotations.NullMarked;
