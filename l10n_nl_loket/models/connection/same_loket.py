# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which connections read the same administration, or seem to.

Two that read one administration link everybody twice, and both files hold the same
hours. So it is looked at over all companies; another company's connection is not named.
"""

from urllib.parse import urlsplit


def others_of_administration(connection, ref=None):
    """Connections in use that read the administration of this one, in the same Loket.

    :param ref: the administration; by default the one that is chosen
    :return: loket.connection, with the rights of the system
    """
    wanted = _key(ref or connection.administration_ref)
    if not wanted:
        return connection.browse().sudo()
    addresses = _lokets(connection)
    return _in_use(connection).filtered(
        lambda other: (
            _key(other.administration_ref) == wanted
            and not addresses.isdisjoint(_lokets(other))
        )
    )


def twins(connection):
    """Connections in use with the same client number, the one on Loket's production.

    And the other on addresses that were typed in, which may lead there too.

    :return: loket.connection, with the rights of the system
    """
    environments = {"production": "custom", "custom": "production"}
    wanted = environments.get(connection.environment)
    if not (wanted and connection.client_number and connection.active):
        return connection.browse().sudo()
    return _in_use(connection).filtered(
        lambda other: (
            other.client_number == connection.client_number
            and other.environment == wanted
        )
    )


def label(other, connection):
    """The name of the other one, as far as whoever sees this connection may know."""
    if other.company_id == connection.company_id:
        return other.name
    return connection._lt("a connection of another company")


def _in_use(connection):
    # As the system: what matters is not who looks.
    return connection.sudo().search([("id", "not in", connection.ids)])


def _key(ref):
    """A reference as it compares: Loket does not tell small from capital.

    Nor does the dash or brace count with which somebody wrote it down.
    """
    return "".join(filter(str.isalnum, ref or "")).casefold()


def _lokets(connection):
    """What tells which Loket a connection reads: its environment, and its address.

    Who types the address of an environment reads that environment.
    """
    is_soap = connection.protocol == "soap"
    host = _host(connection.wsdl_url if is_soap else connection.api_url)
    if connection.environment == "custom":
        return {host}
    return {connection.environment, host} - {""}


def _host(url):
    """Host and port of an address; empty where there is none."""
    parts = urlsplit((url or "").strip().lower())
    port = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.rpartition("@")[2].removesuffix(port).removesuffix(".")
