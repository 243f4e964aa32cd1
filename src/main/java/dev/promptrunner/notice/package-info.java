/**
 * Tells people elsewhere what happened: Slack, any webhook.
 *
 * <p>May import: base, event.
 */
@NullMarked
package dev.promptrunner.notice;

import org.jspecify.annotations.NullMarked;
