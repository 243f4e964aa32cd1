package dev.promptrunner.delivery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a zip file around STORED data, by PKWARE's APPNOTE 6.3.10: 4.3.7 local header,
 * 4.3.12 central directory, 4.3.14–16 its ends, 4.5.3 the ZIP64 field. Nothing varies from run to
 * run: the time is the format's first (1980-01-01), files are plain and readable to all.
 *
 * @param zip64From the first size or offset that is written as ZIP64; readers need 0xFFFFFFFF
 */
record ZipRecords(long zip64From) {
  static final ZipRecords STANDARD = new ZipRecords(0xFFFF_FFFFL);

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int NEW_YEAR_1980 = 1 << 5 | 1;
  private static final short UTF_8 = 1 << 11;
  private static final short UNIX = 3 << 8;
  private static final int MODE_RW_R_R = 0100644 << 16;
  private static final int NAME_OF_64 = 1;

  /** The first number of entries that is written as ZIP64. */
  private static final int MANY = 0xFFFF;

  byte[] localHeader(ZipEntryPlan entry) {
    boolean big = entry.size() >= zip64From;
    byte[] extra = big ? zip64Field(List.of(entry.size(), entry.size())) : new byte[0];
    byte[] bytes = new byte[30 + entry.nameBytes().length + extra.length];
    ByteBuffer out = littleEndian(bytes);
    out.putInt(LOCAL);
    putCommon(out, entry, big, big);
    out.putShort((short) entry.nameBytes().length).putShort((short) extra.length);
    out.put(entry.nameBytes()).put(extra);
    return bytes;
  }

  byte[] centralHeader(ZipEntryPlan entry, long localHeaderAt) {
    boolean big = entry.size() >= zip64From;
    boolean far = localHeaderAt >= zip64From;
    byte[] extra = centralExtra(entry, localHeaderAt, big, far);
    byte[] bytes = new byte[46 + entry.nameBytes().length + extra.length];
    ByteBuffer out = littleEndian(bytes);
    out.putInt(CENTRAL).putShort((short) (UNIX | version(big || far)));
    putCommon(out, entry, big || far, big);
    out.putShort((short) entry.nameBytes().length).putShort((short) extra.length);
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(MODE_RW_R_R);
    out.putInt(far ? -1 : (int) localHeaderAt);
    out.put(entry.nameBytes()).put(extra);
    return bytes;
  }

  /** What follows the central directory of so many entries, bytes and start. */
  byte[] end(int entries, long directoryLength, long directoryAt) {
    boolean far = directoryAt >= zip64From || directoryLength >= zip64From || entries >= MANY;
    byte[] bytes = new byte[far ? 56 + 20 + 22 : 22];
    ByteBuffer out = littleEndian(bytes);
    if (far) {
      putEnd64(out, entries, directoryLength, directoryAt);
    }
    out.putInt(END).putShort((short) 0).putShort((short) 0);
    short counted = (short) Math.min(entries, MANY);
    out.putShort(counted).putShort(counted);
    out.putInt(far ? -1 : (int) directoryLength).putInt(far ? -1 : (int) directoryAt);
    out.putShort((short) 0);
    return bytes;
  }

  private static void putEnd64(ByteBuffer out, int entries, long directoryLength, long at) {
    out.putInt(END_64).putLong(44).putShort((short) (UNIX | version(true)));
    out.putShort(version(true)).putInt(0).putInt(0);
    out.putLong(entries).putLong(entries).putLong(directoryLength).putLong(at);
    out.putInt(LOCATOR_64).putInt(0).putLong(at + directoryLength).putInt(1);
  }

  /** The fields which both headers share, from "version needed" to "uncompressed size". */
  private static void putCommon(ByteBuffer out, ZipEntryPlan entry, boolean new64, boolean big) {
    out.putShort(version(new64)).putShort(UTF_8).putShort((short) 0);
    out.putShort((short) 0).putShort((short) NEW_YEAR_1980).putInt(entry.crc32());
    out.putInt(big ? -1 : (int) entry.size()).putInt(big ? -1 : (int) entry.size());
  }

  private static byte[] centralExtra(ZipEntryPlan entry, long at, boolean big, boolean far) {
    List<Long> values = new ArrayList<>();
    if (big) {
      values.add(entry.size());
      values.add(entry.size());
    }
    if (far) {
      values.add(at);
    }
    return values.isEmpty() ? new byte[0] : zip64Field(values);
  }

  private static byte[] zip64Field(List<Long> values) {
    byte[] bytes = new byte[4 + Long.BYTES * values.size()];
    ByteBuffer out = littleEndian(bytes);
    out.putShort((short) NAME_OF_64).putShort((short) (Long.BYTES * values.size()));
    values.forEach(out::putLong);
    return bytes;
  }

  private static short version(boolean new64) {
    return (short) (new64 ? 45 : 20);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
