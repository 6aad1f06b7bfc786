package io.chronoconf.datastore.edit;

import static io.chronoconf.datastore.testing.Trees.ALL;
import static io.chronoconf.datastore.testing.Trees.OTHER;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.edit;
import static io.chronoconf.datastore.testing.Trees.refused;
import static io.chronoconf.datastore.testing.Trees.topEdit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcError.Info;
import io.chronoconf.datastore.error.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditReaderTest {
  private static RpcError refusedTop(String inner) {
    return refused(() -> topEdit(inner));
  }

  private static void assertPath(String xpath, RpcError error) {
    assertEquals(Optional.of(xpath), error.path().map(RpcError.ErrorPath::xpath));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "int8,-128",
        "int16,-32768",
        "int32,2147483647",
        "int64,-9223372036854775808",
        "uint8,255",
        "uint16,65535",
        "uint32,4294967295",
        "uint64,18446744073709551615",
        "decimal,-1.125",
        "text,hello world",
        "patterned,abc",
        "truth,true",
        "choiceof,two",
        "flags,a c",
        "blob,aGVsbG8=",
        "nothing,\"\"",
        "percent,100",
        "either,7",
        "either,unlimited",
        "ref,anybody"
      })
  void takesValuesOfEveryTypeAndWritesThemBack(String leaf, String value) throws RpcException {
    EditTree edit = topEdit("<types><" + leaf + ">" + value + "</" + leaf + "></types>");
    String written = EditXml.write(edit);
    assertTrue(written.contains(leaf + ">" + value + "<") || value.isEmpty(), written);
    assertEquals(written, EditXml.write(EditXml.readLeniently(ROOT, written, _ -> {})));
  }

  @ParameterizedTest
  @CsvSource({
    "int8,128",
    "int8,",
    "uint8,-1",
    "uint16,65536",
    "int32,1.5",
    "uint64,18446744073709551616",
    "decimal,1.2345",
    "text,123456789012345678901",
    "truth,maybe",
    "choiceof,three",
    "flags,a d",
    "blob,***",
    "nothing,something",
    "colour,puce",
    "colour,no:red",
    "either,256",
    "where,/nowhere",
  })
  void refusesValuesThatTheTypeDoesNotHave(String leaf, String value) {
    String text = value == null ? "" : value;
    RpcError error = refusedTop("<types><" + leaf + ">" + text + "</" + leaf + "></types>");
    assertEquals(ErrorTag.INVALID_VALUE, error.tag());
    assertPath("/t:top/t:types/t:" + leaf, error);
    assertEquals(Map.of("t", ALL), error.path().orElseThrow().namespaces());
  }

  @Test
  void passesOnTheAppTagAndMessageOfTheTypeStatement() {
    RpcError range = refusedTop("<types><percent>101</percent></types>");
    assertEquals(Optional.of("not-a-percentage"), range.appTag());
    assertTrue(range.message().contains("a percentage goes from 0 to 100"), range.message());
    RpcError pattern = refusedTop("<types><patterned>ABC</patterned></types>");
    assertEquals(Optional.of("lower-case-only"), pattern.appTag());
  }

  @Test
  void resolvesIdentitiesByThePrefixInScopeAndChecksTheirBase() throws RpcException {
    String green = "<types><colour xmlns:o='" + OTHER + "'>o:green</colour></types>";
    assertTrue(EditXml.write(topEdit(green)).contains(OTHER));
    RpcError error = refusedTop("<types><colour>round</colour></types>");
    assertEquals(ErrorTag.INVALID_VALUE, error.tag());
    assertTrue(error.message().contains("not derived from colour"), error.message());
    assertEquals(
        ErrorTag.INVALID_VALUE,
        refusedTop("<types><either xmlns:o='" + OTHER + "'>o:green</either></types>").tag());
    topEdit("<types><either>round</either></types>");
  }

  @Test
  void readsInstanceIdentifiersAndWritesThemInCanonicalForm() throws RpcException {
    String written =
        EditXml.write(
            topEdit(
                "<types><where xmlns:a='"
                    + ALL
                    + "'>/a:top/a:person[a:name=\"O'Hara\"]/a:pet[ a:number = '3']"
                    + "[a:kind='cat']/a:colour</where></types>"));
    assertTrue(
        written.contains(
            "/t:top/t:person[t:name=\"O'Hara\"]/t:pet[t:kind='cat'][t:number='3']/t:colour"),
        written);
  }

  @Test
  void refusesUnknownElementsAndNamespaces() {
    RpcError element = refusedTop("<nonsense/>");
    assertEquals(ErrorTag.UNKNOWN_ELEMENT, element.tag());
    assertEquals(List.of(Info.badElement("nonsense")), element.info());
    assertPath("/t:top", element);
    RpcError namespace = refusedTop("<x:nonsense xmlns:x='urn:nobody'/>");
    assertEquals(ErrorTag.UNKNOWN_NAMESPACE, namespace.tag());
    assertEquals(
        List.of(Info.badElement("nonsense"), Info.badNamespace("urn:nobody")), namespace.info());
    RpcError none = refused(() -> edit("<top/>"));
    assertEquals(ErrorTag.UNKNOWN_NAMESPACE, none.tag());
    assertTrue(none.message().contains("xmlns"), none.message());
  }

  @Test
  void refusesStateAndTextBetweenElements() {
    RpcError state = refusedTop("<state><uptime>1</uptime></state>");
    assertEquals(ErrorTag.UNKNOWN_ELEMENT, state.tag());
    assertEquals(ErrorTag.BAD_ELEMENT, refusedTop("stray<number>1</number>").tag());
    assertEquals(ErrorTag.UNKNOWN_ELEMENT, refusedTop("<types><text>a<b/></text></types>").tag());
  }

  @Test
  void refusesAttributesThatItDoesNotKnow() {
    RpcError plain = refusedTop("<types operation='delete'/>");
    assertEquals(ErrorTag.UNKNOWN_ATTRIBUTE, plain.tag());
    assertEquals(List.of(Info.badAttribute("operation"), Info.badElement("types")), plain.info());
    assertTrue(plain.message().contains("urn:ietf:params:xml:ns:netconf:base:1.0"));
    assertEquals(
        ErrorTag.UNKNOWN_ATTRIBUTE,
        refusedTop("<person yang:insert='first'><name>a</name></person>").tag());
    RpcError value = refusedTop("<types nc:operation='none'/>");
    assertEquals(ErrorTag.BAD_ATTRIBUTE, value.tag());
    assertPath("/t:top/t:types", value);
  }

  @Test
  void refusesInsertionsThatDoNotSayWhere() {
    String rule = "<rule yang:insert='%s' %s><name>a</name></rule>";
    assertEquals(ErrorTag.MISSING_ATTRIBUTE, refusedTop(String.format(rule, "before", "")).tag());
    assertEquals(ErrorTag.BAD_ATTRIBUTE, refusedTop(String.format(rule, "middle", "")).tag());
    assertEquals(
        ErrorTag.BAD_ATTRIBUTE,
        refusedTop(String.format(rule, "before", "yang:key='[name=b]'")).tag());
    assertEquals(
        ErrorTag.MISSING_ATTRIBUTE,
        refusedTop("<rule yang:key=\"[name='b']\"><name>a</name></rule>").tag());
    assertEquals(
        ErrorTag.BAD_ATTRIBUTE,
        refusedTop("<rule nc:operation='delete' yang:insert='first'><name>a</name></rule>").tag());
  }

  @Test
  void namesEachMissingKey() {
    List<RpcError> errors =
        assertThrows(
                RpcException.class,
                () -> topEdit("<person><name>a</name><pet><colour>red</colour></pet></person>"))
            .errors();
    assertEquals(
        List.of(List.of(Info.badElement("kind")), List.of(Info.badElement("number"))),
        errors.stream().map(RpcError::info).toList());
    assertEquals(ErrorTag.MISSING_ELEMENT, errors.getFirst().tag());
    assertPath("/t:top/t:person[t:name='a']/t:pet", errors.getFirst());
  }

  @Test
  void takesKeysInAnyOrderAndPlace() throws RpcException {
    EditTree keysLast =
        topEdit(
            "<person><pet><colour>red</colour><number>3</number><kind>cat</kind></pet>"
                + "<name>a</name></person>");
    EditTree keysFirst =
        topEdit(
            "<person><name>a</name><pet><kind>cat</kind><number>3</number>"
                + "<colour>red</colour></pet></person>");
    assertEquals(EditXml.write(keysFirst), EditXml.write(keysLast));
  }

  @ParameterizedTest
  @CsvSource({
    "<types><text>a</text><text>b</text></types>",
    "<types/><types/>",
    "<person><name>a</name><name>a</name></person>",
    "<person><name>a</name></person><number>1</number><person><name>a</name></person>",
    "<word>a</word><word>a</word>",
  })
  void refusesWhatStandsTwice(String inner) {
    RpcError error = refusedTop(inner);
    assertEquals(ErrorTag.BAD_ELEMENT, error.tag());
    assertTrue(error.path().isPresent());
  }

  @Test
  void refusesTwoCasesOfAChoiceUnlessOneIsDeleted() throws RpcException {
    assertEquals(ErrorTag.BAD_ELEMENT, refusedTop("<wheels>4</wheels><wings>2</wings>").tag());
    assertEquals(ErrorTag.BAD_ELEMENT, refusedTop("<jet>x</jet><propeller>y</propeller>").tag());
    topEdit("<wheels nc:operation='delete'/><wings>2</wings>");
    topEdit("<wings>2</wings><jet>x</jet>");
  }

  @Test
  void namesTheListEntryThatAnErrorIsIn() {
    RpcError error =
        refusedTop(
            "<person><name>it's</name><pet><kind>c</kind><number>1</number><x/></pet></person>");
    assertPath("/t:top/t:person[t:name=\"it's\"]/t:pet[t:kind='c'][t:number='1']", error);
  }

  @Test
  void tellsModulesOfEqualPrefixApart() {
    RpcError error = refusedTop("<extra xmlns='" + OTHER + "'><a/></extra>");
    assertPath("/t:top/t2:extra", error);
    assertEquals(Map.of("t", ALL, "t2", OTHER), error.path().orElseThrow().namespaces());
  }

  @Test
  void limitsTheLengthOfText() {
    String text = "x".repeat(EditReader.MAX_TEXT_CHARS + 1);
    assertEquals(ErrorTag.TOO_BIG, refusedTop("<types><text>" + text + "</text></types>").tag());
  }

  @Test
  void reportsXmlThatIsNotWellFormed() {
    for (String xml :
        List.of(
            "<top xmlns='" + ALL + "'>",
            "<top xmlns='" + ALL + "'></b>",
            "&bomb;",
            "<top x='1' x='1'/>",
            "<")) {
      assertEquals(ErrorTag.MALFORMED_MESSAGE, refused(() -> edit(xml)).tag(), xml);
    }
  }

  @Test
  void leavesOutOnlyWhatItRefusesWhenReadingLeniently() throws RpcException {
    List<RpcError> refusals = new ArrayList<>();
    EditTree edit =
        EditXml.readLeniently(
            ROOT,
            "<config><top xmlns='"
                + ALL
                + "'><types><gone><deep/></gone><text>kept</text><uint8>300</uint8></types>"
                + "<number>5</number></top></config>",
            refusals::add);
    assertEquals(2, refusals.size());
    assertEquals(
        EditXml.write(topEdit("<types><text>kept</text></types><number>5</number>")),
        EditXml.write(edit));
  }
}
