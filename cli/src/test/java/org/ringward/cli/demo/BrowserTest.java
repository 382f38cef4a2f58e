package org.ringward.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BrowserTest {
  private static final String PAGE = "http://127.0.0.1:7632/";
  private static final Function<String, Optional<Path>> ALL =
      name -> Optional.of(Path.of("/usr/bin", name));

  private static List<String> command(Map<String, String> variables) {
    return Browser.command(variables, ALL, PAGE);
  }

  @Test
  void aPageIsOpenedWhereAPersonSitsInFrontOfADisplay() {
    List<String> opened = List.of("/usr/bin/xdg-open", PAGE);
    assertThat(command(Map.of("DISPLAY", ":0"))).isEqualTo(opened);
    assertThat(command(Map.of("WAYLAND_DISPLAY", "wayland-0"))).isEqualTo(opened);
  }

  @Test
  void nothingIsOpenedWithoutDisplayOverSshOrWithoutAnOpener() {
    assertThat(command(Map.of())).isEmpty();
    assertThat(command(Map.of("DISPLAY", ""))).isEmpty();
    assertThat(command(Map.of("DISPLAY", ":10", "SSH_CONNECTION", "1.2.3.4 5 6 7"))).isEmpty();
    assertThat(Browser.command(Map.of("DISPLAY", ":0"), _ -> Optional.empty(), PAGE)).isEmpty();
  }

  @Test
  void whoCalledBySudoGetsTheirOwnBrowser() {
    assertThat(command(Map.of("DISPLAY", ":0", "SUDO_USER", "ada", "SUDO_UID", "1000")))
        .startsWith("/usr/bin/sudo", "-n", "-H", "-u", "ada")
        .contains("XDG_RUNTIME_DIR=/run/user/1000")
        .endsWith("/usr/bin/xdg-open", PAGE);
    assertThat(command(Map.of("DISPLAY", ":0", "SUDO_USER", "root")))
        .containsExactly("/usr/bin/xdg-open", PAGE);
  }
}
