/** The project's tree, confined: reads with a digest, staged writes that cost a grant, and Git. */
@NullMarked
package dev.wharfinger.workspace;

import org.jspecify.annotations.NullMarked;
