"""Runs every operation that ncclient has, with every option, and looks at answers and errors.

operations.py PORT USER PASSWORD

The agent is one with --writable-running, --startup and --url-folder. All cases run in sessions
with base:1.0 and again with base:1.1. Ends with the number of cases, or with the first one that is
answered otherwise than expected.
"""

import re
import sys
import time
import traceback
from contextlib import contextmanager

from ncclient import manager
from ncclient.devices.default import DefaultDeviceHandler
from ncclient.operations import RPCError
from ncclient.operations.errors import TimeoutExpiredError
from ncclient.transport.errors import SessionCloseError, TransportError
from ncclient.xml_ import to_ele

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system"
NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp"
MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
PARTIAL_LOCK = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0"
CASES = []


class Base10(DefaultDeviceHandler):
    _BASE_CAPABILITIES = [
        c for c in DefaultDeviceHandler._BASE_CAPABILITIES if not c.endswith("base:1.1")]


def case(function):
    CASES.append(function)
    return function


def config(inner):
    return f'<config xmlns="{BASE}">{inner}</config>'


def system(inner):
    return config(f'<system xmlns="{SYSTEM}">{inner}</system>')


def contact(value):
    return system(f"<contact>{value}</contact>")


CONTACT = ("subtree", f'<system xmlns="{SYSTEM}"><contact/></system>')


def contact_in(session, source):
    found = re.search("<contact>(.*)</contact>", session.get_config(source, CONTACT).data_xml)
    return found.group(1) if found else None


def told(error, **expected):
    """Whether each field of the error is as expected; a message is a regular expression."""
    found = {name: getattr(error, name) for name in ("type", "tag", "severity", "app_tag", "path",
                                                      "info", "message")}
    expected.setdefault("severity", "error")
    expected.setdefault("type", "protocol")
    for name, value in expected.items():
        actual = (found[name] or "").strip()
        matches = (re.search(value, actual, re.S) if name in ("message", "info", "path")
                   else value == actual)
        assert matches, f"{name} is {actual!r}, not {value!r}, in {found}"


@contextmanager
def refused(**expected):
    try:
        yield
    except RPCError as error:
        told(error, **expected)
    else:
        raise AssertionError(f"answered without an error, not refused with {expected}")


class Connector:
    def __init__(self, port, user, password):
        self.arguments = {
            "host": "127.0.0.1", "port": int(port), "username": user, "password": password,
            "hostkey_verify": False, "look_for_keys": False, "allow_agent": False, "timeout": 20}

    def __call__(self, **device):
        device = device or {"handler": self.handler}
        return manager.connect(device_params=device, **self.arguments)


@case
def get(connect, m):
    data = m.get().data_xml
    assert "clock-state>" in data and "<netconf-state" in data, data
    data = m.get(("subtree", f'<ntp xmlns="{NTP}"><clock-state/></ntp>')).data_xml
    assert "clock-stratum>16<" in data and "<system" not in data.replace("<system-", ""), data
    data = m.get(f'<filter xmlns="{BASE}" type="subtree"><nothing xmlns="urn:x"/></filter>').data_xml
    assert re.search("<(\\w+:)?data [^>]*/>", data), data
    with refused(tag="bad-attribute", info="bad-attribute>type<"):
        m.get(f'<filter xmlns="{BASE}" type="regex"/>')


@case
def xpath(connect, m):
    prefixes = {"n": NTP}
    data = m.get(("xpath", (prefixes, "/n:ntp/n:clock-state/n:system-status/n:clock-stratum"))).data_xml
    assert "clock-stratum>16<" in data and "clock-state>" in data and "refid" not in data, data
    data = m.get_config("running", ("xpath", (prefixes, "/n:ntp/n:port"))).data_xml
    assert re.search(r"<(\w+:)?port>\d+<", data), data
    for broken in ("/n:ntp[", "/q:ntp"):
        with refused(tag="bad-attribute", info="bad-attribute>select<", message="."):
            m.get(("xpath", (prefixes, broken)))
    with refused(tag="invalid-value", message="."):
        m.get(("xpath", (prefixes, "1 + 1")))


