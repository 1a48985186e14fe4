# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The WSGI application: routes a request to OAuth, REST, the page or the admin."""

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import admin, oauth, rest, soap, upload_page
from .errors import Refusal
from .pages import page

_PAGES = Map(
    [
        Rule("/", endpoint=lambda server, _request: page("index.html", server=server)),
        Rule("/authorize", endpoint=oauth.authorize, methods=["GET", "POST"]),
        Rule("/token", endpoint=oauth.token, methods=["POST"]),
        Rule(
            "/collectieve-mutaties",
            endpoint=upload_page.upload_page,
            methods=["GET", "POST"],
        ),
    ]
)
_ADMIN = Map(
    [
        Rule("/_sandbox/company", endpoint=admin.company),
        Rule(
            "/_sandbox/employees/<int:number>",
            endpoint=admin.change_employee,
            methods=["POST", "PATCH"],
        ),
        Rule(
            "/_sandbox/employments/<int:client_number>/<int:payroll_number>",
            endpoint=admin.change_employment,
            methods=["POST", "PATCH"],
        ),
        Rule(
            "/_sandbox/administrations/<int:client_number>",
            endpoint=admin.change_administration,
            methods=["POST", "PATCH"],
        ),
        Rule(
            "/_sandbox/administrations/<int:client_number>/employer",
            endpoint=admin.change_employer,
            methods=["POST", "PATCH"],
        ),
        Rule("/_sandbox/page", endpoint=admin.fault_page, methods=["GET", "POST"]),
        Rule(
            "/_sandbox/payroll-period-data",
            endpoint=admin.period_data,
            methods=["GET", "POST", "DELETE"],
        ),
        Rule("/_sandbox/payroll-period-trail", endpoint=admin.period_trail),
        Rule("/_sandbox/ready-for-payroll", endpoint=admin.ready),
        Rule(
            "/_sandbox/faults", endpoint=admin.faults, methods=["GET", "POST", "DELETE"]
        ),
        Rule("/_sandbox/token", endpoint=admin.token, methods=["POST"]),
        Rule("/_sandbox/requests", endpoint=admin.requests),
        Rule("/_sandbox/requests/count", endpoint=admin.request_count),
    ]
)


def application(server):
    """Return the WSGI application of a ``server.Sandbox``."""

    @Request.application
    def serve(request):
        try:
            return _dispatch(server, request)
        except Refusal as refusal:
            return refusal.response()
        except HTTPException as error:
            return error.get_response(request.environ)

    return serve


def _dispatch(server, request):
    if request.path.startswith("/_sandbox/"):
        function, arguments = _match(_ADMIN, request)
        return admin.reply(function, server, request, **arguments)
    if request.path == "/soap":
        return soap.answer(server, request)
    server.requests.append(f"{request.method} {request.path}")
    try:
        function, arguments = _match(_PAGES, request)
        return function(server, request)
    except NotFound:
        pass
    server.faults.before(request)
    try:
        endpoint, arguments = _match(rest.URLS, request)
    except MethodNotAllowed:
        return Response(status=405)
    except NotFound:
        return Response(status=404)
    return rest.answer(server, request, endpoint, arguments)


def _match(urls, request):
    return urls.bind_to_environ(request.environ).match()
