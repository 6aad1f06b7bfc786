package io.chronoconf.agent.model.ietfntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.ntp.access.AccessEntry;
import io.chronoconf.ntp.access.AccessList;
import io.chronoconf.ntp.access.AccessRules;
import io.chronoconf.ntp.access.PortRange;
import io.chronoconf.ntp.access.Prefix;
import io.chronoconf.ntp.access.TrafficClassMatch;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What entries of access control lists mean to NTP, and which of them it refuses.
class AclReaderTest {
  private static final Optional<Prefix> ANY_IPV4 = prefix("0.0.0.0", 0);

  private static Optional<Prefix> prefix(String address, int length) {
    return Optional.of(new Prefix(InetAddress.ofLiteral(address), length));
  }

  private static AclReader reader(String aces) throws RpcException {
    return new AclReader(
        ConfigCursor.of(
            Trees.ROOT,
            Trees.config(
                "<acls xmlns='urn:ietf:params:xml:ns:yang:ietf-access-control-list'><acl>"
                    + "<name>lan</name><aces>"
                    + aces
                    + "</aces></acl></acls>")));
  }

  private static String ace(String name, String matches, String forwarding) {
    return "<ace><name>%s</name><matches>%s</matches><actions><forwarding>%s</forwarding></actions></ace>"
        .formatted(name, matches, forwarding);
  }

  private static List<AccessEntry> entries(String aces) throws RpcException {
    return reader(aces).list("lan").orElseThrow().entries();
  }

  /// What a match is read as; empty if no packet of NTP can match it.
  private static Optional<AccessEntry> match(String matches) throws RpcException {
    return entries(ace("1", matches, "accept")).stream().findFirst();
  }

  private static Optional<AccessEntry> addresses(
      Optional<Prefix> source, Optional<Prefix> destination) {
    return Optional.of(new AccessEntry(true, source, destination));
  }

  private static Optional<AccessEntry> ports(PortRange source, PortRange destination) {
    return Optional.of(
        new AccessEntry(
            true, Optional.empty(), Optional.empty(), source, destination, TrafficClassMatch.ANY));
  }

  private static Optional<AccessEntry> marked(Optional<Prefix> family, TrafficClassMatch match) {
    return Optional.of(
        new AccessEntry(true, family, Optional.empty(), PortRange.ANY, PortRange.ANY, match));
  }

  @ParameterizedTest
  @CsvSource({"accept, true", "drop, false", "reject, false"})
  void onlyAcceptPermits(String forwarding, boolean permits) throws Exception {
    assertEquals(
        List.of(new AccessEntry(permits, Optional.empty(), Optional.empty())),
        entries(ace("1", "", forwarding)));
  }

  @Test
  void networksAreOfTheirFamily() throws Exception {
    assertEquals(
        addresses(prefix("192.0.2.0", 24), prefix("192.0.2.1", 32)),
        match(
            "<ipv4><source-ipv4-network>192.0.2.0/24</source-ipv4-network>"
                + "<destination-ipv4-network>192.0.2.1/32</destination-ipv4-network></ipv4>"));
    assertEquals(
        addresses(prefix("2001:db8::", 32), prefix("2001:db8::1", 128)),
        match(
            "<ipv6><source-ipv6-network>2001:db8::/32</source-ipv6-network>"
                + "<destination-ipv6-network>2001:db8::1/128</destination-ipv6-network></ipv6>"));
  }

  @Test
  void anEntryOfOneFamilyMatchesNoOther() throws Exception {
    assertEquals(
        addresses(prefix("::", 0), prefix("2001:db8::1", 128)),
        match("<ipv6><destination-ipv6-network>2001:db8::1/128</destination-ipv6-network></ipv6>"));
  }

  @Test
  void ofAllProtocolsOnlyUdpIsSeen() throws Exception {
    assertEquals(
        addresses(ANY_IPV4, Optional.empty()), match("<ipv4><protocol>17</protocol></ipv4>"));
    assertEquals(Optional.empty(), match("<ipv4><protocol>6</protocol></ipv4>"));
    assertEquals(Optional.empty(), match("<ipv6><protocol>58</protocol></ipv6>"));
  }

