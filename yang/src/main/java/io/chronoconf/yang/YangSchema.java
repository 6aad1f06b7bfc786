package io.chronoconf.yang;

import io.chronoconf.yang.ModuleEntry.Conformance;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.stmt.FeatureSet;
import org.opendaylight.yangtools.yang.model.spi.source.URLYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParser;
import org.opendaylight.yangtools.yang.parser.api.YangParserConfiguration;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/// All modules of this agent, parsed once: the effective model, what the YANG library says of each
/// module, and their texts. Immutable, safe for any thread.
public final class YangSchema {
  private static final String FOLDER = "/META-INF/yang/";
  private static final String PROTOCOL = "ietf-netconf";

  private static final Set<String> OWN_NAMESPACES =
      ModuleCatalogue.ROWS.stream()
          .map(ModuleCatalogue.Row::namespace)
          .collect(Collectors.toUnmodifiableSet());

  private final EffectiveModelContext context;
  private final List<ModuleEntry> modules;
  private final Map<String, URL> texts;
  private final String contentId;

  private YangSchema(
      EffectiveModelContext context, List<ModuleEntry> modules, Map<String, URL> texts) {
    this.context = context;
    this.modules = modules;
    this.texts = texts;
    this.contentId = contentId(modules);
  }

  /// The modules of the class path.
  public static YangSchema load() {
    return load(List.of());
  }

  /// The modules of the class path and, implemented with all their features, those of the folders.
  /// A file of the same name as one of the class path does not count.
  ///
  /// @param folders folders of files named `module@revision.yang`
  /// @throws YangSchemaException if a file cannot be read or parsed; the message names it
  public static YangSchema load(List<Path> folders) {
    return load(folders, Set.of());
  }

  /// The same with features of ietf-netconf that are a matter of options.
  ///
  /// @param protocolFeatures such as `startup`
  public static YangSchema load(List<Path> folders, Set<String> protocolFeatures) {
    Map<String, URL> texts = new LinkedHashMap<>();
    Map<String, ModuleCatalogue.Row> rows = new LinkedHashMap<>();
    for (ModuleCatalogue.Row row : ModuleCatalogue.ROWS) {
      String file = row.name() + "@" + row.revision() + ".yang";
      URL url = YangSchema.class.getResource(FOLDER + file);
      if (url == null) {
        throw new YangSchemaException(
            "The module " + file + " is not packaged; build the yang module.", null);
      }
      texts.put(file, url);
      rows.put(row.name(), row.name().equals(PROTOCOL) ? row.with(protocolFeatures) : row);
    }
    for (Path folder : folders) {
      addFolder(folder, texts, rows);
    }
    EffectiveModelContext context = parse(texts, features(rows.values()));
    List<ModuleEntry> modules = entries(context, rows);
    for (ModuleEntry module : modules) {
      if (!texts.containsKey(module.fileName())) {
        throw new YangSchemaException(
            "The file of module %s must be named %s, after its newest revision."
                .formatted(module.name(), module.fileName()),
            null);
      }
    }
    return new YangSchema(context, modules, Map.copyOf(texts));
  }

  /// The parsed model.
  public EffectiveModelContext context() {
    return context;
  }

  /// All modules in the order of their names.
  public List<ModuleEntry> modules() {
    return modules;
  }

  /// The modules of one name; more than one if several revisions are there.
  public List<ModuleEntry> modules(String name) {
    return modules.stream().filter(module -> module.name().equals(name)).toList();
  }

  /// The YANG text of a module.
  public String source(ModuleEntry module) {
    URL url = texts.get(module.fileName());
    if (url == null) {
      throw new IllegalArgumentException(module.fileName() + " is not of this schema");
    }
    try (InputStream stream = url.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new YangSchemaException("Cannot read " + url + ": " + e.getMessage(), e);
    }
  }

