package dev.promptrunner.media;

import dev.promptrunner.base.FrameRange;
import java.nio.file.Path;

/**
 * A part of a video to join.
 *
 * @param file the video
 * @param keep the frames to take of it
 */
public record Piece(Path file, FrameRange keep) {}