  @Test
  void theTrafficClassIsMatchedByCodePointAndCongestion() throws Exception {
    TrafficClassMatch dscp = TrafficClassMatch.ANY.withDscp(46);
    assertEquals(marked(ANY_IPV4, dscp), match("<ipv4><dscp>46</dscp></ipv4>"));
    assertEquals(marked(prefix("::", 0), dscp), match("<ipv6><dscp>46</dscp></ipv6>"));
    assertEquals(
        marked(prefix("::", 0), dscp.withEcn(1)),
        match("<ipv6><dscp>46</dscp><ecn>1</ecn></ipv6>"));
    assertEquals(
        marked(ANY_IPV4, TrafficClassMatch.ANY.withEcn(0)), match("<ipv4><ecn>0</ecn></ipv4>"));
    assertEquals(
        marked(ANY_IPV4, TrafficClassMatch.ANY.withDscp(0)), match("<ipv4><dscp>0</dscp></ipv4>"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 123, 123, true",
    "eq, 123, 123, true",
    "neq, 123, 123, false",
    "lte, 0, 123, true",
    "gte, 123, 65535, true",
  })
  void portsAreMatchedByOperator(String operator, int lowest, int highest, boolean isInside)
      throws Exception {
    String port =
        (operator.isEmpty() ? "" : "<operator>" + operator + "</operator>") + "<port>123</port>";
    PortRange range = new PortRange(lowest, highest, isInside);
    assertEquals(
        ports(range, PortRange.ANY), match("<udp><source-port>" + port + "</source-port></udp>"));
    assertEquals(
        ports(PortRange.ANY, range),
        match("<udp><destination-port>" + port + "</destination-port></udp>"));
  }

  @Test
  void portsAreMatchedByRange() throws Exception {
    assertEquals(
        ports(PortRange.of(1024, 65_535), PortRange.only(123)),
        match(
            "<udp><source-port><lower-port>1024</lower-port><upper-port>65535</upper-port>"
                + "</source-port><destination-port><port>123</port></destination-port></udp>"));
  }

  @Test
  void anEntryMayMatchOnEverything() throws Exception {
    assertEquals(
        Optional.of(
            new AccessEntry(
                true,
                prefix("192.0.2.0", 24),
                Optional.empty(),
                PortRange.only(123),
                PortRange.ANY,
                TrafficClassMatch.ANY.withDscp(48))),
        match(
            "<ipv4><dscp>48</dscp><protocol>17</protocol>"
                + "<source-ipv4-network>192.0.2.0/24</source-ipv4-network></ipv4>"
                + "<udp><source-port><port>123</port></source-port></udp>"));
  }

  @Test
  void entriesKeepTheirOrder() throws Exception {
    assertEquals(
        List.of(
            new AccessEntry(false, Optional.empty(), Optional.empty()),
            new AccessEntry(true, Optional.empty(), Optional.empty())),
        entries(ace("2", "", "drop") + ace("1", "", "accept")));
  }

  @Test
  void aListIsEmptyOrMissing() throws Exception {
    AclReader reader = reader("");
    assertEquals(Optional.of(new AccessList(List.of())), reader.list("lan"));
    assertEquals(Optional.empty(), reader.list("nowhere"));
  }

  @Test
  void whoNamesTheSameListGetsTheSame() throws Exception {
    AclReader reader = reader(ace("1", "", "accept"));
    assertSame(reader.list("lan").orElseThrow(), reader.list("lan").orElseThrow());
  }

  private static RpcError refusal(String ace) {
    RpcException refused = assertThrows(RpcException.class, () -> entries(ace));
    return refused.errors().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "ipv4/ttl, <ipv4><ttl>1</ttl></ipv4>",
    "ipv4/length, <ipv4><length>76</length></ipv4>",
    "ipv4/ihl, <ipv4><ihl>5</ihl></ipv4>",
    "ipv4/flags, <ipv4><flags>fragment</flags></ipv4>",
    "ipv4/offset, <ipv4><offset>20</offset></ipv4>",
    "ipv4/identification, <ipv4><identification>1</identification></ipv4>",
    "ipv6/ttl, <ipv6><ttl>1</ttl></ipv6>",
    "ipv6/length, <ipv6><length>56</length></ipv6>",
    "ipv6/flow-label, <ipv6><flow-label>1</flow-label></ipv6>",
    "udp/length, <udp><length>56</length></udp>",
    "ingress-interface, <ingress-interface>eth0</ingress-interface>",
    "egress-interface, <egress-interface>eth0</egress-interface>",
  })
  void whatCannotBeSeenIsRefused(String match, String matches) {
    RpcError error = refusal(ace("one", "", "drop") + ace("two", matches, "accept"));
    assertEquals(ErrorTag.OPERATION_NOT_SUPPORTED, error.tag());
    assertEquals("acl-match", error.appTag().orElse(""));
    assertEquals(
        "The access control list lan is named by the NTP service, which cannot match on "
            + match
            + " as its entry two does: match on networks, protocol, dscp, ecn and UDP ports only,"
            + " or name another list.",
        error.message());
  }

