package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class AvcRecordTest {
  private static ParameterSets encoder(int id, int format) throws MediaException {
    Shape shape = new Shape(160, 96, format, avutil.AVCOL_SPC_BT709, false);
    EncoderSettings settings =
        new EncoderSettings(shape, ColourCodes.BT709, Clips.RATE, 20, "fast", "sps-id=" + id);
    try (H264Encoder encoder = H264Encoder.open(settings)) {
      return ParameterSets.ofAnnexB(encoder.header());
    }
  }

  @Test
  void sets_of_several_encoders_stand_in_one_record() throws Exception {
    ParameterSets zero = encoder(0, avutil.AV_PIX_FMT_YUV420P);
    ParameterSets one = encoder(1, avutil.AV_PIX_FMT_YUV444P);
    assertThat(zero.agreesWith(one)).isTrue();
    byte[] record = AvcRecord.of(zero.with(one));
    ParameterSets read = AvcRecord.parse(record).orElseThrow();
    assertThat(read.sequenceSets()).hasSize(2);
    assertThat(read.pictureSets()).hasSize(2);
    assertThat(read.sameAs(zero.with(one))).isTrue();
    assertThat(read.isSingle()).isFalse();
    assertThat(record[1] & 0xff).as("the higher profile").isEqualTo(244);
  }

  @Test
  void equal_numbers_agree_only_with_equal_sets() throws Exception {
    ParameterSets zero = encoder(0, avutil.AV_PIX_FMT_YUV420P);
    assertThat(zero.agreesWith(encoder(0, avutil.AV_PIX_FMT_YUV420P))).isTrue();
    assertThat(zero.agreesWith(encoder(0, avutil.AV_PIX_FMT_YUV444P))).isFalse();
    assertThat(zero.knows(zero.sequenceSets().getFirst())).isTrue();
    assertThat(zero.knows(encoder(2, avutil.AV_PIX_FMT_YUV420P).pictureSets().getFirst()))
        .isFalse();
  }

  @Test
  void other_forms_and_cut_off_records_are_not_taken() throws Exception {
    byte[] record = AvcRecord.of(encoder(0, avutil.AV_PIX_FMT_YUV420P));
    assertThat(AvcRecord.parse(new byte[0])).isEmpty();
    assertThat(AvcRecord.parse(HexFormat.of().parseHex("000000016764000aacd9"))).isEmpty();
    for (int length = 7; length < record.length - 8; length++) {
      assertThat(AvcRecord.parse(Arrays.copyOf(record, length))).as("%d", length).isEmpty();
    }
    byte[] shortLengths = record.clone();
    shortLengths[4] = (byte) 0xfd;
    assertThat(AvcRecord.parse(shortLengths)).isEmpty();
  }

  @Test
  void units_go_from_start_codes_to_lengths() {
    byte[] stream =
        HexFormat.of().parseHex("00000001" + "0605ff" + "000001" + "65b80000" + "00000165aa");
    assertThat(NalUnits.ofAnnexB(stream))
        .containsExactly(
            HexFormat.of().parseHex("0605ff"),
            HexFormat.of().parseHex("65b8"),
            HexFormat.of().parseHex("65aa"));
    assertThat(HexFormat.of().formatHex(NalUnits.lengthPrefixed(NalUnits.ofAnnexB(stream))))
        .isEqualTo("000000030605ff" + "0000000265b8" + "0000000265aa");
  }

  @Test
  void numbers_are_read_past_the_bytes_that_guard_start_codes() {
    BitReader bits = new BitReader(HexFormat.of().parseHex("67a6420000030001"), 1);
    assertThat(bits.unsigned()).isZero(); // 1
    assertThat(bits.unsigned()).isEqualTo(1); // 010
    assertThat(bits.unsigned()).isEqualTo(2); // 011
    assertThat(bits.unsigned()).isEqualTo(3); // 00100
    assertThat(new BitReader(new byte[] {0, 0}, 0).unsigned()).isEqualTo(-1);
  }

  @Test
  void the_build_tells_its_encoder() throws Exception {
    FfmpegBuild build = FfmpegBuild.current();
    assertThat(build.version()).startsWith("8.");
    assertThat(build.licence()).contains("GPL");
    assertThat(build.h264Encoder()).isIn("libx264", "libopenh264");
    assertThat(FfmpegBuild.note("libx264")).isEmpty();
    assertThat(FfmpegBuild.note("libopenh264").orElseThrow())
        .contains("no libx264")
        .contains("written by libopenh264")
        .contains("ffmpeg.licence in pom.xml");
  }
}
