package io.chronoconf.agent.netconf.message;

import io.chronoconf.datastore.ConfigSource;
import io.chronoconf.datastore.commit.CommitRequest;
import io.chronoconf.datastore.edit.EditOperation;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditRequest.ErrorOption;
import io.chronoconf.datastore.edit.EditRequest.TestOption;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.filter.DataFilter;
import io.chronoconf.datastore.filter.DefaultsMode;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.tree.NodeSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// The parameters of one of the protocol's own operations, read in whatever order they come.
final class Parameters {
  private static final long MAX_SESSION_ID = 4_294_967_295L;
  private static final long MAX_TIMEOUT_SECONDS = 4_294_967_295L;

  private final NodeSchema root;
  private final LimitedReader reader;
  private final String namespace;
  private final Set<String> allowed;
  private final boolean takesInlineConfig;
  private final Set<String> features;
  private final boolean takesNmda;
  private final Set<String> seen = new HashSet<>();

  private @Nullable ConfigPlace source;
  private @Nullable ConfigPlace target;
  private @Nullable EditTree config;
  private @Nullable String text;
  private @Nullable String version;
  private @Nullable String format;
  private Optional<String> url = Optional.empty();
  private Optional<String> ifRevision = Optional.empty();
  private Optional<String> persist = Optional.empty();
  private Optional<String> persistId = Optional.empty();
  private Optional<Duration> confirmTimeout = Optional.empty();
  private Optional<DataFilter> filter = Optional.empty();
  private Optional<Instant> start = Optional.empty();
  private Optional<Instant> stop = Optional.empty();
  private DefaultsMode defaults = DefaultsMode.EXPLICIT;
  private EditOperation defaultOperation = EditOperation.MERGE;
  private @Nullable TestOption testOption;
  private ErrorOption errorOption = ErrorOption.STOP_ON_ERROR;

  /// @param features of ietf-netconf that are supported
  /// @param reader stands on the operation's start
  /// @param allowed names of the parameters that the operation has
  /// @param takesInlineConfig whether source may hold a whole configuration, and both a URL
  Parameters(
      NodeSchema root,
      Set<String> features,
      LimitedReader reader,
      Set<String> allowed,
      boolean takesInlineConfig) {
    this.root = root;
    this.features = features;
    this.reader = reader;
    this.namespace = String.valueOf(reader.getNamespaceURI());
    this.allowed = allowed;
    this.takesInlineConfig = takesInlineConfig;
    this.takesNmda = Set.of("lock", "unlock", "validate").contains(reader.getLocalName());
  }

  /// Reads up to the operation's end.
  Parameters read() throws XMLStreamException, RpcException {
    XmlShape.requireNoAttributes(reader);
    String operation = reader.getLocalName();
    int depth = reader.depth();
    while (XmlShape.nextChild(reader, depth, operation)) {
      readOne(operation);
    }
    return this;
  }

  private void readOne(String operation) throws XMLStreamException, RpcException {
    String name = reader.getLocalName();
    String ownNamespace = String.valueOf(reader.getNamespaceURI());
    // ncclient writes the filter of create-subscription as that of get.
    boolean isFilterOfBase = name.equals("filter") && ownNamespace.equals(ProtocolXml.BASE);
    if (!ownNamespace.equals(namespaceOf(name)) && !isFilterOfBase) {
      throw Refusals.unknownNamespace(name, ownNamespace);
    }
    if (!allowed.contains(name) || (name.equals("url") && !features.contains("url"))) {
      throw Refusals.unknownElement(name, operation + " has no parameter " + name + " here.");
    }
    if (!seen.add(name)) {
      throw Refusals.badElement(name, "Parameter " + name + " stands twice: keep one of them.");
    }
    if (!name.equals("filter")) {
      XmlShape.requireNoAttributes(reader);
    }
    switch (name) {
      case "source" -> source = datastore(name, takesInlineConfig);
      case "target" -> target = datastore(name, takesInlineConfig);
      case "url" -> url = Optional.of(XmlShape.text(reader));
      case "if-revision" -> ifRevision = Optional.of(XmlShape.text(reader));
      case "confirmed" -> requireEmpty(name);
      case "confirm-timeout" -> confirmTimeout = Optional.of(readTimeout());
      case "persist" -> persist = Optional.of(XmlShape.text(reader));
      case "persist-id" -> persistId = Optional.of(XmlShape.text(reader));
      case "config" -> config = EditReader.read(root, reader, reader.maxTextChars());
      case "filter" -> filter = Optional.of(new FilterReader(root, reader).read());
      case "default-operation" -> defaultOperation = readDefaultOperation(reader);
      case "test-option" -> testOption = readTestOption();
      case "error-option" -> errorOption = readErrorOption();
      case "with-defaults" -> defaults = readWithDefaults(reader);
      case "session-id", "identifier" -> text = XmlShape.text(reader);
      case "version" -> version = XmlShape.text(reader);
      case "format" -> format = XmlShape.text(reader);
      case "stream" -> text = XmlShape.text(reader);
      case "startTime" -> start = Optional.of(readTime(name));
      case "stopTime" -> stop = Optional.of(readTime(name));
      default -> throw new IllegalStateException("no reader for parameter " + name);
    }
  }

