package dev.promptrunner.cli.console;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a console has to know of the run.
 *
 * @param output the output root, which the events' paths are relative to
 * @param deliver where finished videos are delivered to; empty when they are not
 * @param style of progress, on standard error
 * @param summaryStyle of the summary, on standard output
 * @param zone of the times in plain lines
 * @param clock for the time that is left
 */
public record ConsoleSettings(
    Path output,
    Optional<String> deliver,
    Style style,
    Style summaryStyle,
    ZoneId zone,
    InstantSource clock) {}