@case
def with_defaults(connect, m):
    clock = ("subtree", f'<system xmlns="{SYSTEM}"/>')
    explicit = m.get_config("running", clock).data_xml
    everything = m.get_config("running", clock, with_defaults="report-all").data_xml
    tagged = m.get_config("running", clock, with_defaults="report-all-tagged").data_xml
    trimmed = m.get_config("running", clock, with_defaults="trim").data_xml
    assert "<protocol" not in explicit and "<protocol" not in trimmed, explicit
    assert re.search("<protocol [^>]*>ntp<", everything), everything
    assert re.search('<protocol [^>]*default="true"[^>]*>ntp<', tagged), tagged
    assert "clock-state>" in m.get(with_defaults="report-all").data_xml


@case
def get_config(connect, m):
    for source in ("running", "candidate", "startup"):
        assert f'<system xmlns="{SYSTEM}"' in m.get_config(source).data_xml, source
        assert "clock-state" not in m.get_config(source).data_xml, source
    with refused(tag="unknown-element", info="bad-element>nowhere<"):
        m.get_config("nowhere")


@case
def edit_config(connect, m):
    m.edit_config(contact("a"), target="candidate", default_operation="merge",
                  test_option="test-then-set", error_option="stop-on-error")
    m.edit_config(contact("b"), test_option="set", error_option="continue-on-error")
    m.edit_config(contact("c"), error_option="rollback-on-error")
    assert contact_in(m, "candidate") == "c"
    m.edit_config(contact("d"), test_option="test-only")
    assert contact_in(m, "candidate") == "c", "test-only has no effect"
    m.edit_config(contact("d"), default_operation="none")
    assert contact_in(m, "candidate") == "c", "none changes nothing without an operation"
    create = system(f'<contact xmlns:n="{BASE}" n:operation="create">e</contact>')
    with refused(type="application", tag="data-exists", path="/sys:system/sys:contact$", message="exist"):
        m.edit_config(create)
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'))
    with refused(type="application", tag="data-missing", path="/sys:system/sys:contact$"):
        m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'))
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="remove"/>'))
    m.edit_config(create)
    m.edit_config(system(f'<location xmlns:n="{BASE}" n:operation="replace">f</location>'))
    with refused(tag="bad-attribute", info="bad-attribute>operation<"):
        m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="obliterate"/>'))
    with refused(tag="unknown-element", info="bad-element>shape<", path="/sys:system$"):
        m.edit_config(system("<shape/>"))
    with refused(tag="unknown-namespace", info="bad-namespace>urn:x<"):
        m.edit_config(config('<system xmlns="urn:x"/>'))
    with refused(type="application", tag="invalid-value", path="/ntp:ntp/ntp:port$"):
        m.edit_config(config(f'<ntp xmlns="{NTP}"><port>ten</port></ntp>'))
    assert contact_in(m, "candidate") == "e", "what is refused changes nothing"
    m.discard_changes()


@case
def edit_config_of_running(connect, m):
    m.edit_config(contact("running"), target="running")
    assert contact_in(m, "running") == "running"
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'), target="running")
    assert contact_in(m, "running") is None
    m.discard_changes()
    with refused(tag="operation-not-supported", message="startup"):
        m.edit_config(contact("startup"), target="startup")


@case
def commit_and_discard(connect, m):
    m.edit_config(contact("candidate"))
    m.discard_changes()
    assert contact_in(m, "candidate") is None
    m.edit_config(contact("committed"))
    m.commit()
    assert contact_in(m, "running") == "committed"
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'))
    m.commit()
    assert contact_in(m, "running") is None
    m.commit()


