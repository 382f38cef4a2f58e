package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;

/** Against the test vectors of the reference, and against the JDK's own way. */
final class PacketCryptoTest {
  private static final byte[] KEY = new byte[256];

  static {
    for (int i = 0; i < KEY.length; i++) {
      KEY[i] = (byte) i;
    }
  }

  private static final String PING = "0181000200000000000000000000000000000000000000000001";
  private static final String SALT = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf";

  @ParameterizedTest
  @CsvSource({
    "AES256, SHA256, 89100f9147ad87e67a4b9eab0e34d9ab40d104d3a0333af85957f0a68d07d999"
        + "f7d41b9a1d26bcdfa68d71762d5b2ff5731a69072299cda13015d01b88d3e854",
    "AES128, SHA1, 880f77582224d18b3ef363a92ae47f256f502ad6f6369c6fd47dd1d2ff709cff"
        + "ec539402be44d67d68f750b56becaff286cc53a2"
  })
  void opensTheVectors(Cipher cipher, Hash hash, String sealed) {
    byte[] packet = new Forger(cipher, hash, KEY).open(bytes(SALT + sealed));
    assertThat(packet).isEqualTo(bytes(PING));
  }

  @ParameterizedTest
  @CsvSource({"AES128, MD5", "AES192, SHA1", "AES256, SHA256", "AES256, SHA384", "AES128, SHA512"})
  void sealsAsTheJdkDoes(Cipher cipher, Hash hash) throws Exception {
    Forger forger = new Forger(cipher, hash, KEY);
    for (int length = 1; length < 100; length++) {
      byte[] packet = Arrays.copyOf(bytes(PING), length);
      byte[] sealed = forger.seal(packet);
      Mac mac = mac(hash);
      int authentic = sealed.length - mac.getMacLength();
      assertThat(Arrays.copyOfRange(sealed, authentic, sealed.length))
          .isEqualTo(mac.doFinal(Arrays.copyOf(sealed, authentic)));
      javax.crypto.Cipher opener = javax.crypto.Cipher.getInstance("AES/CBC/PKCS5Padding");
      opener.init(
          javax.crypto.Cipher.DECRYPT_MODE,
          new SecretKeySpec(KEY, 0, cipher.keyBytes(), "AES"),
          new IvParameterSpec(sealed, 0, 16));
      assertThat(opener.doFinal(sealed, 16, authentic - 16)).isEqualTo(packet);
      assertThat(forger.open(sealed)).isEqualTo(packet);
    }
  }

  @ParameterizedTest
  @CsvSource({"MD5, 16", "SHA1, 20", "SHA256, 32", "SHA384, 48", "SHA512, 64"})
  void aHashAloneLeavesThePacketReadable(Hash hash, int length) throws Exception {
    Forger forger = new Forger(Cipher.NONE, hash, KEY);
    byte[] sealed = forger.seal(bytes(PING));
    assertThat(sealed).hasSize(26 + length);
    assertThat(Arrays.copyOf(sealed, 26)).isEqualTo(bytes(PING));
    assertThat(Arrays.copyOfRange(sealed, 26, sealed.length))
        .isEqualTo(mac(hash).doFinal(bytes(PING)));
    assertThat(forger.open(sealed)).isEqualTo(bytes(PING));
  }

  @Test
  void clearIsClear() {
    Forger forger = new Forger(Cipher.NONE, Hash.NONE, KEY);
    assertThat(forger.seal(bytes(PING))).isEqualTo(bytes(PING));
    assertThat(forger.open(bytes(PING))).isEqualTo(bytes(PING));
  }

  @Test
  void everyChangedBitAndEveryCutIsFound() {
    Forger forger = new Forger(KEY);
    byte[] sealed = forger.seal(bytes(PING));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(forger.open(changed)).as("bit " + bit).isNull();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(forger.open(Arrays.copyOf(sealed, length))).as("length " + length).isNull();
    }
    assertThat(forger.open(sealed)).isNotNull();
  }

  @Test
  void wrongPaddingOfSomeoneWithTheKeyIsRefused() throws Exception {
    for (int last : new int[] {0, 17, 200, 3}) {
      byte[] plain = new byte[32];
      plain[31] = (byte) last;
      javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          javax.crypto.Cipher.ENCRYPT_MODE,
          new SecretKeySpec(KEY, 0, 32, "AES"),
          new IvParameterSpec(bytes(SALT)));
      byte[] sealed = Arrays.copyOf(bytes(SALT), 16 + 32 + 32);
      cipher.doFinal(plain, 0, 32, sealed, 16);
      System.arraycopy(mac(Hash.SHA256).doFinal(Arrays.copyOf(sealed, 48)), 0, sealed, 48, 32);
      assertThat(new Forger(KEY).open(sealed)).as("padding " + last).isNull();
    }
  }

  @Test
  void saltsDifferAndSayNothing() {
    Forger forger = new Forger(KEY);
    byte[] first = forger.seal(bytes(PING));
    byte[] second = forger.seal(bytes(PING));
    for (int i = 0; i < 48; i += 16) {
      assertThat(Arrays.copyOfRange(first, i, i + 16))
          .isNotEqualTo(Arrays.copyOfRange(second, i, i + 16));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, NONE",
    "NONE, SHA256",
    "AES256, SHA256",
    "AES128, SHA1",
    "AES192, SHA512",
    "AES256, MD5"
  })
  void plainMaxFillsTheDatagram(Cipher cipher, Hash hash) {
    PacketCrypto crypto = new PacketCrypto(cipher, hash, KEY, 1);
    for (int room = 200; room < 300; room++) {
      int fits = crypto.plainMax(room);
      assertThat(sealedLength(crypto, fits)).isLessThanOrEqualTo(room);
      assertThat(sealedLength(crypto, fits + 1)).isGreaterThan(room);
    }
  }

  private static int sealedLength(PacketCrypto crypto, int length) {
    byte[] room = new byte[PacketCrypto.HEADROOM + length + PacketCrypto.TAILROOM];
    return crypto.seal(room, length, new byte[length + PacketCrypto.OVERHEAD_MAX], 0);
  }

  private static Mac mac(Hash hash) throws Exception {
    String name = "Hmac" + (hash == Hash.MD5 ? "MD5" : hash.name());
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(KEY, name));
    return Objects.requireNonNull(mac);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
