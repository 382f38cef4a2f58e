package org.ringward.core.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions and answers without the regions between them. */
final class InquiriesTest {
  private final List<byte[]> posted = new ArrayList<>();
  private final List<@Nullable String> answers = new ArrayList<>();

  private Inquiries life(long incarnation) {
    Inquiries inquiries = new Inquiries(incarnation, (_, _, _) -> {});
    inquiries.through((_, content, _, _) -> {
      posted.add(content);
      return 1;
    });
    return inquiries;
  }

  private void hears(Inquiries asker, byte[] message) {
    asker.message(2, message, 0, message.length);
  }

  /** As a node answers: the kind, then the number as it was asked. */
  private static byte[] answerTo(byte[] question, String text) {
    byte[] answer = new byte[9 + text.length()];
    System.arraycopy(question, 0, answer, 0, 9);
    answer[0] = 2;
    System.arraycopy(text.getBytes(StandardCharsets.UTF_8), 0, answer, 9, text.length());
    return answer;
  }

  @Test
  void anAnswerToAFormerLifeIsNoAnswerToThisOne() {
    life(7L << 20).ask(2, "let go", 1_000, answers::add);
    byte[] late = answerTo(posted.getFirst(), "gone");
    Inquiries now = life(8L << 20);
    now.ask(2, "hello", 1_000, answers::add);
    hears(now, late);
    assertThat(answers).isEmpty();
    hears(now, answerTo(posted.getLast(), "hello from n2"));
    hears(now, answerTo(posted.getLast(), "again"));
    assertThat(answers).containsExactly("hello from n2");
  }

  @Test
  void whatIsTooShortIsPassedOver() {
    Inquiries now = life(1);
    now.ask(2, "hello", 1_000, answers::add);
    hears(now, new byte[] {2, 0, 0, 0, 0});
    hears(now, new byte[0]);
    assertThat(answers).isEmpty();
  }
}
