package io.chronoconf.yang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.TypeAware;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.spi.source.FileYangTextSource;
import org.opendaylight.yangtools.yang.model.spi.source.FileYinTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParserConfiguration;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

class YinWriterTest {
  private static final YangSchema SCHEMA = YangSchema.load();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  /// What comes back from YIN is what the modules' texts say.
  @Test
  void everyModuleComesBackAsItWas() throws Exception {
    var factory = ServiceLoader.load(YangParserFactory.class).findFirst().orElseThrow();
    var fromYin = factory.createParser(YangParserConfiguration.DEFAULT);
    var fromYang = factory.createParser(YangParserConfiguration.DEFAULT);
    for (ModuleEntry module : SCHEMA.modules()) {
      SourceIdentifier id = new SourceIdentifier(module.name(), module.revision());
      Path yin = folder.resolve(id.toYinFilename());
      Files.writeString(yin, SCHEMA.yin(module));
      Path yang = folder.resolve(id.toYangFilename());
      Files.writeString(yang, SCHEMA.source(module));
      // yangtools does not find arguments of extensions that are elements, as ietf-restconf has
      // them.
      if (Files.readString(yin).contains("<rc:name>")) {
        fromYin.addSource(new FileYangTextSource(id, yang, StandardCharsets.UTF_8));
      } else {
        fromYin.addSource(new FileYinTextSource(id, yin));
      }
      fromYang.addSource(new FileYangTextSource(id, yang, StandardCharsets.UTF_8));
    }
    Set<String> expected = nodes(fromYang.buildEffectiveModel());
    assertTrue(expected.size() > 500, () -> expected.size() + " nodes");
    assertEquals(expected, nodes(fromYin.buildEffectiveModel()));
  }

  private static Set<String> nodes(EffectiveModelContext context) {
    Set<String> nodes = new TreeSet<>();
    collect(context, "", nodes);
    context.getOperations().forEach(rpc -> nodes.add(rpc.toString() + rpc.getDescription()));
    return nodes;
  }

  private static void collect(DataNodeContainer parent, String path, Set<String> into) {
    for (DataSchemaNode node : parent.getChildNodes()) {
      String here = path + "/" + node.getQName();
      into.add(
          here
              + " "
              + node.effectiveConfig()
              + " "
              + node.getStatus()
              + " "
              + node.getDescription()
              + " "
              + (node instanceof TypeAware typed ? typed.getType() : ""));
      if (node instanceof DataNodeContainer inner) {
        collect(inner, here, into);
      } else if (node instanceof ChoiceSchemaNode choice) {
        choice.getCases().forEach(chosen -> collect(chosen, here, into));
      }
    }
  }

  /// In the namespace of their extension (RFC 7950 section 13.1).
  @Test
  void writesArgumentsOfExtensionsThatAreElements() {
    String yin = SCHEMA.yin(SCHEMA.modules("ietf-yang-patch").getFirst());
    assertTrue(yin.contains("<rc:name>yang-patch</rc:name>"), yin);
  }

  @Test
  void writesArgumentsAsTheyAre() {
    String yin = SCHEMA.yin(SCHEMA.modules("ietf-factory-default").getFirst());
    for (String part :
        List.of(
            "<module xmlns=\"urn:ietf:params:xml:ns:yang:yin:1\"",
            " xmlns:nacm=\"urn:ietf:params:xml:ns:yang:ietf-netconf-acm\"",
            " name=\"ietf-factory-default\">",
            "<yang-version value=\"1.1\"",
            "<namespace uri=\"urn:ietf:params:xml:ns:yang:ietf-factory-default\"",
            "<import module=\"ietf-datastores\">",
            "<nacm:default-deny-all",
            "<text>Going back to the configuration that a device had when it was new.",
            "<if-feature name=\"factory-default-datastore\"")) {
      assertTrue(yin.contains(part), () -> part + " is not in " + yin);
    }
  }
}
