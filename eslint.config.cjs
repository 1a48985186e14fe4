/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
// What the OCA asks of JavaScript. `./dev lint` brings the packages (NODE_PATH).
const globals = require("globals");
const jsdoc = require("eslint-plugin-jsdoc");
const js = require("@eslint/js");

module.exports = [
    js.configs.recommended,
    {
        plugins: {jsdoc},
        languageOptions: {
            ecmaVersion: 2024,
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: {
            "array-callback-return": "error",
            "capitalized-comments": ["error", "always", {ignoreInlineComments: true}],
            complexity: ["error", 12],
            "dot-notation": "error",
            eqeqeq: "error",
            "init-declarations": "error",
            "no-alert": "error",
            "no-else-return": "error",
            "no-empty-function": "error",
            "no-eq-null": "error",
            "no-eval": "error",
            "no-extra-bind": "error",
            "no-implicit-coercion": "error",
            "no-implied-eval": "error",
            "no-lonely-if": "error",
            "no-negated-condition": "error",
            "no-new-func": "error",
            "no-param-reassign": "error",
            "no-return-assign": "error",
            "no-self-compare": "error",
            "no-sequences": "error",
            "no-shadow": "error",
            "no-throw-literal": "error",
            "no-unmodified-loop-condition": "error",
            "no-unneeded-ternary": "error",
            "no-unused-expressions": "error",
            "no-use-before-define": "error",
            "no-useless-concat": "error",
            "no-useless-rename": "error",
            "no-var": "error",
            "operator-assignment": "error",
            "prefer-const": "error",
            "sort-imports": ["error", {ignoreDeclarationSort: true}],
            "spaced-comment": "error",
            yoda: "error",

            "jsdoc/check-param-names": "error",
            "jsdoc/check-tag-names": "error",
            "jsdoc/check-types": "error",
        },
    },
    {files: ["**/*.esm.js"], languageOptions: {sourceType: "module"}},
    {
        files: ["**/*.cjs"],
        languageOptions: {sourceType: "commonjs", globals: globals.node},
    },
];
