# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real Odoo server at work for several people and a night, killed again and again.

Each time all its workers are killed at once, by a signal that nothing can catch; now
and then the server that begins them, too.
"""

import contextlib
import hashlib
import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

import psycopg2
import requests

from sandbox.server import Sandbox
from sandbox.tokens import Tokens
from tools.demo.client import Odoo, OdooError
from tools.demo.setup_link import CLIENT, CONSENT
from tools.odoo import MAIN
from tools.paths import DATA
from tools.ports import HOST, free_port

#: Seconds; so near its end a token is renewed, so each call renews one.
ACCESS_LIFETIME = 60
#: Each so many kills the server goes as well as its workers.
WHOLE_SERVER = 20
LONGEST_LOAD = 1.5
PERIOD = {"year": 2026, "period": 3}


class Watched(Tokens):
    """Counts how often each refresh token is sent."""

    def __init__(self):
        super().__init__(access_lifetime=ACCESS_LIFETIME)
        self.sent = {}

    def refresh(self, refresh_token, client_id):
        self.sent[refresh_token] = self.sent.get(refresh_token, 0) + 1
        return super().refresh(refresh_token, client_id)


def sandbox(employees):
    """A Loket that watches what becomes of its tokens."""
    loket = Sandbox(employees=employees)
    loket.tokens = Watched()
    return loket


class Server:
    """Odoo with workers, on one database; ``kill`` ends all that works."""

    def __init__(self, installation, folder):
        self.name = installation.name
        self._environment = installation.environment
        self._command = [str(installation.python), str(folder / "odoo-bin")]
        (folder / "odoo-bin").write_text(MAIN)
        self._folder, self._process = folder, None
        self.port = free_port(0)
        self.client = None

    def start(self):
        """Begin, and wait until it answers."""
        options = {
            "database": self.name,
            "db-filter": f"^{self.name}$",
            "http-port": self.port,
            "http-interface": HOST,
            "gevent-port": free_port(0),
            "workers": 3,
            "max-cron-threads": 1,
            "log-level": "error",
            "logfile": self._folder / "odoo.log",
        }
        self._process = subprocess.Popen(
            [
                *self._command,
                "--no-database-list",
                *(f"--{name}={value}" for name, value in options.items()),
            ],
            cwd=self._folder,
            env=self._environment,
            start_new_session=True,
        )
        self.log_in()

    def log_in(self):
        """A new session, of a server that answers."""
        self.client = self.session()
        self.client.wait(self._process)
        self.client.login("admin", "admin")

    def session(self):
        """One more person's browser, with the session of the first."""
        other = Odoo(f"http://localhost:{self.port}", self.name)
        if self.client:
            other.session.cookies.update(self.client.session.cookies)
        return other

    def kill(self, whole):
        """Kill the workers, and with ``whole`` the server, too."""
        if whole:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            return
        for worker in self._workers():
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)

    def stop(self):
        """End it as an administrator would, or else."""
        if self._process and self._process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.terminate()
                self._process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _workers(self):
        """All that the server began, but what only passes messages on."""
        master = self._process.pid
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                is_gevent = b"\0gevent\0" in (folder / "cmdline").read_bytes()
                if int(parent) == master and not is_gevent:
                    yield int(folder.name)