@case
def validate(connect, m):
    m.validate()
    m.validate("running")
    m.validate("startup")
    m.edit_config(config(
        f'<ntp xmlns="{NTP}"><unicast-configuration><address>192.0.2.1</address>'
        "<type>uc-server</type><minpoll>9</minpoll><maxpoll>8</maxpoll>"
        "</unicast-configuration></ntp>"))
    for operation in (m.validate, m.commit):
        with refused(type="application", tag="operation-failed", app_tag="poll-range",
                     path=r"/ntp:ntp/ntp:unicast-configuration\[ntp:address='192.0.2.1'\]",
                     message="maxpoll is below minpoll"):
            operation()
    m.discard_changes()


@case
def copy_config(connect, m):
    m.edit_config(contact("copied"))
    with refused(tag="invalid-value"):
        m.copy_config("candidate", "candidate")
    m.copy_config("candidate", "startup")
    assert contact_in(m, "startup") == "copied"
    m.copy_config("startup", "candidate")
    m.copy_config("running", "candidate")
    assert contact_in(m, "candidate") is None
    m.copy_config("running", "startup")
    whole = m.get_config("running").data_xml
    inner = re.search("<(?:\\w+:)?data[^>]*>(.*)</(?:\\w+:)?data>", whole, re.S).group(1)
    m.copy_config(f'<source xmlns="{BASE}">{config(inner)}</source>', "candidate")
    assert m.get_config("candidate").data_xml == whole
    # What was read lacks the passwords, which nobody may read.
    m.discard_changes()


@case
def files(connect, m):
    m.copy_config("running", "file:///kept.xml")
    m.edit_config(contact("other"), target="running")
    m.validate("file:///kept.xml")
    m.copy_config("file:///kept.xml", "candidate")
    assert contact_in(m, "candidate") is None
    # It lacks the passwords, which nobody may read.
    m.discard_changes()
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'), target="running")
    # What ncclient takes for a URL has a host.
    with refused(tag="invalid-value", message="."):
        m.edit_config("file://localhost/nothing.xml", format="url")
    m.discard_changes()
    m.delete_config("file:///kept.xml")
    with refused(type="application", tag="operation-failed", message="kept.xml"):
        m.copy_config("file:///kept.xml", "candidate")
    with refused(tag="invalid-value"):
        m.copy_config("file:///../../../etc/passwd", "candidate")


@case
def delete_config(connect, m):
    with refused(tag="operation-not-supported", message="running"):
        m.delete_config("running")
    m.delete_config("startup")
    assert "<system" not in m.get_config("startup").data_xml
    m.copy_config("running", "startup")


@case
def locks(connect, m):
    with connect() as other:
        for store in ("running", "candidate", "startup"):
            m.lock(store)
            with refused(tag="lock-denied",
                         info=f"session-id>{m.session_id}<"):
                other.lock(store)
            if store != "startup":
                with refused(tag="in-use", info=f"session-id>{m.session_id}<"):
                    other.edit_config(contact("x"), target=store)
            with refused(tag="operation-failed", message="."):
                other.unlock(store)
            m.unlock(store)
        m.edit_config(contact("dirty"))
        with refused(tag="lock-denied", message="."):
            other.lock("candidate")
        m.discard_changes()
    with m.locked("candidate"), m.locked("running"):
        m.edit_config(contact("locked"))
        m.commit()
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'))
    m.commit()
    with refused(tag="operation-failed", message="."):
        m.unlock("running")


@case
def partial_locks(connect, m):
    m.edit_config(contact("mine"), target="running")
    reply = m.rpc(to_ele(
        f'<partial-lock xmlns="{PARTIAL_LOCK}"><select xmlns:s="{SYSTEM}">/s:system/s:contact'
        "</select></partial-lock>")).xml
    assert ":system/" in re.search("<locked-node[^>]*>(.*)</locked-node>", reply).group(1), reply
    lock_id = re.search(r"<lock-id[^>]*>(\d+)</lock-id>", reply).group(1)
    with connect() as other:
        with refused(tag="in-use", path="/sys:system/sys:contact$",
                     info=f"session-id>{m.session_id}<"):
            other.edit_config(contact("yours"), target="running")
        with refused(tag="lock-denied", info=f"session-id>{m.session_id}<"):
            other.lock("running")
        other.edit_config(system("<location>elsewhere</location>"), target="running")
        other.edit_config(system(f'<location xmlns:n="{BASE}" n:operation="delete"/>'),
                          target="running")
        m.rpc(to_ele(f'<partial-unlock xmlns="{PARTIAL_LOCK}"><lock-id>{lock_id}</lock-id>'
                     "</partial-unlock>"))
        other.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'),
                          target="running")
    m.discard_changes()


