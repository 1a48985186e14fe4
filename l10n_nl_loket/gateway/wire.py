# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connections with Loket: to no other machine than was judged, and not for ever.

A name may lead elsewhere each time that it is looked up. So it is looked up once for
each connection, and the connection is made to the very address that was judged.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import requests
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from .address import is_local, may_connect

#: Of all the addresses of a name, how many are tried.
_TRIED = 4


class NotPublic(Exception):
    """A host that was looked up is in a network that nothing may be sent to."""


class Deadline:
    """The end of the time that something may take.

    :param seconds: how much there is of it
    """

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; negative when it is over."""
        return self._end - time.monotonic()


class Session(requests.Session):
    """A session of ``requests`` that connects, waits and follows by our rules.

    It connects to the internet, and to this machine where an address names it: whether
    it may was asked when the address was checked.
    """

    def __init__(self) -> None:
        super().__init__()
        self._line = _Line()
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(self._line))
        self.headers["Accept-Encoding"] = "gzip"
        # What a server wants to be remembered is nothing to us.
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        #: What the environment says of a host: {what was asked: settings}
        self._settings: dict[tuple[Any, ...], Any] = {}

    def merge_environment_settings(
        self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any
    ) -> Any:
        """Once for each host: all variables are gone through for its proxy."""
        key = (*urlsplit(url)[:2], stream, verify, cert)
        settings = None if proxies else self._settings.get(key)
        if settings is None:
            is_usual = not proxies  # what is handed on is changed
            settings = super().merge_environment_settings(
                url, proxies, stream, verify, cert
            )
            if is_usual:
                self._settings[key] = settings
        return {**settings}

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: requests would read all of a reply only to know where it points."""

    @contextmanager
    def until(self, deadline: Deadline) -> Iterator[None]:
        """Let what is done in this context take no longer than ``deadline``.

        :raise TimeoutError: it did; whatever came of it can't be trusted
        """
        with self._line.until(deadline):
            yield

    def end(self) -> None:
        """End what is under way in another thread, which gets a ``TimeoutError``.

        So does what that thread has yet to begin: of an ended session nothing comes.
        """
        self._line.end(for_good=True)


class _Line:
    """The connections of one session.

    Time-outs of sockets are of each piece that is received, so that a server that
    sends a byte now and then would never meet one. So a timer closes the sockets, which
    ends whatever waits for them: a handshake, a header, a body.
    """

    def __init__(self) -> None:
        self._deadline = Deadline(0)
        self._is_over = self._is_ended = False
        self._lock = threading.Lock()
        #: A second handle of each socket, which stays when the first is wrapped by TLS.
        self._handles: WeakKeyDictionary[HTTPConnection, socket.socket] = (
            WeakKeyDictionary()
        )

    @contextmanager
    def until(self, deadline: Deadline) -> Iterator[None]:
        """See ``Session.until``."""
        with self._lock:
            self._deadline, self._is_over = deadline, self._is_ended
        timer = threading.Timer(max(deadline.left, 0), self.end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except NotPublic:
            raise
        except Exception:
            if self._is_over:
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()
            self._let_go()
        if self._is_over:
            raise TimeoutError

    def connect(self, connection: HTTPConnection, is_judged: bool) -> socket.socket:
        """A connected socket.

        :param is_judged: False for a proxy, which the administrator of this machine
            has chosen
        :raise NotPublic: the host is where nothing may be sent
        :raise NewConnectionError: there is no connection
        """
        host = connection.host.strip("[]")
        try:
            found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NewConnectionError(connection, "not found") from None
        ips = [str(where[0]) for *_kind, where in found]
        if is_judged and not may_connect(host, ips):
            raise NotPublic
        for family, kind, protocol, _name, where in found[:_TRIED]:
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(self._patience(connection))
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.connect(where)
                self._keep(connection, opened)
                return opened
            except OSError:
                opened.close()
        raise NewConnectionError(connection, "no connection")

    def _patience(self, connection: HTTPConnection) -> float:
        left = self._deadline.left
        if left <= 0:
            raise TimeoutError
        timeout = connection.timeout
        return min(float(timeout), left) if isinstance(timeout, int | float) else left

    def _keep(self, connection: HTTPConnection, opened: socket.socket) -> None:
        with self._lock:
            if self._is_over:
                raise TimeoutError
            self._handles[connection] = opened.dup()

    def end(self, for_good: bool = False) -> None:
        """End what is under way; ``for_good``, what comes later too."""
        with self._lock:
            self._is_over = True
            self._is_ended |= for_good
            for handle in self._handles.values():
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        """Close the handles of connections that are closed."""
        with self._lock:
            for connection in list(self._handles):
                if self._is_over or connection.sock is None:
                    self._handles.pop(connection).close()


class _Adapter(requests.adapters.HTTPAdapter):
    """Makes the connections of a session by its line."""

    def __init__(self, line: _Line):
        self._line = line
        super().__init__()

    # pylint: disable=missing-return  # it gives none
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)  # type: ignore[no-untyped-call]
        self.poolmanager.pool_classes_by_scheme = _pools(self._line, is_judged=True)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager: Any = super().proxy_manager_for(  # type: ignore[no-untyped-call]
            proxy, **options
        )
        manager.pool_classes_by_scheme = _pools(self._line, is_judged=False)
        return manager

    def send(
        self, request: requests.PreparedRequest, *args: Any, **options: Any
    ) -> requests.Response:
        """Past the proxy, where this machine is meant: to a proxy it is another."""
        if is_local(urlsplit(request.url or "").hostname or ""):
            options["proxies"] = None
        return super().send(request, *args, **options)


def _pools(line: _Line, is_judged: bool) -> Mapping[str, type[HTTPConnectionPool]]:
    """Pools of connections that ``line`` makes, by scheme."""

    def connect(connection: HTTPConnection) -> socket.socket:
        return line.connect(connection, is_judged)

    def pool(
        kind: type[HTTPConnectionPool], connection: type[HTTPConnection]
    ) -> type[HTTPConnectionPool]:
        ours = type(connection.__name__, (connection,), {"_new_conn": connect})
        return type(kind.__name__, (kind,), {"ConnectionCls": ours})

    return {
        "http": pool(HTTPConnectionPool, HTTPConnection),
        "https": pool(HTTPSConnectionPool, HTTPSConnection),
    }