  // What other modules add to the operation is theirs.
  private String namespaceOf(String parameter) {
    return switch (parameter) {
      case "with-defaults" -> ProtocolXml.WITH_DEFAULTS;
      case "if-revision" -> ProtocolXml.TRANSACTIONS;
      default -> namespace;
    };
  }

  private ConfigPlace datastore(String parameter, boolean takesConfig)
      throws XMLStreamException, RpcException {
    int depth = reader.depth();
    ConfigPlace found = null;
    while (XmlShape.nextChild(reader, depth, parameter)) {
      String name = reader.getLocalName();
      String uri = String.valueOf(reader.getNamespaceURI());
      boolean isNmda = takesNmda && uri.equals(ProtocolXml.NMDA) && name.equals("datastore");
      if (!isNmda && !uri.equals(namespace)) {
        throw Refusals.unknownNamespace(name, uri);
      }
      if (found != null) {
        throw Refusals.badElement(name, "Parameter " + parameter + " takes one datastore.");
      }
      XmlShape.requireNoAttributes(reader);
      found = isNmda ? readNmda(parameter) : readDatastore(parameter, name, takesConfig);
    }
    if (found == null) {
      throw Refusals.missingElement(
          parameter, "Parameter " + parameter + " is empty: put a datastore into it.");
    }
    return found;
  }

  // RFC 8526 section 3.2; to validate intended is to validate what it is made of.
  private ConfigPlace readNmda(String parameter) throws XMLStreamException, RpcException {
    NmdaDatastore given = NmdaReader.readDatastore(reader, features);
    boolean isReadOnly = parameter.equals("target") || given != NmdaDatastore.INTENDED;
    if (given.conventional().isEmpty() && isReadOnly) {
      throw Refusals.invalidElement(
          "datastore",
          "The datastore " + given.wire() + " cannot be used here: use running or candidate.");
    }
    return new ConfigPlace.Here(
        new ConfigSource.Named(given.conventional().orElse(DatastoreName.RUNNING)));
  }

  private ConfigPlace readDatastore(String parameter, String name, boolean takesConfig)
      throws XMLStreamException, RpcException {
    if (takesConfig && parameter.equals("source") && name.equals("config")) {
      return new ConfigPlace.Here(
          new ConfigSource.Inline(EditReader.read(root, reader, reader.maxTextChars())));
    }
    if (takesConfig && name.equals("url") && features.contains("url")) {
      return new ConfigPlace.AtUrl(XmlShape.text(reader));
    }
    for (DatastoreName datastore : DatastoreName.values()) {
      if (datastore.wire().equals(name)
          && (datastore != DatastoreName.STARTUP || features.contains("startup"))) {
        requireEmpty(name);
        return new ConfigPlace.Here(new ConfigSource.Named(datastore));
      }
    }
    throw Refusals.unknownElement(
        name,
        "There is no datastore %s here: use running%s or candidate."
            .formatted(name, features.contains("startup") ? ", startup" : ""));
  }

  private void requireEmpty(String name) throws XMLStreamException, RpcException {
    if (!XmlShape.text(reader).isEmpty()) {
      throw Refusals.badElement(name, "Element " + name + " holds nothing here.");
    }
  }

