package io.chronoconf.datastore.xpath;

/// The steps allowed for the evaluations over a tree are used up: whatever else is asked of the
/// same tree ends like this too.
public final class XPathCostException extends XPathException {
  private static final long serialVersionUID = 1L;

  public XPathCostException(long steps) {
    super("it takes more than " + steps + " steps; make it more specific");
  }
}
