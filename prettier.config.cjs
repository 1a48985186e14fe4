/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
// As the OCA formats JavaScript. XML is not given to it: it breaks texts of views apart.
module.exports = {
    bracketSpacing: false,
    printWidth: 88,
    tabWidth: 4,
    trailingComma: "es5",
};