class Load:
    """People and a night who all want something at once, until they are cut off."""

    def __init__(self, server, connection):
        self._server, self._connection = server, connection
        self._over = threading.Event()
        self._threads = []
        self.done = self.cut_off = 0

    def __enter__(self):
        self._over.clear()
        works = (self._by_hand, self._fetch, self._add, self._make, self._night)
        self._threads = [
            threading.Thread(target=self._work, args=(work,), daemon=True)
            for work in works
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        for thread in self._threads:
            thread.join(120)

    def _work(self, work):
        client = self._server.session()
        while not self._over.is_set():
            try:
                work(client)
                self.done += 1
            except OdooError:
                self.done += 1  # it was said, and that is all right
            except (requests.RequestException, ValueError):
                self.cut_off += 1
                return
            except psycopg2.Error:
                time.sleep(0.1)  # the night is at it already

    def _by_hand(self, client):
        client.call("loket.connection", "action_sync", [self._connection])

    def _fetch(self, client):
        client.call("loket.connection", "action_fetch", [self._connection])

    def _add(self, client):
        domain = [("decision", "=", "pending"), ("is_queued", "=", False)]
        rows = client.find("loket.employee", domain, limit=3)
        if rows:
            client.call("loket.employee", "action_add", [row["id"] for row in rows])
        else:
            time.sleep(0.1)

    def _make(self, client):
        draft = client.create(
            "loket.export", {"connection_id": self._connection, **PERIOD}
        )
        client.call("loket.export", "action_generate", [draft])

    def _night(self, _client):
        wake_night(self._server.name)
        time.sleep(0.3)


def wake_night(name):
    """Let the scheduler of a server run the night now."""
    with connected(name) as cr:
        cr.execute("SET lock_timeout = '200ms'")
        cr.execute(
            """UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'utc', active = true
               WHERE id IN (SELECT res_id FROM ir_model_data
                            WHERE name = 'ir_cron_loket_sync')"""
        )
    with connected("postgres") as cr:
        cr.execute("SELECT pg_notify('cron_trigger', %s)", (name,))


@contextlib.contextmanager
def connected(name):
    """A cursor on a database, each statement committed."""
    connection = psycopg2.connect(dbname=name)
    connection.autocommit = True
    try:
        with connection.cursor() as cr:
            yield cr
    finally:
        connection.close()


# === WHAT MUST HOLD AFTER EACH KILL === #

#: Each: what is wrong, and the rows that are.
WRONG = {
    "two employees of one person": """
        SELECT employee_ref FROM loket_employee WHERE employee_id IS NOT NULL
        GROUP BY connection_id, employee_ref HAVING count(DISTINCT employee_id) > 1""",
    "one employee of two persons": """
        SELECT employee_id FROM loket_employee WHERE employee_id IS NOT NULL
        GROUP BY employee_id HAVING count(DISTINCT employee_ref) > 1""",
    "an employee whom no employment is linked to": """
        SELECT id FROM hr_employee WHERE id > %(last)s AND id NOT IN (
            SELECT employee_id FROM loket_employee WHERE employee_id IS NOT NULL)""",
    "added, and no employee": """
        SELECT id FROM loket_employee
        WHERE decision = 'add' AND employee_id IS NULL AND NOT to_apply""",
    "an employee without a version": """
        SELECT id FROM hr_employee WHERE id > %(last)s AND NOT EXISTS (
            SELECT FROM hr_version WHERE employee_id = hr_employee.id)""",
    "an employee who ended": """
        SELECT id FROM hr_employee WHERE id > %(last)s AND NOT active""",
    "an employment that is gone": """
        SELECT id FROM loket_employee WHERE NOT in_loket OR vanished_on IS NOT NULL""",
    "half an address": """
        SELECT employee_id, private_street, private_zip, private_city FROM hr_version
        WHERE private_city ~ '^Stad [0-9]+$' AND (
            private_street <> replace(private_city, 'Stad', 'Straat')
            OR private_zip <> replace(private_city, 'Stad ', '') || ' AA')""",
    "two files that count": """
        SELECT year, period FROM loket_export WHERE state <> 'draft'
        GROUP BY connection_id, year, period
        HAVING count(*) FILTER (WHERE is_latest) <> 1""",
    "made, and no file": """
        SELECT id FROM loket_export WHERE (state <> 'draft') <> (
            attachment_id IS NOT NULL)""",
}
FILES = """
    SELECT store_fname, checksum, db_datas IS NULL FROM ir_attachment
    WHERE id IN (SELECT attachment_id FROM loket_export)"""
BUSY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = %s AND pid <> pg_backend_pid() AND state <> 'idle'"""


def what_is_wrong(name, last):
    """Sentences on what a kill left in a database.

    :param last: the last employee of before
    """
    found = []
    with connected(name) as cr:
        for _attempt in range(100):  # until the killed are known to be dead
            cr.execute(BUSY, (name,))
            if cr.fetchone() == (0,):
                break
            time.sleep(0.05)
        for what, query in WRONG.items():
            cr.execute(query, {"last": last})
            if rows := cr.fetchall():
                found.append(f"{what}: {rows[:5]}")
        cr.execute(FILES)
        for path, checksum, is_on_disk in cr.fetchall():
            content = DATA / "filestore" / name / (path or "")
            if is_on_disk and (
                not content.is_file()
                or hashlib.sha1(content.read_bytes()).hexdigest() != checksum
            ):
                found.append(f"a file that is not on the disk: {path}")
    return found


class Kills:
    """Kills a server at random moments, and looks each time at what is left."""

    def __init__(self, server, loket, connection, last, seed):
        self._server, self._loket = server, loket
        self._connection, self._last = connection, last
        self._dice = random.Random(seed)
        self._people = loket.company.employer.employees
        self._load = Load(server, connection)
        self.kills = self.whole = self.lost_links = 0
        self.failed = []

    @property
    def figures(self):
        """How often, and what came of it."""
        return {
            "kills": self.kills,
            "of the whole server": self.whole,
            "calls that were cut off": self._load.cut_off,
            "calls that were answered": self._load.done,
            "links lost, and said so": self.lost_links,
            "failed": len(self.failed),
        }

    def once(self):
        """Let the server work for a while, kill it, look, and go on."""
        whole = self.kills % WHOLE_SERVER == WHOLE_SERVER - 1
        with self._load:
            time.sleep(self._dice.uniform(0.02, LONGEST_LOAD))
            self._server.kill(whole)
        self.kills += 1
        self.whole += whole
        wrong = what_is_wrong(self._server.name, self._last)
        self._change()
        if whole:
            self._server.start()
        else:
            self._server.log_in()
        wrong += self._link()
        self.failed += [f"kill {self.kills}: {one}" for one in wrong]

    def _change(self):
        """Somebody moves while nobody looks."""
        person, number = self._dice.choice(self._people), self._dice.randint(1000, 9999)
        person.street, person.house_number = "Straat", number
        person.house_number_addition = None
        person.postal_code, person.city = f"{number} AA", f"Stad {number}"

    def _link(self):
        """The link works, or it is said that it has to be made again."""
        client = self._server.client
        for _attempt in range(3):
            try:
                client.call("loket.connection", "action_fetch", [self._connection])
                break
            except (OdooError, requests.RequestException, ValueError):
                time.sleep(0.5)  # the night is at it
        fields = ["state", "last_error"]
        (now,) = client.find(
            "loket.connection", [("id", "=", self._connection)], fields
        )
        if now["state"] == "ready" and not now["last_error"]:
            return []
        if now["state"] != "error" or "Connect to Loket again" not in now["last_error"]:
            return [f"the link: {now}"]
        self.lost_links += 1
        client.consent(client.connect(self._connection, **CLIENT), *CONSENT)
        return []
