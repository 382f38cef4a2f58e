package org.ringward.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SerialFramingTest {
  private final SplittableRandom random = new SplittableRandom(42);
  private final byte[] encoded = new byte[SerialFraming.ENCODED_MAX];
  private final SerialFraming line = new SerialFraming();

  private int feed(byte[] bytes, int length) {
    int frames = 0;
    for (int at = 0; at < length; at++) {
      if (line.take(bytes[at])) {
        frames++;
      }
    }
    return frames;
  }

  private byte[] content() {
    byte[] content = new byte[random.nextInt(1, SerialFraming.CONTENT_MAX + 1)];
    random.nextBytes(content);
    return content;
  }

  @Test
  void checksumIsTheUsualOne() {
    for (int round = 0; round < 100; round++) {
      byte[] bytes = content();
      CRC32 crc = new CRC32();
      crc.update(bytes);
      assertThat(Crc32.of(bytes, 0, bytes.length)).isEqualTo((int) crc.getValue());
    }
  }

  @Test
  void whatIsSentArrives() {
    for (int round = 0; round < 1000; round++) {
      byte[] content = content();
      int length = SerialFraming.encode(content, 0, content.length, encoded);
      assertThat(feed(encoded, length)).isEqualTo(1);
      assertThat(Arrays.copyOf(line.content(), line.contentLength())).isEqualTo(content);
    }
    byte[] worst = new byte[SerialFraming.CONTENT_MAX];
    Arrays.fill(worst, (byte) 0x7E);
    assertThat(SerialFraming.encode(worst, 0, worst.length, encoded))
        .isLessThanOrEqualTo(encoded.length);
  }

  @Test
  void flowControlSignsAreNeverSent() {
    byte[] content = {0x11, 0x13, 0x7D, 0x7E};
    int length = SerialFraming.encode(content, 0, content.length, encoded);
    for (int at = 0; at < length; at++) {
      assertThat(encoded[at]).isNotIn((byte) 0x11, (byte) 0x13);
    }
  }

  @Test
  void noiseIsNoFrame() {
    byte[] noise = new byte[100_000];
    random.nextBytes(noise);
    assertThat(feed(noise, noise.length)).isZero();
    assertThat(line.noise()).isGreaterThan(90_000);
    assertThat(line.noiseSinceFrame()).isEqualTo(line.noise());
    byte[] content = content();
    int length = SerialFraming.encode(content, 0, content.length, encoded);
    feed(encoded, length);
    assertThat(feed(encoded, length)).as("at the latest the second one").isEqualTo(1);
    assertThat(line.noiseSinceFrame()).isZero();
  }

  @Test
  void changedFramesAreDropped() {
    int wrong = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] content = content();
      int length = SerialFraming.encode(content, 0, content.length, encoded);
      encoded[random.nextInt(1, length - 1)] ^= (byte) (1 << random.nextInt(8));
      for (int at = 0; at < length; at++) {
        if (line.take(encoded[at])) {
          assertThat(Arrays.copyOf(line.content(), line.contentLength())).isNotEqualTo(content);
          wrong++;
        }
      }
    }
    assertThat(wrong).isZero();
  }
}
