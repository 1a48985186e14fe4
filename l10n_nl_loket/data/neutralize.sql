-- Copyright 2026 l10n_nl_loket contributors
-- License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
-- A copy of a database must not speak to Loket in the name of the original.
DELETE FROM loket_token;
UPDATE loket_connection
   SET client_secret = NULL, state = 'draft';
