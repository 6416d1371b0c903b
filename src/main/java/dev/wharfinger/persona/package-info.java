/** Who is calling and what the persona file allows. */
@NullMarked
package dev.wharfinger.persona;

import org.jspecify.annotations.NullMarked;
