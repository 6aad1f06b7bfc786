package io.chronoconf.agent.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;

/// Reads a leaf together with its place.
final class LocatedReader extends JsonDeserializer<Located> {
  @Override
  public Located deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    String text = parser.getValueAsString();
    if (text == null) {
      return (Located)
          context.handleUnexpectedToken(
              Located.class, parser.currentToken(), parser, "holds elements instead of a value");
    }
    return new Located(text, at.getLineNr(), at.getColumnNr());
  }

  /// An empty element.
  @Override
  public Located getNullValue(DeserializationContext context) {
    return new Located("", -1, -1);
  }
}
