# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each screen of the addon in a browser: none fails, nothing is cut, axe is content."""

import os

import pytest

from tools import browser, javascript
from tools.report import Missing
from tools.screenshots import scene

from . import of_odoo, screens
from .filled import world
from .walk import Walk

IS_LONG = bool(os.environ.get("LOKET_LONG"))
WIDE, NARROW = 1400, 390
ENGLISH, DUTCH = "en_US", "nl_NL"
#: The longest words are Dutch.
WALKS = [(DUTCH, WIDE), (DUTCH, NARROW), (ENGLISH, WIDE), (ENGLISH, NARROW)]
#: Of English, which is shorter, the screens that most of the work is done on.
OFTEN = ("action_loket_export", "action_loket_connection", "action_loket_employee")


@pytest.fixture(scope="module")
def chromium():
    try:
        with browser.running() as chromium:
            javascript.ensure()
            yield chromium
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def filled(chromium):
    with world(f"loket_screens_{os.getpid()}") as filled:
        yield filled


@pytest.fixture(scope="module")
def walked(chromium, filled):
    """What was found on all screens, by a walk in that language and width, once."""
    found = {}

    def walk(language, width):
        if (language, width) not in found:
            scene.speak(filled.client, language)
            shown = screens.of(filled.client, filled.records)
            allowed = of_odoo.ALLOWED
            if language == ENGLISH and not IS_LONG:
                shown = [one for one in shown if one.name.startswith(OFTEN)]
                allowed = None  # axe does not read: it would find the same
            walk = Walk(chromium, filled.client, width, allowed)
            found[language, width] = walk.look_at(shown)
        return found[language, width]

    return walk


def in_lines(found):
    """What was found, for a person to read: a screen a line, and what of it below."""
    return "\n".join(
        f"{screen}\n" + "\n".join(f"    {one}" for one in what)
        for screen, what in found.items()
    )


@pytest.mark.parametrize(("language", "width"), WALKS)
def test_each_screen_opens_and_shows_something(walked, language, width):
    seen = walked(language, width)

    assert not seen.problems
    assert not seen.empty


@pytest.mark.parametrize(("language", "width"), WALKS)
def test_nothing_is_cut(walked, language, width):
    cuts = walked(language, width).cuts

    assert not cuts, in_lines(cuts)


@pytest.mark.parametrize(("language", "width"), WALKS if IS_LONG else WALKS[:2])
def test_axe_finds_no_fault_of_the_addon(walked, language, width):
    faults = walked(language, width).faults

    assert not faults, in_lines(faults)


def test_no_view_was_forgotten(walked, filled):
    seen = {view for width in (WIDE, NARROW) for view in walked(DUTCH, width).views}
    own = screens.own_views(filled.client)

    assert not [name for view, name in own.items() if view not in seen]


def test_what_is_let_pass_is_wrong_on_screens_of_odoo_alone(chromium, filled):
    found = {}
    for width in (WIDE, NARROW):
        walk = Walk(chromium, filled.client, width, {})
        for rule, places in walk.faulty(of_odoo.screens(filled.client), of_odoo.FAULTS):
            found.setdefault(rule, set()).update(places)

    assert found == {rule: set(places) for rule, places in of_odoo.FAULTS.items()}
