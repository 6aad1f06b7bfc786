"""Sends hand-written frames through OpenSSH and looks at the octets that come back.

wire.py PORT USER KEYFILE

Ends with the number of cases, or names the first one that is answered otherwise than expected.
"""

import re
import subprocess
import sys

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
END = b"]]>]]>"


def hello(*versions, inside="", around=""):
    capabilities = "".join(
        f"<capability>{around}urn:ietf:params:netconf:base:{v}{around}</capability>"
        for v in versions)
    return (f'<hello xmlns="{BASE}"><capabilities>{capabilities}</capabilities>{inside}'
            "</hello>").encode() + END


def rpc(inner, attributes='message-id="1"'):
    return f'<rpc xmlns="{BASE}" {attributes}>{inner}</rpc>'.encode()


def chunks(message, size=None):
    size = size or len(message)
    parts = [message[i:i + size] for i in range(0, len(message), size)]
    return b"".join(b"\n#%d\n" % len(p) + p for p in parts) + b"\n##\n"


GET = "<get-config><source><running/></source><filter/></get-config>"
CLOSE = rpc("<close-session/>", 'message-id="9"')
H10, H11 = hello("1.0"), hello("1.0", "1.1")
EMPTY = r'<rpc-reply [^>]*message-id="1"[^>]*><data/></rpc-reply>'
CLOSED = r'message-id="9"[^>]*><ok/></rpc-reply>'
MALFORMED = r"<error-tag>malformed-message</error-tag>"
CONTACT = ('<edit-config><target><candidate/></target><config>'
           '<system xmlns="urn:ietf:params:xml:ns:yang:ietf-system"><contact>Zoë ☎</contact>'
           "</system></config></edit-config>")
READ_CONTACT = ('<get-config><source><candidate/></source><filter>'
                '<system xmlns="urn:ietf:params:xml:ns:yang:ietf-system"><contact/></system>'
                "</filter></get-config>")

# name, what is sent, what the answers (without the server's hello) are as a whole
CASES = [
    ("requests right behind the hello, base:1.0",
     H10 + rpc(GET) + END + CLOSE + END, f"{EMPTY}]]>]]>.*{CLOSED}]]>]]>"),
    ("requests right behind the hello, base:1.1",
     H11 + chunks(rpc(GET)) + chunks(CLOSE), rf"\n#\d+\n.*{EMPTY}\n##\n.*{CLOSED}\n##\n"),
    ("chunks of one octet, through the middle of characters",
     H11 + chunks(rpc(CONTACT), 1) + chunks(rpc(READ_CONTACT), 7) + chunks(CLOSE),
     r".*<ok/>.*<contact>Zoë ☎</contact>.*<ok/>.*"),
    ("a client that knows 1.1 only", hello("1.1") + chunks(rpc(GET)) + chunks(CLOSE),
     rf"\n#\d+\n.*{EMPTY}.*{CLOSED}\n##\n"),
    ("white space around capabilities", hello("1.0", around="\n  ") + rpc(GET) + END, f"{EMPTY}]]>]]>"),
    ("a prefixed hello after a declaration and a newline",
     b'\n<?xml version="1.0" encoding="UTF-8"?>\n'
     + H10.replace(b"<hello xmlns=", b"<nc:hello xmlns:nc=").replace(b"</hello", b"</nc:hello")
     .replace(b"<capabilit", b"<nc:capabilit").replace(b"</capabilit", b"</nc:capabilit")
     + rpc(GET) + END, f"{EMPTY}]]>]]>"),
    ("no hello", rpc(GET) + END, ""),
    ("a hello with a session-id",
     hello("1.0", inside="<session-id>4</session-id>") + rpc(GET) + END, ""),
    ("no version in common", hello("2.0") + rpc(GET) + END, ""),
    ("chunk-size 0", H11 + b"\n#0\n\n##\n", f".*{MALFORMED}.*"),
    ("chunk-size with a leading zero", H11 + b"\n#010\n0123456789\n##\n", f".*{MALFORMED}.*"),
    ("chunk-size above 32 bits", H11 + b"\n#4294967296\nx", f".*{MALFORMED}.*"),
    ("the largest chunk-size is no reason to allocate", H11 + b"\n#4294967295\nx",
     r"|.*<error-tag>too-big</error-tag>.*"),
    ("end-of-message marker under base:1.1", H11 + rpc(GET) + END, f".*{MALFORMED}.*"),
    ("a document type", H11 + chunks(b'<!DOCTYPE r [<!ENTITY e "x">]>' + rpc("<get/>"))
     + chunks(CLOSE), f".*{MALFORMED}.*{CLOSED}.*"),
    ("broken XML, and the session lives on",
     H11 + chunks(b"<rpc><get></rpc>") + chunks(CLOSE), f".*{MALFORMED}.*{CLOSED}.*"),
    ("two requests in one frame", H11 + chunks(rpc(GET) + rpc(GET)) + chunks(CLOSE),
     f".*{MALFORMED}.*{CLOSED}.*"),
    ("attributes come back as they were",
     H10 + rpc(GET, 'xmlns:x="urn:x" x:trace="a&lt;b" message-id="1"') + END,
     r'<rpc-reply (?=[^>]*xmlns:x="urn:x")(?=[^>]*x:trace="a&lt;b")[^>]*message-id="1"[^>]*>.*'),
    ("no message-id", H10 + rpc(GET, "") + END,
     r'<rpc-reply xmlns="[^"]*"><rpc-error><error-type>rpc</error-type>'
     r"<error-tag>missing-attribute</error-tag>.*<bad-attribute>message-id</bad-attribute>"
     r"<bad-element>rpc</bad-element>.*"),
    ("an unknown operation", H10 + rpc('<reboot xmlns="urn:acme"/>') + END,
     r".*<error-tag>operation-not-supported</error-tag>.*"),
    ("a lock taken twice",
     H10 + rpc("<lock><target><running/></target></lock>") + END
     + rpc("<lock><target><running/></target></lock>", 'message-id="2"') + END,
     r".*<ok/>.*<error-tag>lock-denied</error-tag>.*<session-id>\d+</session-id>.*"),
    ("what the one above held is free", H10 + rpc("<lock><target><running/></target></lock>")
     + END, r".*<ok/>.*"),
]


def main():
    port, user, key = sys.argv[1:]
    command = [
        "ssh", "-T", "-p", port, "-i", key, "-o", "StrictHostKeyChecking=no",
        "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR",
        f"{user}@127.0.0.1", "-s", "netconf"]
    for name, sent, expected in CASES:
        received = subprocess.run(
            command, input=sent, stdout=subprocess.PIPE, timeout=30, check=False).stdout
        greeting, _, answers = received.partition(END)
        assert b"<session-id>" in greeting, f"{name}: no hello but {received!r}"
        text = answers.decode()
        assert re.fullmatch(expected, text, re.DOTALL), f"{name}: {text!r}, not {expected!r}"
    print(len(CASES), "cases")


if __name__ == "__main__":
    main()
