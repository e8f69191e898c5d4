"""Decides to which IP addresses a fetch may connect.

The tables follow IANA's special-purpose address registries. Python's own ``is_global`` is not used, because
its answers changed between patch releases of 3.11 and 3.12.
"""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_TRANSLATED = ipaddress.IPv6Network("::ffff:0:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_ISATAP = (0x00005EFE, 0x02005EFE)


def _low(address: ipaddress.IPv6Address, flip: int = 0) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address((int(address) & 0xFFFFFFFF) ^ flip)


def embedded(address: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses that are embedded in an IPv6 address, if any.

    A host that supports NAT64, 6to4, Teredo or ISATAP turns ``64:ff9b::7f00:1`` into 127.0.0.1, so such an
    address is checked by the address inside it.
    """
    if address in _MAPPED or address in _COMPATIBLE or address in _TRANSLATED or address in _NAT64:
        return (_low(address),)
    if address in _SIX_TO_FOUR:
        return (ipaddress.IPv4Address((int(address) >> 80) & 0xFFFFFFFF),)
    if address in _TEREDO:
        server = ipaddress.IPv4Address((int(address) >> 64) & 0xFFFFFFFF)
        return (server, _low(address, 0xFFFFFFFF))
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return (_low(address),)
    return ()


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet: not private, local, reserved or multicast."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in n for n in _NOT_PUBLIC_4)
    if address.scope_id is not None:
        return False
    inside = embedded(address)
    if not all(is_public(a) for a in inside):
        return False
    if inside and address not in _UNICAST_6:
        return True
    if address in _TEREDO:
        return True
    return address in _UNICAST_6 and not any(address in n for n in _NOT_PUBLIC_6)