  /// The modules that came out of folders: the agent itself knows nothing of them.
  public Set<ModuleEntry> foreignModules() {
    return modules.stream()
        .filter(module -> !OWN_NAMESPACES.contains(module.namespace()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The same text as YIN (RFC 7950 section 13), without an XML declaration.
  public String yin(ModuleEntry module) {
    URL url = texts.get(module.fileName());
    if (url == null) {
      throw new IllegalArgumentException(module.fileName() + " is not of this schema");
    }
    return YinWriter.write(context, new URLYangTextSource(url));
  }

  /// A value that changes whenever the set of modules, features or deviations does (RFC 8525).
  public String contentId() {
    return contentId;
  }

  private static void addFolder(
      Path folder, Map<String, URL> texts, Map<String, ModuleCatalogue.Row> rows) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("[\\w.-]+@\\d{4}-\\d{2}-\\d{2}\\.yang")) {
          ModuleCatalogue.Row own = rows.get(name.substring(0, name.indexOf('@')));
          if (own != null
              && own.conformance() == Conformance.IMPLEMENT
              && !texts.containsKey(name)) {
            throw new YangSchemaException(
                "%s: the agent implements revision %s of this module; remove the file."
                    .formatted(file, own.revision()),
                null);
          }
          texts.putIfAbsent(name, file.toUri().toURL());
        } else if (name.endsWith(".yang")) {
          throw new YangSchemaException(
              file + ": rename it to module@revision.yang, with the revision as yyyy-mm-dd.", null);
        }
      }
    } catch (MalformedURLException e) {
      throw new YangSchemaException(folder + " is no usable folder name.", e);
    } catch (IOException e) {
      throw new YangSchemaException(
          "Cannot list the module folder " + folder + ": " + e.getMessage(), e);
    }
  }

  private static EffectiveModelContext parse(Map<String, URL> texts, FeatureSet features) {
    try {
      YangParser parser =
          ServiceLoader.load(YangParserFactory.class)
              .findFirst()
              .orElseThrow()
              .createParser(YangParserConfiguration.DEFAULT);
      for (URL url : texts.values()) {
        parser.addSource(new URLYangTextSource(url));
      }
      return parser.setSupportedFeatures(features).buildEffectiveModel();
    } catch (IOException | YangParserException e) {
      throw new YangSchemaException("The YANG modules do not parse: " + reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static List<ModuleEntry> entries(
      EffectiveModelContext context, Map<String, ModuleCatalogue.Row> rows) {
    Map<String, TreeSet<String>> deviators = new LinkedHashMap<>();
    for (Module module : context.getModules()) {
      module
          .getDeviations()
          .forEach(
              deviation ->
                  context
                      .findModule(deviation.getTargetPath().lastNodeIdentifier().getModule())
                      .ifPresent(
                          target ->
                              deviators
                                  .computeIfAbsent(target.getName(), name -> new TreeSet<>())
                                  .add(module.getName())));
    }
    List<ModuleEntry> entries = new ArrayList<>();
    for (Module module : context.getModules()) {
      ModuleCatalogue.Row row = rows.get(module.getName());
      entries.add(
          new ModuleEntry(
              module.getName(),
              module.getRevision().map(Object::toString).orElse(""),
              module.getNamespace().toString(),
              row == null ? Conformance.IMPLEMENT : row.conformance(),
              row == null ? featureNames(module) : row.features().stream().sorted().toList(),
              List.copyOf(deviators.getOrDefault(module.getName(), new TreeSet<>()))));
    }
    entries.sort(Comparator.comparing(ModuleEntry::name).thenComparing(ModuleEntry::revision));
    return List.copyOf(entries);
  }

  private static List<String> featureNames(Module module) {
    return module.getFeatures().stream()
        .map(feature -> feature.getQName().getLocalName())
        .sorted()
        .toList();
  }

  private static String contentId(List<ModuleEntry> modules) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(modules.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /// The catalogue's modules have the features that it names; other modules have all theirs.
  private static FeatureSet features(Collection<ModuleCatalogue.Row> rows) {
    FeatureSet.Builder features = FeatureSet.builder();
    for (ModuleCatalogue.Row row : rows) {
      features.addModuleFeatures(QNameModule.of(row.namespace(), row.revision()), row.features());
    }
    return features.build();
  }
}
