"""Asks a server for the time and prints type of service or traffic class of the answer.

marks.py ADDRESS PORT
"""

import socket
import sys

IP_RECVTOS = 13
IPV6_RECVTCLASS = 66


def main():
    address, port = sys.argv[1], int(sys.argv[2])
    is_ipv6 = ":" in address
    asking = socket.socket(socket.AF_INET6 if is_ipv6 else socket.AF_INET, socket.SOCK_DGRAM)
    if is_ipv6:
        asking.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVTCLASS, 1)
    else:
        asking.setsockopt(socket.IPPROTO_IP, IP_RECVTOS, 1)
    asking.settimeout(5)
    asking.sendto(bytes([0x23]) + bytes(39) + b"12345678", (address, port))
    _, ancillary, _, _ = asking.recvmsg(1500, 256)
    for _, _, value in ancillary:
        print(value[0])


main()
