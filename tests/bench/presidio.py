"""Microsoft Presidio with Chinese recognisers on the same texts: jieba's names and patterns of six kinds of numbers.

Not among the requirements: `pip install presidio-analyzer jieba` beside the project, or the bench says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from time import process_time
from typing import Any

PATTERNS = {
    "CN_ID": r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)",
    "CN_MOBILE": r"(?<!\d)1[3-9]\d{9}(?!\d)",
    "CN_LANDLINE": r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)",
    "CN_CARD": r"(?<!\d)[3-6]\d{15,18}(?!\d)",
    "CN_PLATE": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}",
    "CN_EMAIL": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
}
ROUNDS = 2


def measure(texts: list[str]) -> dict[str, object]:
    """Letters a second of `AnalyzerEngine.analyze`, or the reason why there is no figure."""
    try:
        analyse = _analyser()
    except ImportError as missing:
        return {"not_measured": f"{missing.name} is not installed"}
    analyse(texts[0])
    best = min(_seconds(analyse, texts) for _ in range(ROUNDS))
    letters = sum(map(len, texts))
    return {"letters": letters, "letters_per_second": round(letters / best)}


def _seconds(analyse: Callable[[str], Any], texts: list[str]) -> float:
    begin = process_time()
    for text in texts:
        analyse(text)
    return process_time() - begin


def _analyser() -> Callable[[str], Any]:
    presidio, engines = import_module("presidio_analyzer"), import_module("presidio_analyzer.nlp_engine")
    posseg, spacy = import_module("jieba.posseg"), import_module("spacy")

    class Names(presidio.EntityRecognizer):  # type: ignore[name-defined, misc]
        """jieba's words tagged nr."""

        def load(self) -> None:
            """jieba loads by itself."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            found, at = [], 0
            for word, tag in posseg.cut(text):
                if tag.startswith("nr"):
                    found.append(presidio.RecognizerResult("PERSON", at, at + len(word), 0.7))
                at += len(word)
            return found

    engine = engines.SpacyNlpEngine(models=[{"lang_code": "zh", "model_name": "blank"}])
    engine.nlp = {"zh": spacy.blank("zh")}
    registry = presidio.RecognizerRegistry(supported_languages=["zh"])
    registry.recognizers = [Names(["PERSON"], supported_language="zh")]
    for kind, pattern in PATTERNS.items():
        patterns = [presidio.Pattern(kind, pattern, 0.8)]
        registry.add_recognizer(presidio.PatternRecognizer(kind, patterns=patterns, supported_language="zh"))
    analyser = presidio.AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["zh"])
    return lambda text: analyser.analyze(text, language="zh")
