package io.chronoconf.ntp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void knowsNothingAtTheFirstStart() throws Exception {
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
        "chronoconf-ntp-state \nfrequency 1e-6\n",
        "chronoconf-ntp-state 0\nfrequency 1e-6\n",
        "chronoconf-ntp-state -1\nfrequency 1e-6\n",
        "chronoconf-ntp-state 2\nraw 12\nlocal 1\nrate 0\nleap 2\nleap-at 5\n",
        "chronoconf-ntp-state 2\nraw 12\nlocal 1\nrate 0\nleap 1\nleap-at noon\n",
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
  void keepsTheLeapSecondToCome() throws Exception {
    VirtualClockAnchor leaping =
        new VirtualClockAnchor(
            1, new NtpTimestamp(0xe3a1f00d80000000L), 0, -1, new NtpTimestamp(0xe3a1ffff00000000L));
    NtpState state = new NtpState(OptionalDouble.empty(), "boot-1", Optional.of(leaping));
    new StateFile(folder).save(state);
    assertEquals(state, new StateFile(folder).load());
  }

  @Test
  void theFormatBeforeIsReadAndReplacedByTheNextSave() throws Exception {
    Path path = folder.resolve("ntp.state");
    Files.writeString(
        path,
        """
        chronoconf-ntp-state 1
        frequency -1.25E-5
        boot boot-1
        raw 123456789
        local e3a1f00d80000000
        rate -2.0E-5
        """);
    StateFile file = new StateFile(folder);
    NtpState migrated = file.load();
    assertEquals(
        new NtpState(OptionalDouble.of(-1.25e-5), "boot-1", Optional.of(ANCHOR)), migrated);
    file.save(migrated);
    assertEquals("chronoconf-ntp-state 2", Files.readAllLines(path).getFirst());
    assertEquals(migrated, file.load());
  }

  @Test
  void aLaterFormatIsRefusedWithItsRemedyAndNotTouched() throws Exception {
    String later = "chronoconf-ntp-state 3\nfrequency in words\n";
    Path path = folder.resolve("ntp.state");
    Files.writeString(path, later);
    NewerFormatException refused =
        assertThrows(NewerFormatException.class, () -> new StateFile(folder).load());
    String text = refused.toString();
    assertTrue(text.contains(path + " has format version 3"), text);
    assertTrue(text.contains("none after 2") && text.contains("newer agent"), text);
    assertEquals(later, Files.readString(path));
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
