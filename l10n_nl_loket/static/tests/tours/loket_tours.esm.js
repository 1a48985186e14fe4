/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Buttons are found by what they do, so that the walks are the same in each language.

tours.add("loket_setup", {
    steps: () => [
        {
            content: "The connection shows its steps; hour types are next",
            trigger: ".o_loket_steps button[name=action_hour_types]",
            run: "click",
        },
        {
            content: "What has no code stands on top",
            trigger: ".o_data_row:first td[name=component_code]",
            run: "click",
        },
        {
            content: "Type the code that Loket offers",
            trigger: ".o_selected_row td[name=component_code] input",
            run: "edit 30 && press Tab",
        },
        {
            content: "Its name appears beside it",
            trigger: "td[name=component_name]:contains(Component 30)",
        },
        {
            content: "Save the line",
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_list_view:not(:has(.o_selected_row))",
        },
    ],
});

tours.add("loket_day", {
    steps: () => [
        {
            content: "Open what is to be decided",
            trigger: ".o_loket_steps button[name=action_employees]",
            run: "click",
        },
        {
            content: "Somebody new is waiting",
            trigger: ".o_data_row:contains(Kees Nieuw) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Leave this person out",
            trigger: ".o_control_panel button[name=action_ignore]",
            run: "click",
        },
        {
            content: "Nothing is left to decide",
            trigger: ".o_view_nocontent_smiling_face",
        },
    ],
});

tours.add("loket_period", {
    steps: () => [
        {
            content: "The last full period is filled in",
            trigger: ".modal button[name=action_make]",
            run: "click",
        },
        {
            content: "What is booked is shown; make the file",
            trigger: "button[name=action_generate]:not(:disabled)",
            run: "click",
        },
        {
            content: "Send it",
            trigger: "button[name=action_send]",
            run: "click",
        },
        {
            content: "It is sent",
            trigger: ".o_arrow_button_current[data-value=sent]",
        },
    ],
});
