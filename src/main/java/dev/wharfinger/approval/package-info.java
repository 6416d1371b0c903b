/** Who may approve, the signed texts and their signatures. */
@NullMarked
package dev.wharfinger.approval;

import org.jspecify.annotations.NullMarked;
