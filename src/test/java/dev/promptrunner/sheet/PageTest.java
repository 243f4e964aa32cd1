package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String HTML = Page.html();

  private static String inside(String tag) {
    Matcher matcher =
        Pattern.compile("<" + tag + ">(.*)</" + tag + ">", Pattern.DOTALL).matcher(HTML);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Test
  void its_policy_allows_its_own_style_and_script_and_no_network() throws Exception {
    Matcher policy = Pattern.compile("Security-Policy\" content=\"([^\"]*)\"").matcher(HTML);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1))
        .startsWith("default-src 'none';")
        .doesNotContain("http", "*", "unsafe", "connect-src")
        .contains("style-src " + hash(inside("style")) + ";")
        .contains(hash(inside("script")) + ";");
  }

  @Test
  void it_names_no_address_but_that_of_svg() {
    assertThat(HTML.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
  }

  @Test
  void nothing_is_left_to_fill_in() {
    assertThat(HTML).doesNotContain("{{", "innerHTML", "document.write", "eval(");
  }

  @Test
  void it_is_small_enough_to_send() {
    assertThat(HTML.length()).isLessThan(120_000);
  }
}
