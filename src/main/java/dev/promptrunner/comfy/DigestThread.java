package dev.promptrunner.comfy;

import dev.promptrunner.base.Digest;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Computes a SHA-256 beside the thread that reads and writes, so that a digest costs no time of its
 * own where two processors are free. A few blocks go round between the two; memory stays constant.
 * Used by one writing thread.
 */
final class DigestThread implements AutoCloseable {
  static final int BLOCK = 1 << 18;
  private static final int BLOCKS = 4;

  /** Bytes on their way; {@code length} is set by whoever fills it. */
  static final class Block {
    final byte[] bytes = new byte[BLOCK];
    int length;
  }

  private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
  private final MessageDigest sha = Digest.sha256();
  private final Thread thread;

  DigestThread() {
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new Block());
    }
    this.thread = Thread.ofPlatform().daemon().name("comfyui-digest").start(this::digest);
  }

  private void digest() {
    try {
      while (true) {
        Block block = full.take();
        sha.update(block.bytes, 0, block.length);
        free.put(block);
      }
    } catch (InterruptedException e) {
      // closed: the end of this thread is what the interrupt asks for
    }
  }

  /** A block to fill; waits for the digest when all are on their way. */
  Block take() throws InterruptedIOException {
    try {
      return free.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Hands a filled block on, or an empty one back. */
  void give(Block block) {
    if (block.length > 0) {
      full.add(block);
    } else {
      free.add(block);
    }
  }

  void reset() throws InterruptedIOException {
    try {
      await();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    sha.reset();
  }

  Digest finish() throws InterruptedException {
    await();
    return Digest.finished(sha);
  }

  /** All blocks back means that all bytes are in. */
  private void await() throws InterruptedException {
    Block[] all = new Block[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      all[i] = free.take();
    }
    for (Block block : all) {
      free.put(block);
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while computing a digest");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
