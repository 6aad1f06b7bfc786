package io.chronoconf.datastore.validate;

import static io.chronoconf.datastore.testing.CheckTrees.host;
import static io.chronoconf.datastore.testing.CheckTrees.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.testing.CheckTrees;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceAndReferenceTest {
  private static final ConfigValidator VALIDATOR = new ConfigValidator(CheckTrees.SCHEMA.context());
  private static final String TOP =
      "<top xmlns='urn:test:check'><must-be>x</must-be></top>"
          + "<facts xmlns='urn:test:check'><bag>1</bag><bag>2</bag></facts>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<one-c>x</one-c>",
        "<one-a>x</one-a><below-a>x</below-a>",
        "<one-a>x</one-a><below-b>x</below-b>",
        "<two-b>x</two-b><two-many>1</two-many>",
        "<two-a>1</two-a>",
        "<mode>three</mode><three-a>x</three-a>",
        "<mode>other</mode>"
      })
  void acceptsCompleteCases(String inside) throws Exception {
    assertEquals(List.of(), ways(inside));
  }

  @ParameterizedTest
  @CsvSource({
    "<one-b>x</one-b><below-a>x</below-a>, DATA_MISSING, none, /m:ways/m:one-a",
    "<below-a>x</below-a>, DATA_MISSING, none, /m:ways/m:one-a",
    "<one-a>x</one-a>, DATA_MISSING, missing-choice, /m:ways",
    "<mode>three</mode>, DATA_MISSING, missing-choice, /m:ways",
    "<mode>blob</mode>, DATA_MISSING, none, /m:ways/m:blob",
    "<two-b>x</two-b>, OPERATION_FAILED, too-few-elements, /m:ways/m:two-many"
  })
  void wantsWhatIsMandatoryInASelectedCaseOnly(
      String inside, ErrorTag tag, String appTag, String path) throws Exception {
    List<RpcError> errors = ways(inside);
    assertEquals(1, errors.size(), errors.toString());
    assertEquals(tag, errors.getFirst().tag());
    assertEquals(appTag, errors.getFirst().appTag().orElse("none"));
    assertEquals(path, errors.getFirst().path().orElseThrow().xpath());
  }

  @Test
  void namesTheChoiceThatIsMissing() throws Exception {
    RpcError error = ways("<one-a>x</one-a>").getFirst();
    assertEquals("below", error.info().getFirst().value());
    assertEquals("One of below-a, below-b is needed here; add one.", error.message());
  }

  @Test
  void wantsTheTargetOfADefaultToo() throws Exception {
    RpcError error = only("<on/>", "");
    assertEquals(ErrorTag.DATA_MISSING, error.tag());
    assertEquals("instance-required", error.appTag().orElse("none"));
    assertEquals("/m:references/m:standard", error.path().orElseThrow().xpath());
    assertEquals(List.of(), references("<on/>", host("standard-host", "")));
    assertEquals(List.of(), references("", ""));
  }

  @Test
  void choosesTargetsInTheOwnEntryOnly() throws Exception {
    String groups =
        "<group><id>1</id><leader>a</leader><member><nick>a</nick></member></group>"
            + "<group><id>2</id><leader>LEADER</leader><member><nick>b</nick></member></group>";
    assertEquals(List.of(), references(groups.replace("LEADER", "b"), ""));
    RpcError error = only(groups.replace("LEADER", "a"), "");
    assertEquals("/m:references/m:group[m:id='2']/m:leader", error.path().orElseThrow().xpath());
    assertEquals(
        "leader names \"a\", but no ../m:member/m:nick has that value; create it or name one that"
            + " exists.",
        error.message());
  }

  @Test
  void followsPredicatesOfAPath() throws Exception {
    String groups =
        "<group><id>1</id><member><nick>a</nick><friend>b</friend>"
            + "<friend-group>GROUP</friend-group></member></group>"
            + "<group><id>2</id><member><nick>b</nick></member></group>";
    assertEquals(List.of(), references(groups.replace("GROUP", "2"), ""));
    assertEquals(
        "/m:references/m:group[m:id='1']/m:member[m:nick='a']/m:friend",
        only(groups.replace("GROUP", "1"), "").path().orElseThrow().xpath());
  }

  @Test
  void findsEntriesThatAreEqualInLeavesBelowThem() throws Exception {
    String members =
        "<group><id>1</id><member><nick>a</nick><place><seat>1</seat></place></member>"
            + "<member><nick>b</nick><place><seat>1</seat><row>ROW</row></place></member></group>";
    assertEquals(List.of(), references(members.replace("ROW", "2"), ""));
    RpcError error = only(members.replace("ROW", "1"), "");
    assertEquals(ErrorTag.OPERATION_FAILED, error.tag());
    assertEquals("data-not-unique", error.appTag().orElse("none"));
    String entry = "/m:references/m:group[m:id='1']/m:member";
    assertEquals(
        List.of(
            entry + "[m:nick='a']/m:place/m:seat",
            entry + "[m:nick='a']/m:place/m:row",
            entry + "[m:nick='b']/m:place/m:seat",
            entry + "[m:nick='b']/m:place/m:row"),
        error.info().stream().map(RpcError.Info::value).toList());
  }

  @Test
  void takesRequireInstanceFalseFromTypedefs() throws Exception {
    assertEquals(
        List.of(),
        references(
            "<in-typedef xmlns:c='urn:test:check'>/c:host[c:name='z']/c:port</in-typedef>", ""));
  }

  @Test
  void wantsIdentitiesDerivedFromAllBases() throws Exception {
    String both = "<both xmlns:c='urn:test:check' xmlns:m='urn:test:check-more'>%s</both>";
    assertEquals(List.of(), references(both.formatted("m:round-apple"), ""));
    for (String identity : List.of("c:cox", "m:round", "c:apple", "c:nothing")) {
      RpcException refused =
          assertThrows(
              RpcException.class, () -> references(both.formatted(identity), ""), identity);
      assertEquals(ErrorTag.INVALID_VALUE, refused.errors().getFirst().tag());
    }
  }

  private static List<RpcError> ways(String inside) throws Exception {
    return VALIDATOR
        .validate(tree(TOP + "<ways xmlns='urn:test:check-more'>" + inside + "</ways>"))
        .errors();
  }

  private static RpcError only(String inside, String more) throws Exception {
    List<RpcError> errors = references(inside, more);
    assertEquals(1, errors.size(), errors.toString());
    return errors.getFirst();
  }

  private static List<RpcError> references(String inside, String more) throws Exception {
    return VALIDATOR
        .validate(
            tree(
                TOP + "<references xmlns='urn:test:check-more'>" + inside + "</references>" + more))
        .errors();
  }
}
