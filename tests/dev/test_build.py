# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The cache survives interruption, and what is missing is said in one line."""

import subprocess
import sys

import pytest

from tools import build, commands, odoo_source, postgres
from tools.paths import REPO
from tools.report import Missing


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "CACHE", tmp_path)
    return tmp_path


def test_an_interrupted_build_is_started_again(cache):
    folder = cache / "thing"

    def interrupted():
        (folder / "half").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.build_once(folder, "key", "thing", interrupted)
    build.build_once(folder, "key", "thing", (folder / "whole").touch)

    assert (folder / "whole").exists()
    assert not (folder / "half").exists()


def test_a_complete_build_is_kept_until_its_versions_change(cache):
    folder = cache / "thing"
    made = []
    for key in ("1", "1", "2"):
        build.build_once(folder, key, "thing", lambda key=key: made.append(key))

    assert made == ["1", "2"]


def test_a_failing_command_gives_one_line_with_the_remedy(cache):
    command = [sys.executable, "-c", "import sys; sys.exit('no route\\n')"]
    with pytest.raises(Missing) as caught:
        build.run(command, "missing: an index; set PIP_INDEX_URL")

    assert str(caught.value) == "missing: an index; set PIP_INDEX_URL (no route)"


def test_an_odoo_of_another_series_is_refused(tmp_path, monkeypatch):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (18, 0, 0)")
    monkeypatch.setenv("ODOO_SRC", str(tmp_path))

    with pytest.raises(Missing, match=r"Odoo 19\.0 in ODOO_SRC"):
        odoo_source.source_folder()


def test_dev_alone_explains_itself():
    answer = subprocess.run(
        [REPO / "dev"], capture_output=True, text=True, check=True
    ).stdout

    for command in ("demo", "test", "lint", "db", "shell", "serve", "sandbox"):
        assert f"  {command} " in answer


def test_odoo_with_a_known_password_is_served_on_this_machine_only(monkeypatch):
    started = []
    monkeypatch.setattr(commands, "_services", lambda: None)
    monkeypatch.setattr(commands, "_run", started.extend)

    commands.COMMANDS["serve"](["--db", "some"])

    assert started[started.index("--http-interface") + 1] == "127.0.0.1"


class _Server:
    """A server of the library that is up after some answers."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def start(self):
        if self.answers:
            raise self.answers.pop(0)


def test_a_server_that_recovers_longer_than_the_library_waits_is_waited_for(
    monkeypatch,
):
    monkeypatch.setattr(postgres.time, "sleep", lambda seconds: None)
    server = _Server(
        subprocess.TimeoutExpired("pg_ctl", 10), AssertionError("starting")
    )
    postgres._start(server)
    assert not server.answers


def test_a_server_that_never_comes_up_is_not_waited_for_forever():
    with pytest.raises(subprocess.TimeoutExpired):
        postgres._start(_Server(subprocess.TimeoutExpired("pg_ctl", 10)), patience=-1)


def test_a_server_that_refuses_to_start_is_told_at_once():
    refused = subprocess.CalledProcessError(1, "pg_ctl")
    with pytest.raises(subprocess.CalledProcessError):
        postgres._start(_Server(refused))
