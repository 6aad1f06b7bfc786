package io.chronoconf.datastore.xpath;

/// An expression that cannot be parsed or evaluated. The message is for a person, without a full
/// stop.
public class XPathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public XPathException(String message) {
    super(message);
  }
}
