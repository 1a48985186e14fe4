# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from odoo.tests import tagged
from odoo.tools import file_open

from .common_export import ExportCase

FIELDS = ["date", "employee_id", "wage_component_id", "value", "note"]


@tagged("post_install", "-at_install")
class TestWageEntryImport(ExportCase):
    """A spreadsheet of a clerk, through Odoo's own import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.travel, cls.meals = cls.env["hr.wage.component"].create(
            [
                {"name": "Reiskosten", "code": "R", "company_id": cls.company.id},
                {"name": "Maaltijden", "code": "M", "company_id": cls.company.id},
            ]
        )
        cls.anna_job.employee_number = "A007"

    def load(self, *rows, **options):
        """Import rows as a clerk does; what Odoo says of them.

        :return: {row: message}, {employee, component, value, day}
        """
        text = "\n".join(["Datum;Werknemer;Component;Waarde;Notitie", *rows])
        wizard = (
            self.env["base_import.import"]
            .with_user(self.clerk)
            .with_context(allowed_company_ids=self.company.ids)
            .create(
                {
                    "res_model": "hr.wage.entry",
                    "file": text.encode(),
                    "file_type": "text/csv",
                    "file_name": "entries.csv",
                }
            )
        )
        options = {
            "has_headers": True,
            "quoting": '"',
            "separator": ";",
            "date_format": "%d-%m-%Y",
            **options,
        }
        result = wizard.execute_import(FIELDS, [], options)
        messages = {one.get("record"): one["message"] for one in result["messages"]}
        entries = self.env["hr.wage.entry"].search([], order="id")
        return messages, [
            (one.employee_id, one.wage_component_id, one.value, str(one.date))
            for one in entries
        ]

    def load_cell(self, value, number_format):
        """Import a sheet with one value, a format of the cell, and an empty row."""
        book = Workbook()
        sheet = book.active
        sheet.append(["Datum", "Werknemer", "Component", "Waarde", "Notitie"])
        sheet.append([None] * 5)
        sheet.append(["03-09-2026", "Anna de Vries", "R", value, ""])
        sheet["D3"].number_format = number_format
        content = BytesIO()
        book.save(content)
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "hr.wage.entry",
                "file": content.getvalue(),
                "file_name": "entries.xlsx",
            }
        )
        options = {"has_headers": True, "date_format": "%d-%m-%Y"}
        result = wizard.execute_import(FIELDS, [], options)
        made = self.env["hr.wage.entry"].search([("employee_id", "=", self.anna.id)])
        return [one["message"] for one in result["messages"]], made.mapped("value")

    def test_a_cell_that_shows_a_percentage_is_refused_as_it_is_seen(self):
        for number_format, seen in (("0%", "12%"), ("[Red]0.00%", "12%")):
            (message,), values = self.load_cell(0.12, number_format)
            self.assertIn(seen, message)
            self.assertFalse(values)

    def test_a_percent_sign_that_is_only_written_behind_a_number_changes_nothing(self):
        messages, values = self.load_cell(12, '0"%"')
        self.assertEqual((messages, values), ([], [12]))

    def test_by_number_or_name_and_by_code_or_name(self):
        messages, entries = self.load(
            "03-09-2026;Anna de Vries;Reiskosten;46,20;trein",
            "04-09-2026;a007;R;46,20;",
            "05-09-2026;2;maaltijden;1.234,50;",
        )
        self.assertEqual(messages, {})
        self.assertEqual(
            entries,
            [
                (self.anna, self.travel, 46.2, "2026-09-03"),
                (self.anna, self.travel, 46.2, "2026-09-04"),
                (self.bram, self.meals, 1234.5, "2026-09-05"),
            ],
        )

    def test_a_comma_before_decimals_is_one_whatever_odoo_guessed_of_other_rows(self):
        messages, entries = self.load(
            "03-09-2026;Anna de Vries;R;46,20;",
            float_thousand_separator=",",
            float_decimal_separator=".",
        )
        self.assertEqual((messages, entries[0][2]), ({}, 46.2))

    def test_a_number_that_may_be_two_is_refused(self):
        messages, entries = self.load(
            "03-09-2026;Anna de Vries;R;46,20;", "03-09-2026;Anna de Vries;R;1.234;"
        )
        self.assertEqual(entries, [])
        self.assertIn("1.234", messages[False])

    def test_a_date_is_read_as_dutch_people_write_it_whatever_odoo_guessed(self):
        messages, entries = self.load(
            "3-9-2026;Anna de Vries;R;46,20;", date_format="%m-%d-%Y"
        )
        self.assertEqual((messages, entries[0][3]), ({}, "2026-09-03"))

    def test_a_date_that_may_be_two_is_refused(self):
        for text in ("03/09/2026", "03-09-26", "9/15/2026"):
            messages, entries = self.load(
                f"{text};Anna de Vries;R;46,20;", date_format="%m/%d/%Y"
            )
            self.assertEqual(entries, [])
            self.assertIn(text, messages[False])

    def test_a_name_of_two_people_is_refused_by_row_and_nothing_is_imported(self):
        self._employee("Vries, Anna de", self.shop)
        messages, entries = self.load(
            "03-09-2026;Bram Bakker;R;46,20;", "03-09-2026;Anna de Vries;R;46,20;"
        )
        self.assertEqual(entries, [])
        self.assertEqual(list(messages), [1])
        self.assertIn("may be several people", messages[1])

    def test_a_number_of_two_people_is_refused_also_where_one_of_them_left(self):
        former = self._employee("Cor", self.shop)
        former.write({"barcode": "002", "active": False})
        messages, entries = self.load("03-09-2026;2;R;46,20;")
        self.assertEqual(entries, [])
        self.assertIn("Cor", messages[0])

    def test_who_or_what_is_not_there_is_refused_by_row(self):
        messages, entries = self.load(
            "03-09-2026;Dirk;R;46,20;", "03-09-2026;Bram Bakker;X;46,20;"
        )
        self.assertEqual(entries, [])
        self.assertEqual(list(messages), [0, 1])
        self.assertIn("Dirk", messages[0])
        self.assertIn("X", messages[1])

    def test_a_row_without_employee_is_refused(self):
        messages, entries = self.load("03-09-2026;;R;46,20;")
        self.assertEqual((list(messages), entries), ([0], []))

    def test_a_code_that_is_the_name_of_another_component_is_refused(self):
        self.meals.name = "R"
        messages, entries = self.load("03-09-2026;Bram Bakker;R;46,20;")
        self.assertEqual(entries, [])
        self.assertIn("may be several wage components", messages[0])

    def test_nobody_of_another_company_is_found(self):
        other = self._company("Anders")
        self._employee("Eva", self.env["hr.department"], other)
        messages, entries = self.load("03-09-2026;Eva;R;46,20;")
        self.assertEqual((list(messages), entries), ([0], []))

    def test_the_headings_of_the_template_are_those_of_the_fields(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env.ref("base.module_l10n_nl_loket")._update_translations(["nl_NL"])
        for lang in "en_US", "nl_NL":
            model = self.env["hr.wage.entry"].with_context(lang=lang)
            (template,) = model.get_import_templates()
            path = template["template"].removeprefix("/")
            with file_open(path, "rb") as file:
                book = load_workbook(file)
            book.active.append(["2026-09-03", "Anna de Vries", "R", 46.2, "trein"])
            book.save(filled := BytesIO())
            wizard = (
                self.env["base_import.import"]
                .with_context(lang=lang)
                .create(
                    {
                        "res_model": "hr.wage.entry",
                        "file": filled.getvalue(),
                        "file_name": Path(path).name,
                        "file_type": "application/vnd.openxmlformats-officedocument"
                        ".spreadsheetml.sheet",
                    }
                )
            )
            preview = wizard.parse_preview({"has_headers": True})
            self.assertEqual(
                [path for _column, path in sorted(preview["matches"].items())],
                [[name] for name in FIELDS],
                lang,
            )
