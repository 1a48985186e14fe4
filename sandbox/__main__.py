# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``python -m sandbox``: a Loket on this machine."""

import argparse
import signal

from .envelopes import DEFAULT_PAGE_SIZE
from .faults import FAULTS
from .link_keys import ENVIRONMENT_CODE, WEB_SERVICE_USERS
from .oauth import CLIENTS, USERS
from .server import Sandbox


def main(arguments=None):
    """Parse the command line and serve until interrupted."""
    options = _parser().parse_args(arguments)
    try:
        sandbox = Sandbox(
            options.port,
            options.employees,
            options.seed,
            employers=options.employers,
            rotate=not options.no_rotate,
            page_size=options.page_size,
            faults=options.fault,
        )
    except ValueError as error:
        raise SystemExit(str(error)) from None
    print(f"Loket sandbox  {sandbox.url}")
    print(f"  api_url      {sandbox.api_url}")
    for client, secret in CLIENTS.items():
        print(f"  oauth_url    {sandbox.oauth_url}   client {client} / {secret}")
    user, password = next(iter(USERS.items()))
    print(f"  consent page log in as {user} / {password}")
    soap_user, soap_password = next(iter(WEB_SERVICE_USERS.items()))
    print(f"  wsdl_url     {sandbox.wsdl_url}")
    print(f"  web service  {soap_user} / {soap_password} / {ENVIRONMENT_CODE}")
    print(f"  upload page  {sandbox.url}/collectieve-mutaties")
    print(f"  faults       {sandbox.url}/_sandbox/page", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sandbox.serve_forever()
    except KeyboardInterrupt:
        sandbox.stop()


def _parser():
    parser = argparse.ArgumentParser(
        prog="sandbox",
        description="Run a Loket.nl on this machine, for tests and demonstrations.",
        epilog="faults:\n"
        + "\n".join(f"  {name}: {text}" for name, text in FAULTS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=8870)
    parser.add_argument("--employees", type=int, default=25, help="people in 5555")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--employers", type=int, default=0, help="so many more, of as many people"
    )
    parser.add_argument("--page-size", type=int, default=DEFAULT_PAGE_SIZE)
    parser.add_argument(
        "--no-rotate", action="store_true", help="keep the same refresh token"
    )
    parser.add_argument(
        "--fault", action="extend", nargs="+", default=[], metavar="NAME[=VALUE]"
    )
    return parser


if __name__ == "__main__":
    main()