  private Duration readTimeout() throws XMLStreamException, RpcException {
    String text = XmlShape.text(reader);
    if (text.matches("\\+?\\d{1,10}")) {
      long seconds = Long.parseLong(text);
      if (seconds >= 1 && seconds <= MAX_TIMEOUT_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    }
    throw Refusals.invalidValue(
        "confirm-timeout is a number of seconds from 1 to " + MAX_TIMEOUT_SECONDS + ".");
  }

  static EditOperation readDefaultOperation(LimitedReader reader)
      throws XMLStreamException, RpcException {
    String value = XmlShape.text(reader);
    return switch (value) {
      case "merge" -> EditOperation.MERGE;
      case "replace" -> EditOperation.REPLACE;
      case "none" -> EditOperation.NONE;
      default ->
          throw Refusals.invalidValue(
              "default-operation is merge, replace or none, not " + value + ".");
    };
  }

  private TestOption readTestOption() throws XMLStreamException, RpcException {
    String value = XmlShape.text(reader);
    return switch (value) {
      case "test-then-set" -> TestOption.TEST_THEN_SET;
      case "set" -> TestOption.SET;
      case "test-only" -> TestOption.TEST_ONLY;
      default ->
          throw Refusals.invalidValue(
              "test-option is test-then-set, set or test-only, not " + value + ".");
    };
  }

  private ErrorOption readErrorOption() throws XMLStreamException, RpcException {
    String value = XmlShape.text(reader);
    return switch (value) {
      case "stop-on-error" -> ErrorOption.STOP_ON_ERROR;
      case "continue-on-error" -> ErrorOption.CONTINUE_ON_ERROR;
      case "rollback-on-error" -> ErrorOption.ROLLBACK_ON_ERROR;
      default ->
          throw Refusals.invalidValue(
              "error-option is stop-on-error, continue-on-error or rollback-on-error, not "
                  + value
                  + ".");
    };
  }

  // RFC 6243 section 4.3: a mode that is not announced is an invalid value.
  static DefaultsMode readWithDefaults(LimitedReader reader)
      throws XMLStreamException, RpcException {
    String value = XmlShape.text(reader);
    for (DefaultsMode mode : DefaultsMode.values()) {
      if (mode.wire().equals(value)) {
        return mode;
      }
    }
    throw Refusals.invalidValue(
        "with-defaults is explicit, trim, report-all or report-all-tagged, not " + value + ".");
  }

  DefaultsMode defaults() {
    return defaults;
  }

  /// Datastores keep what was set: a copy with more or less in it would be another configuration.
  void requireExplicit() throws RpcException {
    if (defaults != DefaultsMode.EXPLICIT) {
      throw Refusals.invalidValue(
          "Between datastores with-defaults is explicit, not " + defaults.wire() + ".");
    }
  }

  private Instant readTime(String name) throws XMLStreamException, RpcException {
    try {
      return OffsetDateTime.parse(XmlShape.text(reader)).toInstant();
    } catch (DateTimeParseException _) {
      throw Refusals.badElement(
          name, name + " is a date and time such as 2026-11-23T12:00:00Z (RFC 3339).");
    }
  }

  Operation subscription() {
    return new Operation.CreateSubscription(text == null ? "NETCONF" : text, filter, start, stop);
  }

  Optional<DataFilter> filter() {
    return filter;
  }

  ConfigPlace source() throws RpcException {
    return required("source", source);
  }

  ConfigPlace anyTarget() throws RpcException {
    return required("target", target);
  }

  Optional<String> url() throws RpcException {
    if (url.isPresent() && config != null) {
      throw Refusals.badElement("url", "Give config or url, not both.");
    }
    return url;
  }

  Optional<String> ifRevision() {
    return ifRevision;
  }

  Optional<String> persistId() {
    return persistId;
  }

  /// The parameters of commit. A confirm-timeout without confirmed means nothing.
  CommitRequest commitRequest() throws RpcException {
    boolean isConfirmed = seen.contains("confirmed");
    if (!isConfirmed && persist.isPresent()) {
      throw Refusals.missingElement(
          "confirmed", "Parameter persist takes confirmed beside it: add that.");
    }
    return new CommitRequest(
        isConfirmed
            ? Optional.of(confirmTimeout.orElse(CommitRequest.DEFAULT_TIMEOUT))
            : Optional.empty(),
        persist,
        persistId);
  }

  DatastoreName namedSource() throws RpcException {
    return named(source());
  }

  DatastoreName target() throws RpcException {
    return named(required("target", target));
  }

  EditTree config() throws RpcException {
    return required("config", config);
  }

  EditOperation defaultOperation() {
    return defaultOperation;
  }

  /// The option that was given, else what the caller takes as the default.
  TestOption testOption(TestOption otherwise) {
    return testOption == null ? otherwise : testOption;
  }

  ErrorOption errorOption() {
    return errorOption;
  }

  long sessionId() throws RpcException {
    String digits = required("session-id", text);
    if (!digits.matches("\\+?\\d{1,18}") || Long.parseLong(digits) > MAX_SESSION_ID) {
      throw Refusals.invalidValue("session-id is a number up to " + MAX_SESSION_ID + ".");
    }
    return Long.parseLong(digits);
  }

  String identifier() throws RpcException {
    return required("identifier", text);
  }

  Optional<String> version() {
    return Optional.ofNullable(version);
  }

  /// The format's local name.
  String format() {
    String name = format == null ? "yang" : format;
    return name.substring(name.indexOf(':') + 1);
  }

  private static DatastoreName named(ConfigPlace where) {
    if (where instanceof ConfigPlace.Here(ConfigSource.Named named)) {
      return named.datastore();
    }
    throw new IllegalStateException("neither config nor url was allowed here");
  }

  private static <T> T required(String name, @Nullable T value) throws RpcException {
    if (value == null) {
      throw Refusals.missingElement(name, "Parameter " + name + " is missing: add it.");
    }
    return value;
  }
}
