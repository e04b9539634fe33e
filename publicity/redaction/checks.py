"""Check digits of the identifiers that a judgment may contain. Pure functions, no state."""

from __future__ import annotations

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
HONG_KONG_BLANK = 36  # a missing first letter counts as a blank


def identity_number(value: str) -> bool:
    """GB 11643: eighteen characters, the last one a check digit modulo 11."""
    value = value.upper()
    if len(value) != 18 or not value[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value, ID_WEIGHTS, strict=False))
    return ID_CHECK[total % 11] == value[17]


def bank_card(value: str) -> bool:
    """Luhn sum over 16 to 19 digits, as printed on bank cards."""
    if not value.isdigit() or not 16 <= len(value) <= 19:
        return False
    total = 0
    for position, digit in enumerate(reversed(value)):
        number = int(digit) * (2 if position % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def credit_code(value: str) -> bool:
    """GB 32100: unified social credit code of an organisation."""
    if len(value) != 18 or any(letter not in CREDIT_ALPHABET for letter in value):
        return False
    total = sum(CREDIT_ALPHABET.index(letter) * weight for letter, weight in zip(value, CREDIT_WEIGHTS, strict=False))
    return CREDIT_ALPHABET[(31 - total % 31) % 31] == value[17]


def organisation_code(value: str) -> bool:
    """GB 11714: eight characters, a hyphen, a check character."""
    body, _, check = value.partition("-")
    if len(body) != 8 or len(check) != 1:
        return False
    if not all(letter.isascii() and letter.isalnum() for letter in body):
        return False
    total = sum(int(letter, 36) * weight for letter, weight in zip(body.upper(), ORGANISATION_WEIGHTS, strict=True))
    expected = 11 - total % 11
    return {10: "X", 11: "0"}.get(expected, str(expected)) == check


def hong_kong_identity(value: str) -> bool:
    """Hong Kong identity card: one or two letters, six digits, a check digit in brackets."""
    plain = value.replace("（", "(").replace("）", ")")
    body, _, tail = plain.partition("(")
    if len(tail) != 2 or len(body) not in (7, 8):
        return False
    numbers = [int(letter, 36) for letter in body]
    if len(body) == 7:
        numbers.insert(0, HONG_KONG_BLANK)
    total = sum(number * weight for number, weight in zip(numbers, range(9, 1, -1), strict=True))
    expected = 11 - total % 11
    return {10: "A", 11: "0"}.get(expected, str(expected)) == tail[0]


CHECKS = {
    "gb11643_18": identity_number,
    "luhn_16_19": bank_card,
    "gb32100": credit_code,
    "gb11714": organisation_code,
    "hkid": hong_kong_identity,
}


def passes(name: str, value: str) -> bool:
    """Whether `value`, without blanks and hyphens where the check knows none, satisfies the named check."""
    if name in ("gb11643_18", "luhn_16_19", "gb32100"):
        value = "".join(letter for letter in value if letter.isalnum())
    return CHECKS[name](value)
