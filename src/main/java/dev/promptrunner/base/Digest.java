package dev.promptrunner.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
  private static final int BUFFER = 1 << 16;

  public Digest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 digest: '" + hex + "'");
    }
  }

  public static Digest of(byte[] bytes) {
    return of(bytes, sha256());
  }

  /** The digest of the text's UTF-8 bytes. */
  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8), sha256());
  }

  /** Reads the whole file once, in constant memory. */
  public static Digest of(Path file) throws IOException {
    MessageDigest sha = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
      byte[] buffer = new byte[BUFFER];
      while (in.read(buffer) >= 0) {
        // the stream feeds the digest
      }
    }
    return finished(sha);
  }

  /** The digest that this (SHA-256) computation ends with; the computation is reset by it. */
  public static Digest finished(MessageDigest sha) {
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }

  /** A fresh SHA-256 computation, for callers that digest while they copy. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Digest of(byte[] bytes, MessageDigest sha) {
    sha.update(bytes);
    return finished(sha);
  }

  @Override
  public String toString() {
    return hex;
  }
}
