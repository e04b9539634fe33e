"""Marks a sentence for translation where Django must not be imported."""


def N_(text: str) -> str:
    """The sentence itself; whoever shows it translates it."""
    return text
