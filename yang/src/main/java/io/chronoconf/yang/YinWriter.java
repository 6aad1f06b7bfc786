package io.chronoconf.yang;

import java.io.IOException;
import java.io.StringWriter;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.ir.IRKeyword;
import org.opendaylight.yangtools.yang.ir.IRStatement;
import org.opendaylight.yangtools.yang.ir.StringEscaping;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.ExtensionDefinition;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.source.YangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangSyntaxErrorException;
import org.opendaylight.yangtools.yang.parser.rfc7950.repo.TextToIRTransformer;

/// Writes a module's text as YIN (RFC 7950 section 13), statement by statement: whatever features
/// and deviations do to the schema, YIN says what the text does, without its comments.
final class YinWriter {
  private static final String YIN = "urn:ietf:params:xml:ns:yang:yin:1";

  /// Statements whose argument is an element, which is called like this.
  private static final Map<String, String> ELEMENTS =
      Map.of(
          "contact", "text",
          "description", "text",
          "organization", "text",
          "reference", "text",
          "error-message", "value");

  private static final Set<String> WITHOUT_ARGUMENT = Set.of("input", "output");

  /// Statements whose argument is an attribute that is not called name.
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("augment", "target-node"),
          Map.entry("belongs-to", "module"),
          Map.entry("config", "value"),
          Map.entry("default", "value"),
          Map.entry("deviate", "value"),
          Map.entry("deviation", "target-node"),
          Map.entry("error-app-tag", "value"),
          Map.entry("fraction-digits", "value"),
          Map.entry("import", "module"),
          Map.entry("include", "module"),
          Map.entry("key", "value"),
          Map.entry("length", "value"),
          Map.entry("mandatory", "value"),
          Map.entry("max-elements", "value"),
          Map.entry("min-elements", "value"),
          Map.entry("modifier", "value"),
          Map.entry("must", "condition"),
          Map.entry("namespace", "uri"),
          Map.entry("ordered-by", "value"),
          Map.entry("path", "value"),
          Map.entry("pattern", "value"),
          Map.entry("position", "value"),
          Map.entry("prefix", "value"),
          Map.entry("presence", "value"),
          Map.entry("range", "value"),
          Map.entry("refine", "target-node"),
          Map.entry("require-instance", "value"),
          Map.entry("revision", "date"),
          Map.entry("revision-date", "date"),
          Map.entry("status", "value"),
          Map.entry("unique", "tag"),
          Map.entry("value", "value"),
          Map.entry("when", "condition"),
          Map.entry("yang-version", "value"),
          Map.entry("yin-element", "value"));

  private final EffectiveModelContext context;
  private final XMLStreamWriter writer;
  // The module that each prefix stands for in the text.
  private final Map<String, Module> modules = new LinkedHashMap<>();

  private YinWriter(EffectiveModelContext context, XMLStreamWriter writer) {
    this.context = context;
    this.writer = writer;
  }

  /// The text as YIN.
  ///
  /// @param context holds the module and all that it imports
  /// @throws YangSchemaException if the text cannot be read
  static String write(EffectiveModelContext context, YangTextSource text) {
    StringWriter out = new StringWriter();
    try {
      IRStatement module = TextToIRTransformer.transformText(text).statement();
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      YinWriter yin = new YinWriter(context, writer);
      yin.resolve(module);
      yin.statement(module, "\n");
      writer.close();
    } catch (IOException | YangSyntaxErrorException | XMLStreamException | ParseException e) {
      throw new YangSchemaException("Cannot write " + text + " as YIN: " + e.getMessage(), e);
    }
    return out.toString();
  }

  private void resolve(IRStatement module) throws ParseException {
    for (IRStatement statement : module.statements()) {
      switch (statement.keyword().identifier()) {
        case "prefix" -> put(argument(statement), argument(module), Optional.empty());
        case "import" ->
            put(
                child(statement, "prefix").orElseThrow(),
                argument(statement),
                child(statement, "revision-date"));
        default -> {}
      }
    }
  }

  private void put(String prefix, String name, Optional<String> revision) {
    context.getModules().stream()
        .filter(module -> module.getName().equals(name))
        .filter(
            module ->
                revision.isEmpty() || module.getRevision().map(Object::toString).equals(revision))
        .findFirst()
        .ifPresent(module -> modules.put(prefix, module));
  }

  private static Optional<String> child(IRStatement parent, String keyword) throws ParseException {
    for (IRStatement statement : parent.statements()) {
      if (statement.keyword().identifier().equals(keyword)) {
        return Optional.of(argument(statement));
      }
    }
    return Optional.empty();
  }

  private static String argument(IRStatement statement) throws ParseException {
    return statement.argument() == null
        ? ""
        : statement.argument().asString(StringEscaping.RFC7950);
  }

  private void statement(IRStatement statement, String indent)
      throws XMLStreamException, ParseException {
    writer.writeCharacters(indent);
    IRKeyword keyword = statement.keyword();
    if (keyword.prefix() == null) {
      String name = keyword.identifier();
      writer.writeStartElement("", name, YIN);
      if (name.equals("module") || name.equals("submodule")) {
        writeNamespaces();
      }
      if (ELEMENTS.containsKey(name)) {
        writeElement("", ELEMENTS.getOrDefault(name, ""), YIN, argument(statement), indent);
      } else if (!WITHOUT_ARGUMENT.contains(name)) {
        writer.writeAttribute(ATTRIBUTES.getOrDefault(name, "name"), argument(statement));
      }
    } else {
      extension(statement, indent);
    }
    for (IRStatement inner : statement.statements()) {
      statement(inner, indent + "  ");
    }
    boolean isEmpty =
        statement.statements().isEmpty() && !ELEMENTS.containsKey(keyword.identifier());
    if (!isEmpty) {
      writer.writeCharacters(indent);
    }
    writer.writeEndElement();
  }

  private void writeNamespaces() throws XMLStreamException {
    writer.writeDefaultNamespace(YIN);
    for (Map.Entry<String, Module> binding : modules.entrySet()) {
      writer.writeNamespace(binding.getKey(), binding.getValue().getNamespace().toString());
    }
  }

  private void writeElement(
      String prefix, String name, String namespace, String text, String indent)
      throws XMLStreamException {
    writer.writeCharacters(indent + "  ");
    writer.writeStartElement(prefix, name, namespace);
    writer.writeCharacters(text);
    writer.writeEndElement();
  }

  // RFC 7950 section 7.19: the extension says what its argument is called and what it becomes.
  private void extension(IRStatement statement, String indent)
      throws XMLStreamException, ParseException {
    String prefix = statement.keyword().prefix();
    String name = statement.keyword().identifier();
    Module module = modules.get(prefix);
    if (module == null) {
      throw new YangSchemaException("No module has the prefix " + prefix + ".", null);
    }
    String namespace = module.getNamespace().toString();
    writer.writeStartElement(prefix, name, namespace);
    Optional<? extends ExtensionDefinition> definition =
        module.getExtensionSchemaNodes().stream()
            .filter(extension -> extension.getQName().getLocalName().equals(name))
            .findFirst();
    String argument = definition.map(ExtensionDefinition::getArgument).orElse(null);
    if (argument != null && definition.orElseThrow().isYinElement()) {
      writeElement(prefix, argument, namespace, argument(statement), indent);
    } else if (argument != null) {
      writer.writeAttribute(argument, argument(statement));
    }
  }
}
