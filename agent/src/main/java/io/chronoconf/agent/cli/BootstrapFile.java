package io.chronoconf.agent.cli;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.xml.JacksonXmlModule;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.fasterxml.jackson.dataformat.xml.annotation.JacksonXmlElementWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The bootstrap file as records, one per element. Leaves keep their place in the file, so that
/// whatever is wrong with a value is told with line and column.
record BootstrapFile(
    @Elements List<NetconfPart> netconf,
    @Elements List<NtpPart> ntp,
    @Elements List<ClockPart> clock,
    @Elements @JsonProperty("state-folder") List<Located> stateFolder,
    @Elements List<AdministratorPart> administrator,
    @Elements List<LimitsPart> limits,
    @Elements @JsonProperty("log-level") List<Located> logLevel) {
  private static final String ROOT = "chronoconf";
  private static final int MAX_BYTES = 64 * 1024;

  /// Elements that stand directly in their parent; none makes an empty list. Even what may be given
  /// once is a list, or a second element would silently beat the first.
  @JacksonAnnotationsInside
  @JacksonXmlElementWrapper(useWrapping = false)
  @JsonSetter(nulls = Nulls.AS_EMPTY)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Elements {}

  record NetconfPart(
      @Elements List<Located> address,
      @Elements List<Located> port,
      @Elements @JsonProperty("recovery-user") List<Located> recoveryUser,
      @Elements @JsonProperty("writable-running") List<Located> writableRunning,
      @Elements List<Located> startup,
      @Elements @JsonProperty("url-folder") List<Located> urlFolder,
      @Elements @JsonProperty("url-https") List<Located> urlHttps,
      @Elements @JsonProperty("yang-dir") List<Located> yangDir) {}

  record NtpPart(
      @Elements List<Located> address,
      @Elements List<Located> port,
      @Elements List<Located> transport,
      @Elements @JsonProperty("hardware-stamps") List<Located> hardwareStamps,
      @Elements @JsonProperty("server-threads") List<Located> serverThreads,
      @Elements @JsonProperty("example-server") List<Located> exampleServer,
      @Elements @JsonProperty("example-server-port") List<Located> exampleServerPort) {}

  record ClockPart(
      @Elements List<Located> kind,
      @Elements List<Located> offset,
      @Elements @JsonProperty("frequency-error") List<Located> frequencyError,
      @Elements List<Located> log) {}

  record AdministratorPart(
      @Elements @JsonProperty("public-key-file") List<Located> publicKeyFile) {}

  record LimitsPart(
      @Elements @JsonProperty("message-bytes") List<Located> messageBytes,
      @Elements List<Located> depth,
      @Elements List<Located> attributes,
      @Elements List<Located> text,
      @Elements List<Located> sessions,
      @Elements @JsonProperty("login-seconds") List<Located> loginSeconds,
      @Elements @JsonProperty("idle-seconds") List<Located> idleSeconds,
      @Elements @JsonProperty("xpath-steps") List<Located> xpathSteps,
      @Elements List<Located> subscriptions) {}

  /// @throws UsageException if the file cannot be read or says what it should not
  static Settings read(Path file) throws UsageException {
    try {
      byte[] bytes = bytes(file);
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
      skipProlog(file, reader);
      requireRoot(file, reader);
      return new BootstrapSettings(file).of(mapper().readValue(reader, BootstrapFile.class));
    } catch (UnrecognizedPropertyException e) {
      throw unknownElement(file, e);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String reason = "Mend the XML there.";
      throw wrong(
          file,
          at == null ? -1 : at.getLineNr(),
          at == null ? -1 : at.getColumnNr(),
          firstLine(e.getOriginalMessage()) + ". " + reason);
    } catch (XMLStreamException e) {
      Location at = e.getLocation();
      throw wrong(
          file,
          at == null ? -1 : at.getLineNumber(),
          at == null ? -1 : at.getColumnNumber(),
          firstLine(String.valueOf(e.getMessage())) + ". Mend the XML there.");
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be read (%s). Check its name and permissions.".formatted(file, reason(e)));
    }
  }

  private static byte[] bytes(Path file) throws IOException, UsageException {
    byte[] bytes;
    try (java.io.InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "option --config: there is no file %s. Check the name.".formatted(file));
    }
    if (bytes.length > MAX_BYTES) {
      throw new UsageException(
          "%s: longer than %d bytes. This cannot be a bootstrap file; check the name."
              .formatted(file, MAX_BYTES));
    }
    return bytes;
  }

  private static void skipProlog(Path file, XMLStreamReader reader)
      throws XMLStreamException, UsageException {
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        Location at = reader.getLocation();
        throw wrong(
            file,
            at.getLineNumber(),
            at.getColumnNumber(),
            "a document type is not read. Leave it out.");
      }
    }
  }

  private static void requireRoot(Path file, XMLStreamReader reader) throws UsageException {
    if (!reader.getLocalName().equals(ROOT)) {
      Location at = reader.getLocation();
      throw wrong(
          file,
          at.getLineNumber(),
          at.getColumnNumber(),
          "the root element is <%s>. It must be <%s>.".formatted(reader.getLocalName(), ROOT));
    }
  }

  /// No document type, hence no entities that grow or fetch.
  private static XMLInputFactory factory() {
    XMLInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private static XmlMapper mapper() {
    JacksonXmlModule xml = new JacksonXmlModule();
    SimpleModule leaves = new SimpleModule();
    leaves.addDeserializer(Located.class, new LocatedReader());
    XmlMapper mapper = new XmlMapper(xml);
    mapper.registerModule(leaves);
    mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return mapper;
  }

  private static UsageException unknownElement(Path file, UnrecognizedPropertyException e) {
    JsonLocation at = e.getLocation();
    List<String> known =
        e.getKnownPropertyIds().stream().map(id -> "<" + id + ">").sorted().toList();
    return wrong(
        file,
        at.getLineNr(),
        at.getColumnNr(),
        "unknown element <%s>. Known here: %s."
            .formatted(e.getPropertyName(), String.join(", ", known)));
  }

  static UsageException wrong(Path file, int line, int column, String what) {
    return new UsageException(place(file, line, column) + ": " + what);
  }

  static String place(Path file, int line, int column) {
    return line < 1 ? file.toString() : "%s, line %d, column %d".formatted(file, line, column);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = (end < 0 ? text : text.substring(0, end)).strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
