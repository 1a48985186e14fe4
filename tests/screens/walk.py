# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Somebody who opens screen after screen, and tells what is wrong with each."""

from dataclasses import dataclass, field
from pathlib import Path

from tools import browser, javascript

LOOK = Path(__file__).with_name("look.js")
AXE = javascript.PACKAGES / "node_modules" / "axe-core" / "axe.min.js"
HEIGHT = 900
#: Below this width, Odoo is as on a phone.
PHONE = 768
#: Milliseconds in which the web client starts on a busy machine.
PATIENCE = 60_000
#: What stands around each screen and is Odoo's own, whatever the screen shows: the way
#: back, searching, messages; tabs, what a chart measures and a pivot, all to scroll.
OF_ODOO = (
    ".o_breadcrumb, .o_cp_searchview, .o-mail-Form-chatter, .o_notebook_headers, "
    ".o_graph_renderer > .overflow-x-auto, .o_pivot, .visually-hidden"
)
#: The page of a form that a tab shows.
TAB = ".o_notebook_content"


@dataclass
class Seen:
    """What was found on the screens of one walk, by the name of the screen."""

    views: set = field(default_factory=set)
    empty: list = field(default_factory=list)
    problems: dict = field(default_factory=dict)
    cuts: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)


class Walk:
    """One window, as wide as is asked, in the session of a client.

    ``allowed`` is what axe may find, a selector for each rule; None: it is not asked.
    """

    def __init__(self, chromium, client, width, allowed):
        window = {"viewport": {"width": width, "height": HEIGHT}}
        self._is_narrow = width < PHONE
        if self._is_narrow:
            window.update(is_mobile=True, has_touch=True)
        self._page = browser.session(chromium, client, **window).new_page()
        self._said = []
        self._page.on("pageerror", lambda error: self._said.append(str(error)))
        self._page.on("console", self._listen)
        self._page.goto(f"{client.url}/odoo/settings")
        self._page.wait_for_selector(".o_action_manager .o_content", timeout=PATIENCE)
        for script in (AXE, LOOK):
            self._page.evaluate(script.read_text())
        self._page.evaluate("eyes.start()")
        self._allowed = allowed
        self.seen = Seen()

    def _listen(self, message):
        # A picture that somebody lacks is not there, in Odoo's own screens too.
        if message.type == "error" and "404 (NOT FOUND)" not in message.text:
            self._said.append(message.text)

    def look_at(self, screens):
        """Open each of the screens, turn its tabs, and note what is wrong."""
        for screen in screens:
            if not (screen.is_wide and self._is_narrow):
                self._look_at(screen)
        self.seen.views.update(self._page.evaluate("[...eyes.views]"))
        return self.seen

    def faulty(self, screens, allowed):
        """Give (rule of axe, which of the places allowed there are wrong by it)."""
        for screen in screens:
            self._page.evaluate("(screen) => eyes.open(screen)", screen.opens)
            yield from self._page.evaluate("(those) => eyes.faulty(those)", allowed)
            for tab in self._page.evaluate("eyes.tabs()"):
                self._page.evaluate("(tab) => eyes.turn(tab)", tab)
                yield from self._page.evaluate("(those) => eyes.faulty(those)", allowed)

    def _look_at(self, screen):
        from playwright.sync_api import Error  # installed by now

        try:
            self._open(screen)
        except Error as error:
            self.seen.problems[screen.name] = error.message.splitlines()[0]
        state = self._page.evaluate("eyes.state()")
        said, self._said = self._said, []
        if state["problem"] or said:
            told = " ".join([state["problem"], *said])
            self.seen.problems.setdefault(screen.name, told)
        if state["isEmpty"]:
            self.seen.empty.append(screen.name)

    def _open(self, screen):
        opening = "eyes.press" if screen.is_pressed else "eyes.open"
        self._page.evaluate(f"(screen) => {opening}(screen)", screen.opens)
        if screen.part:
            if screen.tab:
                self._page.evaluate("(tab) => eyes.turn(tab)", screen.tab)
            self._note(screen.name, screen.part)
            return
        self._note(screen.name)
        for tab in self._page.evaluate("eyes.tabs()"):
            self._page.evaluate("(tab) => eyes.turn(tab)", tab)
            self._note(f"{screen.name}, {tab}", TAB)

    def _note(self, name, part=""):
        if self._page.evaluate("(part) => eyes.lacks(part)", part):
            self.seen.problems[name] = "the addon's part is not shown"
            return
        look = {"part": part, "ignored": OF_ODOO, "allowed": self._allowed}
        cuts = self._page.evaluate("(look) => eyes.cuts(look)", look)
        if cuts:
            self.seen.cuts[name] = cuts
        if self._allowed is None:
            return
        faults = self._page.evaluate("(look) => eyes.faults(look)", look)
        if faults:
            self.seen.faults[name] = faults
