"""Reading a table of cases from CSV or XLSX. Pure: no Django. Every way a file can be broken has its own words."""

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook

from cases.intake.words import N_, Finding

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 120
TICK = 500
ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))


class FileProblem(Exception):
    """The file as a whole cannot be read; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True)
class Table:
    """Head and rows of a file: each row with its line number in the file (the head is line 1)."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    encoding: str


def _problem(code: str, template: str, **values: object) -> FileProblem:
    return FileProblem(Finding(code, template, values))


def _silent(rows: int) -> None:
    """Nobody asked how far the reading is."""


def read_table(name: str, content: bytes, tick: Callable[[int], None] = _silent) -> Table:
    """The table in a file; raises FileProblem. The kind is told by content, the name only speaks of old formats.

    `tick` hears of the rows read so far, every TICK rows.
    """
    if not content.strip():
        raise _problem("empty", N_("文件是空的"))
    if len(content) > LARGEST_FILE:
        raise _problem("too_big", N_("文件超过 20 MB"))
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise _problem("xls", N_("这是旧式 .xls 文件，或者是加密的工作簿，请另存为 .xlsx 再上传"))
    if content[:2] == b"PK":
        return _build(_xlsx(content, tick), "XLSX")
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise _problem("broken", N_("文件已损坏，不是有效的 XLSX"))
    text, encoding = _decode(content)
    return _build(_csv(text, tick), encoding)


def _decode(content: bytes) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            raise _problem("encoding", N_("文件编码无法识别，请存为 UTF-8")) from error
    for codec, label in ENCODINGS:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text, label
    raise _problem("encoding", N_("文件编码无法识别，请存为 UTF-8"))


def _csv(text: str, tick: Callable[[int], None]) -> list[list[str]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t，", key=first.count)
    csv.field_size_limit(1_000_000)
    try:
        return list(_told(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), tick))
    except csv.Error as error:
        raise _problem("csv", N_("CSV 格式错误：%(why)s"), why=str(error)) from error


def _told(rows: Iterable[list[str]], tick: Callable[[int], None]) -> Iterator[list[str]]:
    """The rows, with a word every TICK of them."""
    for number, row in enumerate(rows, start=1):
        if number % TICK == 0:
            tick(number)
        yield row


def _xlsx(content: bytes, tick: Callable[[int], None]) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise _problem("bomb", N_("文件解开后过大，拒绝读取"))
            formulas = _has_formulas(archive)
        rows = list(_told(_sheet_rows(content, data_only=True), tick))
        if formulas:  # one that was never calculated has no result: then the formula itself is shown
            written = _sheet_rows(content, data_only=False)
            rows = [
                [a or b for a, b in zip(shown, raw, strict=False)] for shown, raw in zip(rows, written, strict=False)
            ]
    except FileProblem:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise on a broken archive
        raise _problem("broken", N_("文件已损坏，不是有效的 XLSX")) from error
    return rows


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/sheet"):
            with archive.open(name) as part:
                if any(b"<f>" in chunk or b"<f " in chunk for chunk in iter(lambda: part.read(1 << 20), b"")):
                    return True
    return False


def _sheet_rows(content: bytes, *, data_only: bool) -> Iterator[list[str]]:
    """The rows of the first sheet that is shown; a hidden one holds the lists of a form or worse."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])
    sheet.reset_dimensions()  # some programs write a wrong extent; the rows themselves are what counts
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
    for row in itertools.islice(rows, MOST_ROWS + 1002):
        yield [_cell(value) for value in row]
    book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _build(lines: list[list[str]], encoding: str) -> Table:
    start = next((i for i, row in enumerate(lines) if any(cell.strip() for cell in row)), None)
    if start is None:
        raise _problem("empty", N_("文件是空的"))
    head = [re.sub(r"[\s*＊]", "", cell.lstrip("\ufeff")) for cell in lines[start]]
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if twice:
        raise _problem("columns_twice", N_("栏目重复：%(names)s"), names="、".join(twice))
    rows = []
    for number, cells in enumerate(lines[start + 1 :], start=start + 2):
        if not any(cell.strip() for cell in cells):
            continue
        if cells[0].startswith("#"):
            continue  # the explaining line of the template
        row = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            row["\x00extra"] = str(len(cells))
        rows.append((number, row))
        if len(rows) > MOST_ROWS:
            raise _problem("too_many", N_("超过 20,000 行，请分成几个文件"))
    if not rows:
        raise _problem("no_rows", N_("只有表头，没有数据行"))
    return Table(tuple(head), tuple(rows), encoding)
