/**
 * Runs a plan: what is ready, on which server, retries, resume. Owns the ports to the outside.
 *
 * <p>May import: base, event, plan, workflow, store.
 */
@NullMarked
package dev.promptrunner.execution;

import org.jspecify.annotations.NullMarked;
