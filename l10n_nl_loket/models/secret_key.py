# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The key that secrets are encrypted with: outside the database, so in no dump of it.

Named in Odoo's configuration, or in a file of Odoo's data folder that is made when it
is needed first. There may be several: the first one encrypts, each of them decrypts.
What is in the file decrypts too where the configuration names a key, so that a key may
be moved there.
"""

import base64
import binascii
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from odoo.tools import config

from ..gateway import LoketMisconfigured
from ..words import _lt

#: The option of Odoo's configuration: one key, or more with commas between.
OPTION = "l10n_nl_loket_key"
FOLDER = "l10n_nl_loket"
#: What Fernet makes begins with its version, and the time in eight bytes.
_BEGIN = b"\x80\0\0\0"
#: Version, time, vector, one block and signature, in bytes.
_SHORTEST = 1 + 8 + 16 + 16 + 32


def key_file(database):
    """Where the key of a database lies, where the configuration names none.

    :param database: the name of the database
    """
    return Path(config["data_dir"], FOLDER, f"{database}.key")


def seal(database, text):
    """``text``, encrypted.

    :raise LoketMisconfigured: there is no key, and none can be made
    """
    return _first(database).encrypt(text.encode()).decode()


def unseal(database, sealed):
    """What was encrypted; None: no key that is here fits."""
    for key in (*_configured(), *_filed(database)):
        try:
            return Fernet(key).decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):  # another key's, or no key
            continue
    return None


def is_sealed(text):
    """Whether this looks like what ``seal`` makes, whatever the key."""
    try:
        raw = base64.urlsafe_b64decode(text)
    except (binascii.Error, ValueError):
        return False
    return raw.startswith(_BEGIN) and len(raw) >= _SHORTEST


def check(database):
    """Make sure that something can be encrypted, before what can't be done again.

    :raise LoketMisconfigured: there is no key, and none can be made
    """
    _first(database)


def _first(database):
    keys = _configured() or _filed(database) or _made(database)
    try:
        return Fernet(keys[0])
    except ValueError:
        raise LoketMisconfigured(
            _lt(
                "The key that secrets are encrypted with is none. Ask your "
                "administrator to correct l10n_nl_loket_key in Odoo's configuration, "
                "or the key file in Odoo's data folder."
            )
        ) from None


def _configured():
    return _keys(str(config.get(OPTION) or ""))


def _filed(database):
    try:
        return _keys(key_file(database).read_text())
    except (OSError, UnicodeDecodeError):
        return []


def _keys(text):
    return [key for key in re.split(r"[\s,]+", text) if key]


def _made(database):
    """The keys of the file; the first one is made where there is none yet.

    Of several processes that make one at the same moment, one wins, and all of them go
    on with its key: a file gets its name when it is whole, and only where no other has.
    """
    path = key_file(database)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(Fernet.generate_key() + b"\n")
                file.flush()
                os.fsync(handle)
            with suppress(FileExistsError):  # another one was first
                os.link(draft, path)
        finally:
            os.unlink(draft)
        _keep_name(path.parent)
        return _keys(path.read_text()) or [""]
    except (OSError, UnicodeDecodeError):
        raise LoketMisconfigured(
            _lt(
                "The key that secrets are encrypted with can't be read or kept in "
                "Odoo's data folder. Ask your administrator to let Odoo write there, "
                "or to set l10n_nl_loket_key in Odoo's configuration."
            )
        ) from None


def _keep_name(folder):
    """Bring a new name in a folder to the disk, before something relies on it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
