package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;

/**
 * What an H.264 encoder is opened with.
 *
 * @param shape the frames it takes
 * @param colour the tags it writes
 * @param x264Options libx264's own, such as {@code sps-id=1}, the number of its parameter sets:
 *     streams with different numbers can be joined without confusing a decoder; may be empty
 */
record EncoderSettings(
    Shape shape, ColourCodes colour, FrameRate rate, int crf, String preset, String x264Options) {}
