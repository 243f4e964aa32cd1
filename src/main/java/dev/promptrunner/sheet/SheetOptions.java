package dev.promptrunner.sheet;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sheet is made with besides the results.
 *
 * @param title what stands above it
 * @param simulated whether the simulator made the results; the page says so
 * @param reference a video that all are compared with
 * @param sweep the sweep file that made the results; without it the page exports favourites only as
 *     a list
 */
public record SheetOptions(
    String title, boolean simulated, Optional<Path> reference, Optional<SweepSource> sweep) {}
