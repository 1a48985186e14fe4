# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One request for an entity of Loket, after its access has been checked."""

from .envelopes import detail, listing
from .errors import forbidden, not_found
from .queries import select
from .visibility import effective_activities, visible_employments


class Call:
    """One request, with the entity of its path looked up and its right checked."""

    def __init__(self, server, request, activity, version, arguments):
        self.server, self.request, self.version = server, request, version
        self.arguments = arguments
        self.employer, self.office = self._find()
        if self.employer and activity not in effective_activities(
            server, self.employer
        ):
            raise forbidden(f"The user has no right to the activity {activity}")

    def _find(self):
        wanted = set(self.arguments.values())
        for employer in self.server.company.employers:
            if employer.id in wanted:
                return employer, None
            for office in employer.administrations:
                if wanted & {office.id, office.journal_profile_id}:
                    return employer, office
            for person in employer.employees:
                if wanted & {person.id, *(job.id for job in person.employments)}:
                    return employer, None
        if self.arguments:
            raise not_found()
        return None, None

    def employments(self):
        return visible_employments(self.server, self.employer, self.request.path)

    def page(self, records):
        """Return a page of records, filtered and sorted as asked."""
        args = self.request.args
        if self.server.faults.take("page_twice", self.request.path):
            args = {**args, "pageNumber": "1"}
            body = self._page(records, args)
            body["currentPage"] = int(self.request.args.get("pageNumber", 1))
            return body
        return self._page(records, args)

    def _page(self, records, args):
        chosen = select(records, args, self.version)
        return listing(chosen, self.version, args, self.server.page_size)

    def detail(self, record):
        return detail(record, self.version)
