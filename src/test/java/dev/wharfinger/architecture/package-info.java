/** Tests of the house itself: arrows, libraries, grants, names, sizes, format, jars. */
@NullMarked
package dev.wharfinger.architecture;

import org.jspecify.annotations.NullMarked;
