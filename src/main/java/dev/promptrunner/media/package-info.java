/**
 * FFmpeg through JavaCV: probe, exact frame, trim, join. The only package that imports
 * org.bytedeco.
 *
 * <p>May import: base.
 */
@NullMarked
package dev.promptrunner.media;

import org.jspecify.annotations.NullMarked;
