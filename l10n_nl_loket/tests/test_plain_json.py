# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import TransactionCase

VALUES = (
    {},
    {"name": "Wiel", "none": None, "flat": [1, 2.5, True]},
    {"parts": [{"from": "2026-01-01", "of": {"x": ["a", ["b"]]}}, []]},
    [["2026-01-01", 1], ["2026-02-01", 2]],
)


class TestPlainJson(TransactionCase):
    """What is read of JSON is a copy, made in a plainer way than Odoo's."""

    def test_what_is_read_is_what_odoo_reads(self):
        employee = self.env["loket.employee"]
        field = employee._fields["snapshot"]
        for value in (*VALUES, None):
            with self.subTest(value=value):
                self.assertEqual(
                    field.convert_to_record(value, employee),
                    fields.Json.convert_to_record(field, value, employee),
                )

    def test_changing_what_was_read_changes_nothing_that_is_kept(self):
        field = self.env["loket.employee"]._fields["snapshot"]
        kept = {"parts": [{"of": {"x": ["a"]}}]}
        read = field.convert_to_record(kept, self.env["loket.employee"])
        read["parts"][0]["of"]["x"].append("b")
        read["parts"].append({})
        read["more"] = 1
        self.assertEqual(kept, {"parts": [{"of": {"x": ["a"]}}]})
