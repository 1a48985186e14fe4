# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One request for an entity of Loket, after its access has been checked."""

from .envelopes import detail, listing
from .errors import forbidden, not_found
from .queries import asks, select
from .visibility import effective_activities, missing_module, visible_employments


class Call:
    """One request, with the entity of its path looked up and its right checked."""

    def __init__(self, server, request, activity, version, arguments):
        self.server, self.request, self.version = server, request, version
        self.activity = activity
        self.arguments = arguments
        self.employer, self.office, self.person, self.job = self._find()
        if self.employer and activity not in effective_activities(
            server, self.employer
        ):
            if module := missing_module(self.employer, activity):
                raise forbidden(f"Module {module} is not enabled for the employer")
            raise forbidden(f"The user has no right to the activity {activity}")
        if not self.employer and activity and not server.rights_of(activity):
            raise forbidden(f"The user has no right to the activity {activity}")

    def _find(self):
        for value in self.arguments.values():
            if found := self.server.index.find(value):
                return found
        if self.arguments:
            raise not_found()
        return None, None, None, None

    def employments(self):
        return visible_employments(self.server, self.employer, self.request.path)

    def page(self, items, present=lambda record: record):
        """Return a page of ``items`` as records, filtered and sorted as asked.

        Only what is on the page is worked out, unless a filter needs to see all.
        """
        args = self.request.args
        if self.server.faults.take("page_twice", self.request.path):
            args = {**args, "pageNumber": "1"}
            body = self._page(items, present, args)
            body["currentPage"] = int(self.request.args.get("pageNumber", 1))
            return body
        return self._page(items, present, args)

    def _page(self, items, present, args):
        if asks(args):
            records = [present(item) for item in items]
            items, present = select(records, args, self.version), None
        body = listing(items, self.version, args, self.server.page_size)
        if present:
            body["_embedded"] = [present(item) for item in body["_embedded"]]
        return body

    def detail(self, record):
        return detail(record, self.version)
