package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.time.Duration;

/**
 * What a video file holds.
 *
 * @param size of every frame as stored, before any rotation a player may apply
 * @param rate frames per second, the average where the file's rate varies
 * @param frames the frames that a player shows, counted, never taken from a header's claim; ≥ 1
 * @param duration frames ÷ rate
 * @param codec FFmpeg's name, such as {@code h264}
 * @param pixelFormat FFmpeg's name, such as {@code yuv420p}
 * @param colour the colour tags
 * @param audio whether there is sound beside the pictures
 */
public record VideoInfo(
    FrameSize size,
    FrameRate rate,
    int frames,
    Duration duration,
    String codec,
    String pixelFormat,
    Colour colour,
    boolean audio) {}
