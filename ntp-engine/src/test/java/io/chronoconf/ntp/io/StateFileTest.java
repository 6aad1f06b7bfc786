package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.ntp.time.NtpTimestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
  private static final VirtualClockAnchor ANCHOR =
      new VirtualClockAnchor(123_456_789L, new NtpTimestamp(0xe3a1f00d80000000L), -2e-5);

  @TempDir private Path folder;

  @Test
  void keepsWhatWasSaved() throws Exception {
    StateFile file = new StateFile(folder);
    NtpState state = new NtpState(OptionalDouble.of(-1.25e-5), "boot-1", Optional.of(ANCHOR));
    file.save(state);
    assertEquals(state, file.load());
    file.save(new NtpState(OptionalDouble.of(3e-6), "", Optional.empty()));
    assertEquals(
        new NtpState(OptionalDouble.of(3e-6), "", Optional.empty()), file.load(), "the newer");
    assertFalse(Files.exists(folder.resolve("ntp.state.new")));
  }

  @Test
  void knowsNothingAtTheFirstStart() {
    assertEquals(NtpState.NONE, new StateFile(folder).load());
  }

  @Test
  void aHalfWrittenDraftDoesNotCount() throws Exception {
    StateFile file = new StateFile(folder);
    NtpState state = new NtpState(OptionalDouble.of(1e-6), "", Optional.empty());
    file.save(state);
    Files.writeString(folder.resolve("ntp.state.new"), "chronoconf-ntp-st");
    assertEquals(state, file.load());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chronoconf-ntp-state 2\nfrequency 1e-6\n",
        "chronoconf-ntp-state 1\nfrequency fast\n",
        "chronoconf-ntp-state 1\nfrequency NaN\n",
        "chronoconf-ntp-state 1\nfrequency 0.5\n",
        "chronoconf-ntp-state 1\nraw 12\n",
        "chronoconf-ntp-state 1\nraw 12\nlocal zz\nrate 0\n",
        "\u0000\u0001\u0002"
      })
  void aDamagedFileIsNotUsed(String content) throws Exception {
    Files.writeString(folder.resolve("ntp.state"), content);
    assertEquals(NtpState.NONE, new StateFile(folder).load());
  }

  @Test
  void aHugeFileIsNotRead() throws Exception {
    Files.writeString(
        folder.resolve("ntp.state"), "chronoconf-ntp-state 1\n" + "x 1\n".repeat(5_000));
    assertEquals(NtpState.NONE, new StateFile(folder).load());
  }

  @Test
  void skipsLinesOfALaterWriter() {
    NtpState state =
        NtpState.parse(List.of("chronoconf-ntp-state 1", "frequency 1.0E-6", "moon full"));
    assertEquals(OptionalDouble.of(1e-6), state.frequency());
  }

  @Test
  void saysThatItsFolderIsGone() {
    assertThrows(
        IOException.class, () -> new StateFile(folder.resolve("gone")).save(NtpState.NONE));
  }
}
