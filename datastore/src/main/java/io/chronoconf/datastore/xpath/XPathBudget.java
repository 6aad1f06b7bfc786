package io.chronoconf.datastore.xpath;

/// How many steps evaluations over one tree may take together. A step is a node made, a comparison
/// or a part of an expression evaluated. One thread.
public final class XPathBudget {
  /// Enough for the validation of a configuration of a hundred thousand entries; a hostile
  /// expression runs out of it within seconds.
  public static final long VALIDATION_STEPS = 50_000_000;

  // Virtual threads are not preempted: a long evaluation lets others in.
  private static final long YIELD_EVERY = 1 << 14;

  private final long steps;
  private long left;

  public XPathBudget(long steps) {
    this.steps = steps;
    this.left = steps;
  }

  /// Takes one step.
  ///
  /// @throws XPathCostException if none is left
  @SuppressWarnings("ThreadPriorityCheck")
  void spend() {
    if (--left < 0) {
      throw new XPathCostException(steps);
    }
    if (left % YIELD_EVERY == 0) {
      Thread.yield();
    }
  }

  /// Takes as many steps as a text has characters, in blocks.
  void spendFor(String text) {
    left -= text.length() >> 4;
    spend();
  }
}
