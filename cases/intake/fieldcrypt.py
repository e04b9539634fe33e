"""Encryption of identity numbers at rest, and the keyed digest by which equal numbers are found.

Keys come from settings.COURTCMS_FIELD_KEYS, newest first. The newest encrypts, all decrypt. The digest always uses the
oldest, so that it stays comparable when a new key is put in front (docs/adr: numbering and encryption).
"""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _derive(key: str, purpose: str) -> bytes:
    return hmac.new(key.encode(), f"courtcms:{purpose}".encode(), hashlib.sha256).digest()


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(key, "field"))) for key in keys])


def encrypt(plain: str) -> str:
    """Cipher text with the newest key; an empty text stays empty."""
    return _box(tuple(settings.COURTCMS_FIELD_KEYS)).encrypt(plain.encode()).decode() if plain else ""


def decrypt(cipher: str) -> str:
    """Plain text; raises ValueError when none of the keys fits (a key was lost, or the row was tampered with)."""
    if not cipher:
        return ""
    try:
        return _box(tuple(settings.COURTCMS_FIELD_KEYS)).decrypt(cipher.encode()).decode()
    except InvalidToken as broken:
        raise ValueError("identity number cannot be decrypted with the configured keys") from broken


def digest(kind: str, number: str) -> str:
    """HMAC-SHA256 of kind and number, 64 hex digits; empty for an empty number."""
    if not number:
        return ""
    return hmac.new(
        _derive(settings.COURTCMS_FIELD_KEYS[-1], "digest"), f"{kind}:{number}".encode(), hashlib.sha256
    ).hexdigest()
