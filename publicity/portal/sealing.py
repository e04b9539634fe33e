"""Query codes and sealed files: who knows the code of a case file opens it, and nobody else. Pure: no Django.

A code has sixteen signs: the first six name the row, the other ten are the secret. From the secret and the case number
follows the key (scrypt) under which the row's own key is wrapped; what the row says is sealed under that own key. The
table by itself, even copied whole, tells neither a case number nor a word of a case.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import zlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from publicity.portal.rules import number_key

#: without 0 O 1 I, which people mix up
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NAME, SECRET, GROUP = 6, 10, 4
KEY, NONCE, SALT = 32, 12, 16
#: about 16 MiB and a twentieth of a second a try
COST, BLOCK = 2**14, 8


class Closed(Exception):
    """It does not open: a wrong code, a wrong number, or a row that was tampered with."""


@dataclass(frozen=True)
class Lock:
    """What is stored of a code: the name of the row, the salt, and the row's own key wrapped under the code's key."""

    name: str
    salt: str
    wrapped: str


def new_code() -> str:
    """Sixteen random signs in groups of four: K7QM-3FXD-9WPA-2HTC."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(NAME + SECRET))
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def new_key() -> bytes:
    """The own key of a row."""
    return AESGCM.generate_key(bit_length=KEY * 8)


def bare(code: str) -> str:
    """The signs of a code as typed: small letters, blanks and dashes of any kind do not matter; empty when wrong."""
    signs = number_key(code).upper()
    return signs if len(signs) == NAME + SECRET and set(signs) <= set(SIGNS) else ""


def name_of(code: str) -> str:
    """The name of the row that a code speaks of; empty for what is no code."""
    return bare(code)[:NAME]


def lock(code: str, case_number: str, key: bytes) -> Lock:
    """Lock a row's key with a code and the number of the case."""
    salt = secrets.token_bytes(SALT)
    return Lock(name_of(code), _text(salt), _seal(_outer(code, case_number, salt), key, name_of(code)))


def unlock(code: str, case_number: str, held: Lock) -> bytes:
    """The row's key. Raises Closed for any other code or case number."""
    return _open(_outer(code, case_number, _bytes(held.salt)), held.wrapped, held.name)


def waste_time(code: str, case_number: str) -> None:
    """As long as a real try takes, so that the time does not tell whether a row exists."""
    _outer(code, case_number, b"\x00" * SALT)


def seal(key: bytes, content: Any, name: str) -> str:
    """A content as text that only the key of the row opens, and only in this row."""
    return _seal(key, zlib.compress(json.dumps(content, ensure_ascii=False).encode()), name)


def unseal(key: bytes, sealed: str, name: str) -> Any:
    """The content. Raises Closed when the key is not that of the row."""
    return json.loads(zlib.decompress(_open(key, sealed, name)))


def pack(server_key: str, value: dict[str, Any]) -> str:
    """A value as a token that only this server reads: sealed, not merely signed."""
    return _seal(_server(server_key), json.dumps(value).encode(), "token")


def unpack(server_key: str, token: str) -> dict[str, Any]:
    """The value of a token. Raises Closed for anything that this server did not make."""
    found = json.loads(_open(_server(server_key), token, "token"))
    if not isinstance(found, dict):
        raise Closed
    return found


def _outer(code: str, case_number: str, salt: bytes) -> bytes:
    secret = f"{bare(code)[NAME:]}\n{number_key(case_number)}".encode()
    return hashlib.scrypt(secret, salt=salt, n=COST, r=BLOCK, p=1, maxmem=64 * 2**20, dklen=KEY)


def _server(server_key: str) -> bytes:
    return hashlib.sha256(f"portal.my-case:{server_key}".encode()).digest()


def _seal(key: bytes, plain: bytes, bound_to: str) -> str:
    nonce = secrets.token_bytes(NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode()))


def _open(key: bytes, sealed: str, bound_to: str) -> bytes:
    try:
        raw = _bytes(sealed)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], bound_to.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Closed from wrong


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
