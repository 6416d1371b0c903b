/** A Markdown file as an outline of front matter, headings, lists and tables, with line numbers. */
@NullMarked
package dev.wharfinger.markdown;

import org.jspecify.annotations.NullMarked;
