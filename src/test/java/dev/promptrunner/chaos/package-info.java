/**
 * Real processes among seeded mischief: kills, freezes, broken servers and stores; then the proof
 * that nothing was lost and nothing doubled. {@code scripts/chaos} starts it.
 */
@NullMarked
package dev.promptrunner.chaos;

import org.jspecify.annotations.NullMarked;
