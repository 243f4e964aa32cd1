/**
 * File, environment and flags into settings records, every problem in one report.
 *
 * <p>May import: base and the settings records of their users.
 */
@NullMarked
package dev.promptrunner.config;

import org.jspecify.annotations.NullMarked;
