package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.edit.EditReader;

/// How large the parts of a message may be.
///
/// @param depth how deep elements may nest, up to [#MAX_DEPTH]
/// @param attributes of one element, namespace declarations among them, up to [#MAX_ATTRIBUTES]
/// @param textChars characters of one configured value
public record XmlLimits(int depth, int attributes, int textChars) {
  /// Deepest nesting that can be allowed.
  public static final int MAX_DEPTH = 128;

  /// Most attributes that can be allowed.
  public static final int MAX_ATTRIBUTES = 1_024;

  /// What is allowed unless the operator says otherwise.
  public static final XmlLimits DEFAULT = new XmlLimits(MAX_DEPTH, 64, EditReader.MAX_TEXT_CHARS);

  public XmlLimits {
    if (depth > MAX_DEPTH || attributes > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException("beyond what can be allowed");
    }
  }

  /// The same with another depth.
  public XmlLimits withDepth(int other) {
    return new XmlLimits(other, attributes, textChars);
  }
}
