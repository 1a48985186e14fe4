# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wage entries from a spreadsheet: nobody's money goes to a namesake.

Odoo's import takes the first of several that a name fits, and a comma for a thousand
where another column had one. Here both are refused, with what to do.
"""

import re
from functools import cached_property
from io import BytesIO
from zipfile import ZipFile

from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ...payroll_file import typed_date, typed_number
from ...people.known import LINKED
from ...people.typed import People

#: What a format shows as it is written there.
_IN_QUOTES = re.compile(r'"[^"]*"|\\.')
#: How many are named of those that may be meant, or that are wrong.
NAMES_SHOWN = 3


class HrWageEntry(models.Model):
    """Reads rows that name people and components as a person does."""

    _inherit = "hr.wage.entry"

    @api.model
    def get_import_templates(self):
        """A spreadsheet to begin with, with headings in the language of its reader."""
        self.check_access("create")
        is_dutch = (self.env.lang or "").startswith("nl")
        name = "wage_entries_nl" if is_dutch else "wage_entries"
        return [
            {
                "label": self.env._("Template for wage entries"),
                "template": f"/l10n_nl_loket/static/xlsx/{name}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Import, when each row names one employee and one component.

        An employee by personnel number, payroll number, badge, or name; a component by
        its code or name.
        """
        names = {
            name: fields.index(name)
            for name in ("employee_id", "wage_component_id")
            if name in fields
        }
        if not names:
            return super().load(fields, data)
        meaning = _Meaning(self)
        rows, messages = [], []
        for number, row in enumerate(data):
            row = list(row)
            employee = None
            for name, column in names.items():
                text = str(row[column] or "").strip()
                if not text:
                    continue  # refused as any field that has to be filled in
                found = getattr(meaning, name)(text, employee)
                if len(found) == 1:
                    row[column] = str(found.id)
                    employee = found if name == "employee_id" else employee
                    continue
                messages.append(
                    {
                        "type": "error",
                        "field": name,
                        "record": number,
                        "rows": {"from": number, "to": number},
                        "message": meaning.refusal(name, text, found),
                    }
                )
            rows.append(row)
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        fields = [f"{name}/.id" if name in names else name for name in fields]
        return super().load(fields, rows)


