package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final String TENSORS =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"F16\",\"shape\":[8],\"data_offsets\":[8,24]}}";

  @TempDir Path folder;

  private ModelFile.State look(String name, byte[] bytes) throws IOException {
    return ModelFile.look(Files.write(folder.resolve(name), bytes));
  }

  private static byte[] safetensors(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @Test
  void safetensors_as_long_as_their_header_says_are_whole() throws Exception {
    byte[] bytes = safetensors(TENSORS, 24);
    assertThat(look("a.safetensors", bytes)).isEqualTo(new ModelFile.State.Whole(bytes.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 24})
  void safetensors_that_lack_an_end_are_truncated(int lacking) throws Exception {
    byte[] bytes = safetensors(TENSORS, 24);
    assertThat(look("a.safetensors", Arrays.copyOf(bytes, bytes.length - lacking)))
        .isEqualTo(
            new ModelFile.State.Broken(
                "it is truncated: %d of %d bytes are there"
                    .formatted(bytes.length - lacking, bytes.length)));
  }

  @Test
  void safetensors_cut_within_their_header_are_truncated() throws Exception {
    byte[] bytes = safetensors(TENSORS, 24);
    assertThat(look("a.safetensors", Arrays.copyOf(bytes, 50)))
        .isEqualTo(
            new ModelFile.State.Broken(
                "it is truncated within its header: 50 of at least %d bytes are there"
                    .formatted(8 + TENSORS.length())));
    assertThat(look("b.safetensors", Arrays.copyOf(bytes, 5)))
        .isEqualTo(new ModelFile.State.Broken("it is truncated: it has 5 bytes"));
  }

  @Test
  void safetensors_that_are_too_long_are_told() throws Exception {
    byte[] bytes = safetensors(TENSORS, 30);
    assertThat(look("a.safetensors", bytes))
        .isEqualTo(
            new ModelFile.State.Broken(
                "it has %d bytes, and its header tells of %d"
                    .formatted(bytes.length, bytes.length - 6)));
  }

  @Test
  void what_only_has_the_name_of_safetensors_is_told() throws Exception {
    assertThat(look("a.safetensors", new byte[100]))
        .isEqualTo(
            new ModelFile.State.Broken("it is no safetensors file: its header would have 0 bytes"));
    byte[] high = new byte[100];
    Arrays.fill(high, (byte) 0xff);
    assertThat(look("b.safetensors", high))
        .isEqualTo(
            new ModelFile.State.Broken(
                "it is no safetensors file: its header would have 18446744073709551615 bytes"));
    assertThat(look("c.safetensors", safetensors("{\"a\":", 0)))
        .isEqualTo(new ModelFile.State.Broken("its header is damaged: it is not JSON"));
    assertThat(look("d.safetensors", new byte[0]))
        .isEqualTo(new ModelFile.State.Broken("it is empty"));
  }

  @Test
  void what_a_failed_download_left_is_named() throws Exception {
    assertThat(look("a.gguf", bytes("version https://git-lfs.github.com/spec/v1\noid x")))
        .isEqualTo(new ModelFile.State.Broken("it is a pointer of Git LFS, not the model itself"));
    assertThat(look("b.gguf", bytes("\n<!DOCTYPE html><html>")))
        .isEqualTo(
            new ModelFile.State.Broken(
                "it is a web page, not a model: the download met a login or an error"));
  }

  /** Two tensors: 64 elements of F16, and 64 of Q8_0 behind them. */
  private static byte[] gguf(int version, int alignment) throws IOException {
    Gguf file = new Gguf();
    file.raw("GGUF").int32(version).int64(2).int64(5);
    file.text("general.architecture").int32(8).text("wan");
    file.text("general.alignment").int32(4).int32(alignment);
    file.text("numbers").int32(9).int32(6).int64(3).int32(1).int32(2).int32(3);
    file.text("words").int32(9).int32(8).int64(2).text("a").text("bc");
    file.text("flag").int32(7).raw("\1");
    file.text("one").int32(2).int64(8).int64(8).int32(1).int64(0);
    file.text("two").int32(1).int64(64).int32(8).int64(128);
    while (file.out.size() % alignment != 0) {
      file.raw("\0");
    }
    file.out.write(new byte[128 + 68]);
    return file.out.toByteArray();
  }

  private static final class Gguf {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Gguf raw(String text) {
      out.writeBytes(bytes(text));
      return this;
    }

    Gguf int32(int value) {
      out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
      return this;
    }

    Gguf int64(long value) {
      out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
      return this;
    }

    Gguf text(String value) {
      return int64(value.length()).raw(value);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void gguf_with_all_its_tensors_is_whole(int version) throws Exception {
    byte[] bytes = gguf(version, 64);
    assertThat(look("a.gguf", bytes)).isEqualTo(new ModelFile.State.Whole(bytes.length));
  }

  @Test
  void gguf_that_lacks_the_end_of_its_last_tensor_is_truncated() throws Exception {
    byte[] bytes = gguf(3, 32);
    assertThat(look("a.gguf", Arrays.copyOf(bytes, bytes.length - 1)))
        .isEqualTo(
            new ModelFile.State.Broken(
                "it is truncated: %d of %d bytes are there"
                    .formatted(bytes.length - 1, bytes.length)));
    assertThat(look("b.gguf", Arrays.copyOf(bytes, 100)))
        .isEqualTo(new ModelFile.State.Broken("it is truncated within its header"));
  }

  @Test
  void every_cut_of_a_gguf_is_noticed_and_none_breaks_the_look() throws Exception {
    byte[] bytes = gguf(3, 32);
    for (int length = 1; length < bytes.length; length++) {
      assertThat(look("a.gguf", Arrays.copyOf(bytes, length)))
          .as("cut to " + length)
          .isInstanceOf(ModelFile.State.Broken.class);
    }
  }

  @Test
  void every_flipped_byte_of_a_gguf_header_leaves_the_look_standing() throws Exception {
    byte[] bytes = gguf(3, 32);
    for (int at = 4; at < bytes.length - 196; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) 0xff;
      assertThat(look("a.gguf", damaged)).as("byte " + at).isNotNull();
    }
  }

  @Test
  void what_only_has_the_name_of_gguf_is_told() throws Exception {
    assertThat(look("a.gguf", bytes("GGML and more")))
        .isEqualTo(
            new ModelFile.State.Broken("it does not begin with GGUF: it is another kind of file"));
    assertThat(look("b.gguf", gguf(1, 32)))
        .isEqualTo(new ModelFile.State.Broken("it is GGUF version 1, not 2 or 3"));
  }

  @Test
  void a_tensor_larger_than_any_disk_is_damage() throws Exception {
    Gguf file = new Gguf().raw("GGUF").int32(3).int64(1).int64(0);
    file.text("big").int32(3).int64(1L << 40).int64(1L << 40).int64(1L << 40);
    assertThat(look("a.gguf", file.int32(1).int64(0).out.toByteArray()))
        .isEqualTo(
            new ModelFile.State.Broken(
                "its header is damaged: tensor 'big' has too many elements"));
  }

  @Test
  void archives_of_pytorch_are_read_from_their_end() throws Exception {
    var out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(new byte[1000]);
    }
    byte[] bytes = out.toByteArray();
    assertThat(look("a.pth", bytes)).isEqualTo(new ModelFile.State.Whole(bytes.length));
    assertThat(look("b.pth", Arrays.copyOf(bytes, bytes.length - 30)))
        .isInstanceOfSatisfying(
            ModelFile.State.Broken.class,
            broken -> assertThat(broken.why()).startsWith("it is truncated or damaged ("));
    assertThat(look("c.ckpt", bytes("old pickle"))).isEqualTo(new ModelFile.State.Unknown());
  }
}
