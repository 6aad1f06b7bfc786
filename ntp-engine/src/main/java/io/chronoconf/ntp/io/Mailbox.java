package io.chronoconf.ntp.io;

import io.chronoconf.ntp.engine.EngineCommand;
import io.chronoconf.ntp.engine.EngineStatus;
import io.chronoconf.ntp.engine.Input;
import io.chronoconf.ntp.host.HostNetwork;
import io.chronoconf.ntp.mru.MruTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// What other threads have for the engine's. Packets have little room, so that a flood cannot keep
/// management away; letters of management are few and always find room.
final class Mailbox {
  private static final int PACKETS = 1_024;

  private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
  private final BlockingQueue<Input.Received> packets = new ArrayBlockingQueue<>(PACKETS);
  private final Runnable wakeUp;

  /// @param wakeUp ends the engine thread's wait
  Mailbox(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /// What management asks.
  sealed interface Letter {
    record Commands(List<EngineCommand> commands) implements Letter {}

    record AskStatus(CompletableFuture<EngineStatus> answer) implements Letter {}

    /// What the server threads heard.
    record Clients(List<MruTable> tables) implements Letter {}

    /// What the host's network looks like from now on.
    record Network(HostNetwork network) implements Letter {}

    record Resolved(Input.Resolved answer) implements Letter {}

    record Stop() implements Letter {}
  }

  void put(Letter letter) {
    letters.add(letter);
    wakeUp.run();
  }

  /// Returns false if there is no room.
  boolean offer(Input.Received packet) {
    boolean isTaken = packets.offer(packet);
    if (isTaken) {
      wakeUp.run();
    }
    return isTaken;
  }

  List<Letter> takeLetters() {
    List<Letter> taken = new ArrayList<>();
    letters.drainTo(taken);
    return taken;
  }

  List<Input.Received> takePackets() {
    List<Input.Received> taken = new ArrayList<>();
    packets.drainTo(taken);
    return taken;
  }
}
