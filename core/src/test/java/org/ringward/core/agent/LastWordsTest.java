package org.ringward.core.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  @Test
  void theLastLineThatSaysSomethingIsTold() {
    assertThat(LastWords.of("first\n the second \r\n\n \t\n", _ -> true)).isEqualTo("the second");
    assertThat(LastWords.of("a: one\nb: two\n", line -> line.startsWith("a:"))).isEqualTo("a: one");
    assertThat(LastWords.of("\n\u0007\n", _ -> true)).isEmpty();
    assertThat(LastWords.of("", _ -> true)).isEmpty();
  }

  @Test
  void whatWouldDriveATerminalIsLeftOut() {
    assertThat(LastWords.of("gone\u001b[2J\u0000wrong: größer ☂", _ -> true))
        .isEqualTo("gone [2J wrong: größer ☂");
  }

  @Test
  void aLineWithoutAnEndIsCut() {
    String umbrella = "\ud83c\udf02";
    assertThat(LastWords.of(umbrella.repeat(1000), _ -> true))
        .isEqualTo(umbrella.repeat(LastWords.MOST_CHARACTERS) + "...");
  }

  @Test
  void rubbishIsAlwaysASentence() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] rubbish = new byte[random.nextInt(20_000)];
      random.nextBytes(rubbish);
      assertThat(LastWords.of(new String(rubbish, UTF_8), _ -> true))
          .hasSizeLessThan(2 * LastWords.MOST_CHARACTERS + 4)
          .doesNotContainPattern("\\p{C}");
    }
  }
}