@case
def confirmed_commit(connect, m):
    m.edit_config(contact("tentative"))
    m.commit(confirmed=True, timeout="60")
    assert contact_in(m, "running") == "tentative"
    m.cancel_commit()
    assert contact_in(m, "running") is None
    m.discard_changes()
    m.edit_config(contact("kept"))
    m.commit(confirmed=True)
    m.commit()
    with refused(tag="operation-failed", message="."):
        m.cancel_commit()
    assert contact_in(m, "running") == "kept"
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'))
    m.commit()
    with refused(tag="invalid-value", message="."):
        m.commit(confirmed=True, timeout="0")


@case
def confirmed_commit_ends_with_its_session(connect, m):
    with connect() as other:
        other.edit_config(contact("passing"))
        other.commit(confirmed=True, timeout="600")
        assert contact_in(m, "running") == "passing"
        with refused(tag="in-use"):
            m.edit_config(contact("x"), target="running")
    # The agent sees the session end some time after its client does.
    end = time.monotonic() + 10
    while contact_in(m, "running") is not None:
        assert time.monotonic() < end
        time.sleep(0.05)
    m.discard_changes()


@case
def persistent_confirmed_commit(connect, m):
    with connect() as other:
        other.edit_config(contact("persistent"))
        other.commit(confirmed=True, timeout="600", persist="token")
    assert contact_in(m, "running") == "persistent"
    with refused(tag="invalid-value", message="."):
        m.commit(persist_id="other")
    with refused(tag="invalid-value", message="."):
        m.cancel_commit(persist_id="other")
    m.commit(confirmed=True, timeout="500", persist_id="token")
    m.cancel_commit(persist_id="token")
    assert contact_in(m, "running") is None
    m.discard_changes()
    m.edit_config(contact("persistent"))
    m.commit(confirmed=True, persist="token")
    m.commit(persist_id="token")
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'))
    m.commit()
    assert contact_in(m, "running") is None


@case
def get_schema(connect, m):
    assert m.get_schema("ietf-ntp").data.startswith("module ietf-ntp {")
    assert m.get_schema("ietf-ntp", version="2022-07-05", format="yang").data
    with refused(tag="invalid-value", message="ietf-nothing"):
        m.get_schema("ietf-nothing")
    with refused(tag="invalid-value", message="1999-01-01"):
        m.get_schema("ietf-ntp", version="1999-01-01")
    with refused(tag="invalid-value", message="."):
        m.get_schema("ietf-ntp", format="xsd")


@case
def dispatch_and_rpc(connect, m):
    ok = m.dispatch(to_ele(f'<discard-changes xmlns="{BASE}"/>'))
    assert ok.ok
    data = m.dispatch(to_ele(f'<get-config xmlns="{BASE}"/>'), source="running", filter=CONTACT)
    assert re.search(r"<(\w+:)?data\b", data.xml), data.xml
    assert "data" in m.rpc(to_ele(f'<get xmlns="{BASE}"><filter/></get>')).xml
    with refused(tag="operation-not-supported", message="reboot"):
        m.rpc(to_ele('<reboot xmlns="urn:acme"/>'))
    with refused(tag="missing-element", info="bad-element>source<"):
        m.rpc(to_ele(f'<get-config xmlns="{BASE}"/>'))


