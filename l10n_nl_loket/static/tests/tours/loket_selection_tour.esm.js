/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {registry} from "@web/core/registry";

/** Tick the row of somebody, or take the tick away. */
const tick = (name) => ({
    content: `Tick ${name}`,
    trigger: `.o_data_row:contains(${name}) .o_list_record_selector input`,
    run: "click",
});

/** Wait until the header has a button, or has it no more. */
const header = (method, isShown) => ({
    content: `${method} is ${isShown ? "" : "not "}there`,
    trigger: `.o_selection_container${isShown ? ":has" : ":not(:has"}(button[name=${method}])${isShown ? "" : ")"}`,
});

registry.category("web_tour.tours").add("loket_selection", {
    steps: () => [
        {content: "All of them", trigger: ".o_facet_remove", run: "click"},
        tick("Jan2"),
        header("action_same_person", false),
        header("action_left", false),
        header("action_add", false),
        tick("Jan1"),
        header("action_same_person", true),
        header("action_share_number", false),
        {
            content: "The same person",
            trigger: ".o_selection_container button[name=action_same_person]",
            run: "click",
        },
        {content: "Yes", trigger: ".modal-footer .btn-primary", run: "click"},
        {
            content: "For whom it was not is told",
            trigger: ".o_notification:contains(Jan2)",
        },
    ],
});
