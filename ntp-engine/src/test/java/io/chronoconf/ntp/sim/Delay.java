package io.chronoconf.ntp.sim;

import java.util.random.RandomGenerator;

/// How long a packet is under way in one direction, in seconds; below zero if it is lost.
public sealed interface Delay {
  /// A draw for a packet that leaves at true time `time`.
  double draw(double time, RandomGenerator random);

  /// A floor and an exponential excess.
  ///
  /// @param base least delay in seconds
  /// @param mean mean excess in seconds
  record Exponential(double base, double mean) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      return base - mean * Math.log(1 - random.nextDouble());
    }
  }

  /// Loses a share of the packets.
  ///
  /// @param share 0 to 1
  record Lossy(Delay delay, double share) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      double drawn = delay.draw(time, random);
      return random.nextDouble() < share ? -1 : drawn;
    }
  }

  /// Takes longer in the second half of every period.
  ///
  /// @param extra seconds
  /// @param period seconds
  record Raised(Delay delay, double extra, double period) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      double drawn = delay.draw(time, random);
      return time % period >= period / 2 ? drawn + extra : drawn;
    }
  }

  /// Changes for good.
  ///
  /// @param at true time in seconds
  record Changed(Delay before, double at, Delay after) implements Delay {
    @Override
    public double draw(double time, RandomGenerator random) {
      return (time < at ? before : after).draw(time, random);
    }
  }
}
