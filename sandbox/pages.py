# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The HTML pages, from Jinja templates in ``pages/``."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from werkzeug.wrappers import Response

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("pages")), autoescape=True
)


def page(name, status=200, **values):
    """Return a rendered page as a response."""
    html = _ENVIRONMENT.get_template(name).render(**values)
    return Response(html, status=status, content_type="text/html; charset=utf-8")
