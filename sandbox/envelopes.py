# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bodies that hold one record or a page of records."""

from .errors import bad_request

DEFAULT_PAGE_SIZE = 250


def detail(content, version):
    """Return the envelope of one record."""
    return {"version": _version(version), "messages": [], "content": content}


def listing(records, version, args, default_size=DEFAULT_PAGE_SIZE):
    """Return one page of ``records`` as the query asks for it."""
    size = _positive(args, "pageSize", default_size, version)
    number = _positive(args, "pageNumber", 1, version)
    pages = -(-len(records) // size)
    return {
        "totalSize": len(records),
        "pageSize": size,
        "totalPages": pages,
        "currentPage": number,
        "version": _version(version),
        "messages": [],
        "_embedded": records[(number - 1) * size : number * size],
    }


def whole(records, version):
    """Return a list that Loket does not page."""
    return {
        "totalSize": len(records),
        "pageSize": max(len(records), 1),
        "totalPages": 1,
        "currentPage": 1,
        "version": _version(version),
        "messages": [],
        "_embedded": records,
    }


def _version(version):
    return {"obsoleteDate": None, "resourceVersion": version}


def _positive(args, name, default, version):
    text = args.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise bad_request(
            f"'{text}' is not a valid value for {name}: use a number from 1",
            version,
            [name],
        )
    return int(text)
