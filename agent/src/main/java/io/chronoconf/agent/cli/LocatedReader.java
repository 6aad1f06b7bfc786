package io.chronoconf.agent.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a leaf together with its place.
final class LocatedReader extends JsonDeserializer<Located> {
  @Override
  public Located deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    // An empty element is an empty text to one version of the parser, an empty object to another.
    String text =
        parser.currentToken() == JsonToken.START_OBJECT ? empty(parser) : parser.getText();
    if (text == null) {
      return (Located)
          context.handleUnexpectedToken(
              Located.class, parser.currentToken(), parser, "holds elements instead of a value");
    }
    return new Located(text, at.getLineNr(), at.getColumnNr());
  }

  private static @Nullable String empty(JsonParser parser) throws IOException {
    return parser.nextToken() == JsonToken.END_OBJECT ? "" : null;
  }

  /// An empty element.
  @Override
  public Located getNullValue(DeserializationContext context) {
    return new Located("", -1, -1);
  }
}