  /// A leaf of the model that neither test names would be overlooked.
  @Test
  void everyMatchOfTheModelIsEitherReadOrRefused() {
    NodeSchema matches = child(child(child(child("acls"), "acl"), "aces"), "ace");
    Set<String> leaves = new TreeSet<>();
    collect(child(matches, "matches"), "", leaves);
    List<String> known = new ArrayList<>();
    for (String family : List.of("ipv4", "ipv6")) {
      for (String leaf : List.of("dscp", "ecn", "length", "protocol", "ttl")) {
        known.add(family + "/" + leaf);
      }
      known.add(family + "/source-" + family + "-network");
      known.add(family + "/destination-" + family + "-network");
    }
    for (String side : List.of("source", "destination")) {
      for (String leaf : List.of("lower-port", "upper-port", "operator", "port")) {
        known.add("udp/" + side + "-port/" + leaf);
      }
    }
    known.addAll(List.of("ipv4/flags", "ipv4/identification", "ipv4/ihl", "ipv4/offset"));
    known.addAll(List.of("ipv6/flow-label", "udp/length"));
    known.addAll(List.of("egress-interface", "ingress-interface"));
    assertEquals(new TreeSet<>(known), leaves);
  }

  private static NodeSchema child(String name) {
    return child(Trees.ROOT, name);
  }

  private static NodeSchema child(NodeSchema parent, String name) {
    return parent.child(NtpNodes.acl(name)).orElseThrow();
  }

  private static void collect(NodeSchema at, String path, Set<String> into) {
    for (NodeSchema child : at.children()) {
      String name = path + child.name().getLocalName();
      if (child.kind() == NodeSchema.Kind.CONTAINER) {
        collect(child, name + "/", into);
      } else {
        into.add(name);
      }
    }
  }

  @Test
  void loggingOfPacketsIsRefused() throws Exception {
    String ace =
        "<ace><name>loud</name><actions><forwarding>drop</forwarding><logging>%s</logging></actions>"
            + "</ace>";
    assertEquals(1, entries(ace.formatted("log-none")).size());
    RpcError error = refusal(ace.formatted("log-syslog"));
    assertEquals("acl-action", error.appTag().orElse(""));
    assertEquals(
        "The access control list lan is named by the NTP service, which does not log packets as its"
            + " entry loud asks: set its logging to log-none, or name another list.",
        error.message());
  }

  @Test
  void aListThatNtpDoesNotNameMayMatchOnAnything() throws Exception {
    AclReader reader = reader(ace("1", "<ipv4><ttl>1</ttl></ipv4>", "accept"));
    assertTrue(reader.list("other").isEmpty());
    ConfigCursor ntp =
        ConfigCursor.of(
                Trees.ROOT, Trees.config("<ntp xmlns='urn:ietf:params:xml:ns:yang:ietf-ntp'/>"))
            .container(NtpNodes.ntp("ntp"))
            .orElseThrow();
    assertEquals(AccessRules.NONE, reader.rules(ntp));
  }
}
