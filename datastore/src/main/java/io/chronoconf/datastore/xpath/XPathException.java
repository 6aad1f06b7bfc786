package io.chronoconf.datastore.xpath;

/// An expression that cannot be evaluated: it costs more than it may, or it asks for what the tree
/// does not have.
public final class XPathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public XPathException(String message) {
    super(message);
  }
}
