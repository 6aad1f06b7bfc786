"""Talks to one agent with ncclient, as an operator's script would.

device.py PORT USER PASSWORD push FILE        edit-config of FILE into candidate, then commit
device.py PORT USER PASSWORD expect FILE S    wait up to S seconds until FILE is a subset of <get>
device.py PORT USER PASSWORD trace FILE       call trace; FILE must be a subset of the answer
device.py PORT USER PASSWORD synchronized S   wait up to S seconds until clock-state says so
device.py PORT USER PASSWORD stream           print the number in contact, then commit the next ones
                                              for ever and print each
"""

import sys
import time
import xml.etree.ElementTree as ET

from ncclient import manager
from ncclient.xml_ import to_ele

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp"
SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system"
CHRONOCONF = "urn:chronoconf:yang:ntp"
CLOCK_FILTER = f'<ntp xmlns="{NTP}"/>'


def connect(port, user, password):
    return manager.connect(
        host="127.0.0.1", port=int(port), username=user, password=password,
        hostkey_verify=False, look_for_keys=False, allow_agent=False, timeout=30)


def push(session, config):
    session.edit_config(target="candidate", config=config)
    session.commit()


def local(value):
    return value.strip().split(":")[-1] if value and ":" in value and " " not in value else value


def same(expected, found):
    expected, found = (expected or "").strip(), (found or "").strip()
    # An identity is written with whatever prefix the document declares.
    return expected == found or (
        expected.partition(":")[0] == "ntp" and local(expected) == local(found))


def missing(expected, found, path=""):
    """What of `expected` is not in `found`, as a list of paths."""
    lacking = []
    for child in expected:
        here = path + "/" + child.tag.partition("}")[2]
        candidates = found.findall(child.tag)
        if not candidates:
            lacking.append(here + " is absent")
        elif len(child):
            each = [missing(child, candidate, here) for candidate in candidates]
            lacking += min(each, key=len)
        elif not any(same(child.text, candidate.text) for candidate in candidates):
            lacking.append(f"{here} is {[c.text for c in candidates]}, not {child.text}")
    return lacking


def contact(session):
    data = session.get_config(
        "running", ("subtree", f'<system xmlns="{SYSTEM}"><contact/></system>')).data_xml
    return int(ET.fromstring(data.encode()).findtext(
        f"{{{SYSTEM}}}system/{{{SYSTEM}}}contact", "0"))


def wait(seconds, attempt):
    end = time.monotonic() + float(seconds)
    while True:
        problem = attempt()
        if not problem:
            return 0
        if time.monotonic() > end:
            print(problem)
            return 1
        time.sleep(0.5)


def main():
    port, user, password, action, *rest = sys.argv[1:]
    with connect(port, user, password) as session:
        if action == "push":
            push(session, open(rest[0]).read())
        elif action == "expect":
            expected = ET.parse(rest[0]).getroot()
            return wait(rest[1], lambda: "\n".join(missing(expected, ET.fromstring(
                session.get(("subtree", CLOCK_FILTER)).data_xml.encode()))))
        elif action == "trace":
            reply = session.dispatch(to_ele(f'<trace xmlns="{CHRONOCONF}"/>'))
            problem = missing(ET.parse(rest[0]).getroot(), ET.fromstring(reply.xml.encode()))
            print("\n".join(problem) or reply.xml)
            return 1 if problem else 0
        elif action == "synchronized":
            def unsynchronized():
                data = session.get(("subtree", CLOCK_FILTER)).data_xml
                return "" if ":synchronized<" in data or ">synchronized<" in data else data
            return wait(rest[0], unsynchronized)
        elif action == "stream":
            number = contact(session)
            print("found", number, flush=True)
            while True:
                number += 1
                push(session, f'<config xmlns="{BASE}"><system xmlns="{SYSTEM}">'
                              f"<contact>{number}</contact></system></config>")
                print(number, flush=True)
    return 0


sys.exit(main())
