package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;

/**
 * What an H.264 encoder is opened with.
 *
 * @param shape the frames it takes
 * @param colour the tags it writes
 * @param parameterSetId the number of its parameter sets, 0 … 31: streams with different numbers
 *     can be joined without confusing a decoder
 */
record EncoderSettings(
    Shape shape, ColourCodes colour, FrameRate rate, int crf, String preset, int parameterSetId) {}
