"""Long lists in YAML, read several times faster than a general loader reads them.

libyaml says what it sees as events at a million a second; what costs time in PyYAML is the tree of nodes that it makes
of them. A list of plain entries needs no tree. Whatever is not plain (anchors, aliases, tags, merge keys, several
documents, deep nesting, mistakes) is left to the general loader, so that answers and messages are always its own. Pure.
"""

from __future__ import annotations

from typing import Any

import yaml

DEEPEST = 30
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null")}
_NO_KEY = object()


class DatelessLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe, and without dates: an impossible day must spoil its own entry, not the whole file."""


DatelessLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str) -> Any:
    """What a YAML text says; days stay text. Raises yaml.YAMLError, ValueError or RecursionError as PyYAML does."""
    try:
        return _Plain(text).read()
    except (_NotPlain, yaml.YAMLError, ValueError):
        return yaml.load(text, Loader=DatelessLoader)


class _NotPlain(Exception):
    """Something that only the general loader understands."""


class _Words(dict[str, Any]):
    """What unquoted words mean; each is looked up once."""

    def __init__(self) -> None:
        super().__init__()
        self._loader = DatelessLoader("")

    def __missing__(self, word: str) -> Any:
        tag = self._loader.resolve(yaml.ScalarNode, word, (True, False))
        if tag not in _PLAIN:
            raise _NotPlain
        make = self._loader.yaml_constructors[tag]
        self[word] = value = make(self._loader, yaml.ScalarNode(tag, word))
        return value


class _Plain:
    """One text; keeps the lists and mappings that are not closed yet."""

    def __init__(self, text: str) -> None:
        self._next = DatelessLoader(text).get_event
        self._words = _Words()

    def read(self) -> Any:
        """The only document of the text."""
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
            if type(self._next()) is not expected:
                raise _NotPlain
        found = self._document()
        for expected in (yaml.DocumentEndEvent, yaml.StreamEndEvent):
            if type(self._next()) is not expected:
                raise _NotPlain
        return found

    def _document(self) -> Any:
        get, words, scalar = self._next, self._words, yaml.ScalarEvent
        open_ones: list[tuple[Any, Any]] = []
        inside: Any = None
        key: Any = _NO_KEY
        while True:
            event = get()
            kind = type(event)
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    raise _NotPlain
                value = words[event.value] if event.implicit[0] else event.value
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value = inside
                inside, key = open_ones.pop()
            else:
                self._opens(event, kind, len(open_ones))
                open_ones.append((inside, key))
                inside, key = {} if kind is yaml.MappingStartEvent else [], _NO_KEY
                continue
            if type(inside) is list:
                inside.append(value)
            elif inside is None:
                return value
            elif key is _NO_KEY:
                if type(value) is dict or type(value) is list:
                    raise _NotPlain
                key = value
            else:
                inside[key] = value
                key = _NO_KEY

    @staticmethod
    def _opens(event: Any, kind: type, depth: int) -> None:
        if kind is not yaml.MappingStartEvent and kind is not yaml.SequenceStartEvent:
            raise _NotPlain
        if event.anchor is not None or event.tag is not None or depth > DEEPEST:
            raise _NotPlain
