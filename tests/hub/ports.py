"""Ports of this machine for servers."""

import random
import socket

PORTS = range(20_000, 32_000)
"""Below those that Linux gives to whoever asks for any: nobody takes one of them before its server has started."""


def free_ports(count: int) -> list[int]:
    """Return the numbers of ports that nobody listens on."""
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        if len(found) == count:
            break
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
    return found