class _Meaning:
    """Whom and what the rows of one import may mean."""

    def __init__(self, entries):
        self.env = entries.env
        # As superuser: a clerk need not see employees to enter what is paid to them.
        # Of the companies that the clerk is in, and former ones too.
        self.employees_sudo = (
            self.env["hr.employee"]
            .sudo()
            .with_context(active_test=False)
            .search([("company_id", "in", self.env.companies.ids)])
        )

    @cached_property
    def people(self):
        """Those of the companies that the clerk is in."""
        jobs_sudo = self.env["loket.employee"].sudo()  # see above
        jobs_sudo = jobs_sudo.search(
            [
                ("employee_id", "in", self.employees_sudo.ids),
                ("decision", "in", LINKED),
            ]
        )
        numbers = [(one.id, one.barcode) for one in self.employees_sudo]
        for job in jobs_sudo:
            numbers.append((job.employee_id.id, job.employee_number))
            numbers.append((job.employee_id.id, str(job.payroll_number or "")))
        return People([(one.id, one.name) for one in self.employees_sudo], numbers)

    @cached_property
    def components(self):
        """Those that may be entered, each with all that it is called."""
        components = self.env["hr.wage.component"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        in_english = components.with_context(lang=None)
        return [
            (component, {_key(component.code), _key(component.name), _key(plain.name)})
            for component, plain in zip(components, in_english, strict=True)
        ]

    def employee_id(self, text, _employee):
        """All who may be meant."""
        return self.employees_sudo.browse(self.people.meant(text))

    def wage_component_id(self, text, employee):
        """All that may be meant, of the employee's company where that is known."""
        found = self.env["hr.wage.component"].union(
            *(component for component, keys in self.components if _key(text) in keys)
        )
        if employee:
            return found.filtered(lambda one: one.company_id == employee.company_id)
        return found

    def refusal(self, name, text, found):
        """Why a row is not imported, and what to do.

        :param found: all that may be meant; none, or several
        """
        names = ", ".join(
            f"{one.display_name} ({one.company_id.name})" for one in found[:NAMES_SHOWN]
        )
        if name == "employee_id" and found:
            return self.env._(
                "%(text)s may be several people: %(names)s. Use a number that only one "
                "of them has.",
                text=text,
                names=names,
            )
        if name == "employee_id":
            return self.env._(
                "Nobody has the number or name %(text)s. Use the personnel number, the "
                "payroll number, or the name as it is in Odoo.",
                text=text,
            )
        if found:
            return self.env._(
                "%(text)s may be several wage components: %(names)s. Use the code.",
                text=text,
                names=names,
            )
        return self.env._(
            "There is no wage component with the code or name %(text)s in the company "
            "of the employee. Make it first, or correct the row.",
            text=text,
        )


class Base_ImportImport(models.TransientModel):
    """Wage entries are read as people type them, whatever format Odoo guessed."""

    _inherit = "base_import.import"

    def _read_file(self, options):
        """A cell that shows 12% holds 0.12: it is read as it is seen, and so refused.

        :raise ValueError: the file can't be read twice
        """
        length, rows = super()._read_file(options)
        if self.res_model == "hr.wage.entry":
            for number, column, text in _percentages(self.file, options.get("sheet")):
                rows[number][column] = text
        return length, rows

    def _parse_float_from_data(self, data, index, name, options):
        """:raise ImportValidationError: a number may be two, or is none"""
        if (self.res_model, name) != ("hr.wage.entry", "value"):
            return super()._parse_float_from_data(data, index, name, options)
        wrong = _read_typed(data, index, typed_number)
        if wrong:
            raise ImportValidationError(
                self.env._(
                    "These values are no numbers, or may be read in two ways: "
                    "%(values)s. Write 1234.50 or 1.234,50 or 1234,50.",
                    values="; ".join(wrong[:NAMES_SHOWN]),
                ),
                field=name,
            )
        return None

    def _parse_date_from_data(self, data, index, name, field_type, options):
        """:raise ImportValidationError: a date may be two, or is none"""
        if (self.res_model, name) != ("hr.wage.entry", "date"):
            return super()._parse_date_from_data(data, index, name, field_type, options)
        wrong = _read_typed(data, index, lambda text: str(typed_date(text)))
        if wrong:
            raise ImportValidationError(
                self.env._(
                    "These are no dates, or may be read in two ways: %(values)s. Write "
                    "15-09-2026 or 2026-09-15.",
                    values="; ".join(wrong[:NAMES_SHOWN]),
                ),
                field=name,
            )
        return None


def _read_typed(data, index, read):
    """Put in place what people typed in a column.

    :param read: what makes a value of a text; ValueError: it is none
    :return: the texts that are none
    """
    wrong = []
    for row in data:
        text = str(row[index] or "").strip()
        try:
            row[index] = read(text) if text else ""
        except ValueError:
            wrong.append(text)
    return wrong


def _percentages(content, sheet):
    """The cells of a spreadsheet that are shown as a percentage.

    Of one of LibreOffice Odoo reads what a cell shows, as of plain text.

    :param content: bytes of the file
    :param sheet: the name of the sheet
    :return: (number of the row among those that are not empty, number of the column,
        what is shown), one by one
    """
    if content.startswith(b"PK"):
        rows = _cells_of_xlsx(content, sheet)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        rows = _cells_of_xls(content, sheet)
    else:
        return
    filled = (row for row in rows if any(str(value).strip() for value, _format in row))
    for number, row in enumerate(filled):
        for column, (value, shown_as) in enumerate(row):
            if isinstance(value, float | int) and "%" in _IN_QUOTES.sub("", shown_as):
                yield number, column, f"{value * 100:g}%"


def _cells_of_xlsx(content, sheet):
    """Rows of (value, format); of another kind of archive none."""
    # As Odoo, which has read the file with it: not every Odoo has it installed.
    from openpyxl import load_workbook

    with ZipFile(BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return
    book = load_workbook(BytesIO(content), data_only=True)
    for row in book[sheet or book.sheetnames[0]].rows:
        yield [
            ("" if cell.value is None else cell.value, cell.number_format)
            for cell in row
        ]


def _cells_of_xls(content, sheet):
    """Rows of (value, format)."""
    from xlrd import open_workbook

    book = open_workbook(file_contents=content, formatting_info=True)
    formats = [book.format_map[style.format_key].format_str for style in book.xf_list]
    for row in book.sheet_by_name(sheet or book.sheet_names()[0]).get_rows():
        yield [(cell.value, formats[cell.xf_index]) for cell in row]


def _key(text):
    """A code or a name as it is compared."""
    return " ".join((text or "").split()).casefold()