@case
def subscription(connect, m):
    m.create_subscription()
    with refused(tag="in-use", message="subscription"):
        m.create_subscription()
    m.edit_config(contact("told"), target="running")
    change = next_of(m, "netconf-config-change")
    assert "<username>admin<" in change and "/sys:system/sys:contact<" in change, change
    m.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="delete"/>'), target="running")
    m.discard_changes()
    next_of(m, "netconf-config-change")


def next_of(session, name):
    while True:
        taken = session.take_notification(timeout=10)
        assert taken is not None, f"no {name}"
        if name in taken.notification_xml:
            return taken.notification_xml


@case
def subscription_with_all_parameters(connect, m):
    with connect() as other:
        with refused(tag="bad-element", info="bad-element>stream<"):
            other.create_subscription(stream_name="nowhere")
        other.create_subscription(
            stream_name="NETCONF", start_time="2026-01-01T00:00:00Z",
            stop_time="2026-01-02T00:00:00Z",
            filter=("subtree", '<netconf-session-start xmlns="urn:ietf:params:xml:ns:yang:'
                    'ietf-netconf-notifications"/>'))
        next_of(other, "replayComplete")
        next_of(other, "notificationComplete")
        other.create_subscription()
        with refused(tag="bad-element", message="."):
            m.create_subscription(start_time="2999-01-01T00:00:00Z")


@case
def kill_session(connect, m):
    other = connect()
    other.lock("running")
    m.kill_session(other.session_id)
    m.lock("running")
    m.unlock("running")
    try:
        other.get_config("running")
        raise AssertionError("a killed session answered")
    except (SessionCloseError, TransportError, TimeoutExpiredError):
        pass
    with refused(tag="invalid-value", message="session"):
        m.kill_session(other.session_id)
    with refused(tag="invalid-value", message="."):
        m.kill_session(m.session_id)


@case
def close_session(connect, m):
    other = connect()
    assert other.close_session().ok
    assert not other.connected


@case
def power_control(connect, m):
    namespace = "urn:liberouter:params:xml:ns:netconf:power-control:1.0"
    for name in ("poweroff-machine", "reboot-machine"):
        with refused(tag="operation-not-supported", message=name):
            m.rpc(to_ele(f'<{name} xmlns="{namespace}"/>'))


@case
def vendors(connect, m):
    """What H3C's and Huawei's clients send beyond the standard is refused; the session lives."""
    with connect(name="h3c") as h3c:
        for request in (
                lambda: h3c.get_bulk(), lambda: h3c.get_bulk_config("running"),
                lambda: h3c.cli(f'<Execution xmlns="{BASE}">display clock</Execution>'),
                lambda: h3c.action(f'<top xmlns="{BASE}"/>'), lambda: h3c.save("a.cfg"),
                lambda: h3c.load("a.cfg"), lambda: h3c.rollback("a.cfg")):
            with refused(tag="operation-not-supported", message="."):
                request()
        vendor_edit(h3c)
    with connect(name="huaweiyang") as huawei:
        vendor_edit(huawei)


def vendor_edit(session):
    with session.locked("candidate"):
        session.edit_config(contact("vendor"), target="candidate")
        session.validate("candidate")
        session.commit()
    assert contact_in(session, "running") == "vendor"
    assert "clock-state" in session.get(("subtree", f'<ntp xmlns="{NTP}"/>')).data_xml
    session.edit_config(system(f'<contact xmlns:n="{BASE}" n:operation="remove"/>'))
    session.commit()


def main():
    connect = Connector(*sys.argv[1:4])
    only = sys.argv[4:]
    failed = []
    for handler in (Base10, DefaultDeviceHandler):
        connect.handler = handler
        for function in CASES:
            if only and function.__name__ not in only:
                continue
            name = f"{function.__name__} ({handler.__name__})"
            try:
                with connect() as m:
                    function(connect, m)
                    m.get_config("running", CONTACT)
                    assert contact_in(m, "running") is None, "the contact was left behind"
            except Exception:
                traceback.print_exc()
                failed.append(name)
    if failed:
        print("failed:", *failed, sep="\n  ")
        return 1
    print(2 * len(CASES), "cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
