/** The tools, one file each. */
@NullMarked
package dev.wharfinger.tool;

import org.jspecify.annotations.NullMarked;
