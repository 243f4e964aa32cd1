package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * Reads all of a source's packets once, without decoding, and tells where decoding can start.
 *
 * @param index the packets
 * @param sets the parameter sets, for H.264 as MP4 and MKV store it
 * @param ownSetsOnly whether no packet brings parameter sets other than those
 */
record PacketScan(PacketIndex index, Optional<ParameterSets> sets, boolean ownSetsOnly) {
  static PacketScan of(Source source) throws MediaException {
    return new Reading(source).scan();
  }

  private static final class Reading {
    private final Source source;
    private final int codec;
    private final Optional<ParameterSets> sets;
    private final List<PacketIndex.Packet> packets = new ArrayList<>();
    private boolean ownSetsOnly = true;

    Reading(Source source) {
      this.source = source;
      this.codec = source.parameters().codec_id();
      this.sets =
          codec == avcodec.AV_CODEC_ID_H264
              ? AvcRecord.parse(Codecs.extradata(source.parameters()))
              : Optional.empty();
    }

    PacketScan scan() throws MediaException {
      AVPacket packet = av_packet_alloc();
      try {
        while (source.read(packet)) {
          boolean visible = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) == 0;
          packets.add(new PacketIndex.Packet(packet.pts(), isStart(packet), visible));
        }
      } finally {
        av_packet_free(packet);
      }
      return new PacketScan(PacketIndex.of(packets), sets, ownSetsOnly);
    }

    private boolean isStart(AVPacket packet) {
      if (codec == avcodec.AV_CODEC_ID_H264) {
        return sets.isPresent() && holdsIdr(packet, sets.get());
      }
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      return key && (packets.isEmpty() || Codecs.keyPacketsAreClean(codec));
    }

    /** Only an IDR is a clean start: other key packets may be followed by frames of before. */
    private boolean holdsIdr(AVPacket packet, ParameterSets known) {
      BytePointer data = packet.data();
      byte[] head = new byte[5];
      boolean idr = false;
      int at = 0;
      while (at + head.length <= packet.size()) {
        data.position(at).get(head, 0, head.length);
        int length = Codecs.bigEndian(head);
        int type = NalUnits.type(head[4]);
        idr |= type == NalUnits.IDR;
        boolean isSet = type == NalUnits.SPS || type == NalUnits.PPS;
        if (length < 1
            || length > packet.size() - at - 4
            || (isSet && !known(data, at, length, known))) {
          ownSetsOnly = false;
          return idr;
        }
        at += 4 + length;
      }
      return idr;
    }

    private static boolean known(BytePointer data, int at, int length, ParameterSets known) {
      byte[] unit = new byte[length];
      data.position(at + 4L).get(unit, 0, length);
      return known.knows(unit);
    }
  }
}
