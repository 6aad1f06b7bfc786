package io.chronoconf.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chronoconf.datastore.edit.EditApplier;
import io.chronoconf.datastore.edit.EditRequest;
import io.chronoconf.datastore.edit.EditXml;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.yang.ModuleEntry;
import io.chronoconf.yang.YangSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.spi.source.URLYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParser;
import org.opendaylight.yangtools.yang.parser.api.YangParserConfiguration;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/// Our validator and libyang agree about the agent's models with all features on: the payloads are
/// those that the `yang` module's tests show to libyang.
class AllFeaturesValidationTest {
  private static final Path PAYLOADS = Path.of("../yang/src/test/resources/payloads");
  private static final EffectiveModelContext SCHEMA = everything();
  private static final NodeSchema ROOT = NodeSchema.rootOf(SCHEMA);
  private static final ConfigValidator VALIDATOR = new ConfigValidator(SCHEMA);

  /// How libyang's complaints about types and references begin or go on; all others are ours.
  private static final List<String> LIBYANGS_WORDS =
      List.of("Unsatisfied", "no target", "no matching", "not derived", "both cases");

  @Test
  void refusesWhatLibyangRefuses() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (String paragraph : paragraphs("refused.txt")) {
      String[] lines = paragraph.split("\n", 3);
      List<RpcError> errors = errors(lines[2]);
      boolean isOurs = LIBYANGS_WORDS.stream().noneMatch(lines[1]::startsWith);
      boolean isRight =
          isOurs
              ? errors.stream()
                  .anyMatch(e -> e.message().contains(lines[1]) && e.appTag().isPresent())
              : !errors.isEmpty();
      if (!isRight) {
        wrong.add(lines[0] + ": " + errors);
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void acceptsWhatLibyangAccepts() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (String paragraph : paragraphs("accepted.txt")) {
      String[] lines = paragraph.split("\n", 2);
      List<RpcError> errors = errors(lines[1]);
      if (!errors.isEmpty()) {
        wrong.add(lines[0] + ": " + errors);
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  private static List<RpcError> errors(String inNtp) throws IOException {
    String document =
        "<config>"
            + Files.readString(PAYLOADS.resolve("surroundings.xml"))
            + "<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'"
            + " xmlns:ntp='urn:ietf:params:xml:ns:yang:ietf-ntp'"
            + " xmlns:ccn='urn:chronoconf:yang:ntp' xmlns:cct='urn:chronoconf:yang:types'>"
            + inNtp
            + "</ntp></config>";
    ContainerNode empty =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(ROOT.id()).build();
    try {
      EditApplier.Result result =
          EditApplier.apply(
              ROOT,
              empty,
              EditRequest.of(
                  EditXml.read(
                      ROOT, new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))));
      return result.errors().isEmpty()
          ? VALIDATOR.validate(result.tree()).errors()
          : result.errors();
    } catch (RpcException e) {
      return e.errors();
    }
  }

  private static List<String> paragraphs(String file) throws IOException {
    return Arrays.stream(Files.readString(PAYLOADS.resolve(file)).strip().split("\n\n+"))
        .filter(paragraph -> !paragraph.startsWith("#"))
        .toList();
  }

  /// What the models are once everything is built.
  private static EffectiveModelContext everything() {
    try {
      YangParser parser =
          ServiceLoader.load(YangParserFactory.class)
              .findFirst()
              .orElseThrow()
              .createParser(YangParserConfiguration.DEFAULT);
      for (ModuleEntry module : YangSchema.load().modules()) {
        if (!module.name().equals("chronoconf-not-yet")) {
          parser.addSource(
              new URLYangTextSource(
                  YangSchema.class.getResource("/META-INF/yang/" + module.fileName())));
        }
      }
      return parser.buildEffectiveModel();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
