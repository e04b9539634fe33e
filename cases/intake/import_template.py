"""The template file of the import: heads, an explaining line, one invented example."""

import csv
import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from cases.intake.import_columns import CASE_COLUMNS, PARTY_COLUMNS, Column

SHOWN_PARTIES = 2
EXAMPLES = {"2.role": "被上诉人", "2.kind": "自然人", "2.name": "乙丁", "2.address": "天津市甲区丙路2号"}


def template_columns() -> list[tuple[Column, int]]:
    """Columns of the template: those of the case (0), then those of two parties (1, 2)."""
    parties = [(column, number) for number in range(1, SHOWN_PARTIES + 1) for column in PARTY_COLUMNS]
    return [(column, 0) for column in CASE_COLUMNS] + parties


def _rows() -> list[list[str]]:
    english = (get_language() or "").startswith("en")
    heads, explained, example = [], [], []
    for column, number in template_columns():
        name = column.en if english else column.zh
        heads.append(name if not number else f"party {number} {name}" if english else f"当事人{number}{name}")
        explained.append(_(column.explain) + (_("（必填）") if column.required else ""))
        example.append(EXAMPLES.get(f"{number}.{column.key}", column.example if number < 2 else ""))
    explained[0] = "# " + explained[0]
    return [heads, explained, example]


def template_csv() -> bytes:
    """The template as CSV with a byte order mark, which spreadsheets need to see UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_rows())
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def template_xlsx() -> bytes:
    """The template as a workbook; all cells are text, so that numbers keep their zeros."""
    book = Workbook()
    sheet = book.active
    sheet.title = "cases"
    for row in _rows():
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) * 2)
    for row in sheet.iter_rows():
        for cell in row:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
