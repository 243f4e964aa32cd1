package dev.promptrunner.simulator;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.simulator.node.Folders;
import java.time.Clock;

/**
 * What every job of one server shares.
 *
 * @param crash ends the server or the process, as set
 */
record Engine(
    SimulatorSettings settings,
    Folders folders,
    ObjectInfo classes,
    PromptQueue queue,
    Sockets sockets,
    Tally tally,
    Journal journal,
    InterruptFlag interrupt,
    Clock clock,
    Sleeper sleeper,
    Runnable crash) {}
