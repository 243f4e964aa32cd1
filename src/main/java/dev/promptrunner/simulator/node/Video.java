package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameRate;

/** Frames with their rate, as the core video nodes hand them on. */
record Video(Frames frames, FrameRate rate) {}
