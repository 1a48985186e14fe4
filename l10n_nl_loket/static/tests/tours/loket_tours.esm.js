/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {delay, queryFirst} from "@odoo/hoot-dom";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const tours = registry.category("web_tour.tours");

// Buttons are found by what they do, so that the walks are the same in each language.

/** Click what the selector finds. */
const click = (content, trigger) => ({content, trigger, run: "click"});

/** Wait until the selector finds something. */
const see = (content, trigger) => ({content, trigger});

/** Where the walk differs: lists of a wide screen are cards on a phone. */
const wide = (step) => ({...step, isActive: ["desktop"]});
const phone = (step) => ({...step, isActive: ["mobile"]});
const either = (step, content, onWide, onPhone) => [
    wide(step(content, onWide)),
    phone(step(content, onPhone)),
];

/** A row of a list, or its card. */
const row = (step, content, which) =>
    either(step, content, `.o_data_row${which}`, `.o_kanban_record${which}`);

/** Click a button of a part of the page that is in an open menu on a phone. */
const press = (content, part, name) =>
    either(
        click,
        content,
        `${part} button[name=${name}]:not(:disabled)`,
        `.o-dropdown--menu button[name=${name}]`
    );

/** Click a button of the header: on a phone all but the first are behind a menu. */
const inHeader = (content, name) => [
    phone(click("More", ".o_statusbar_buttons button:has(.oi-ellipsis-v)")),
    ...press(content, ".o_form_statusbar", name),
];

/** Click one of several buttons above a list: on a phone they are behind a menu. */
const above = (content, name) => [
    phone(click("More", "button.o-control-panel-adaptive-dropdown")),
    ...press(content, ".o_control_panel", name),
];

/** Select a card by a long touch: again, where the cards were just being read anew. */
const hold = (content, which) => {
    const trigger = `.o_kanban_record${which}`;
    const run = async () => {
        for (let tries = 0; tries < 5 && !queryFirst(".o_selection_box"); tries++) {
            queryFirst(trigger)?.dispatchEvent(new TouchEvent("touchstart"));
            await delay(800);
        }
    };
    return phone({content, trigger, run});
};

/** Do something with what is selected. */
const withSelected = (content, name) => [
    phone(see("It is selected", ".o_selection_box")),
    phone(click("What may be done", ".o_cp_action_menus button:has(.fa-cog)")),
    phone(see("Not: delete", ".o-dropdown--menu:not(:has(.text-danger))")),
    ...press(content, ".o_control_panel", name),
];

const withAll = (content, name) => [
    wide(click("All the others", ".o_list_view thead .o_list_record_selector input")),
    hold("One of them", ":first"),
    phone(click("All the others", ".o_selection_box .o_select_domain")),
    ...withSelected(content, name),
];

/** Click an entry of the app. */
const menu = (content, name) => [
    click(content, `[data-menu-xmlid='l10n_nl_loket.${name}']`),
];

/** Save the line of a list, or the form that a phone has in its place. */
const save = () => [
    ...either(click, "Save it", ".o_list_button_save", ".o_form_button_save"),
    ...either(
        see,
        "It is saved",
        ".o_list_view:not(:has(.o_selected_row))",
        ".o_form_status_indicator_buttons.invisible:not(:visible)"
    ),
];

const back = () => click("Go back to the connection", ".o_back_button");

tours.add("loket_setup", {
    steps: () => [
        click("The settings of employees", ".settings_tab .tab[data-key=hr]"),
        click("Set up Loket.nl", "#loket_connections button"),
        click("A new connection", ".o-kanban-button-new"),
        {
            content: "Name it",
            trigger: ".oe_title [name=name] textarea",
            run: "edit Voorbeeld B.V.",
        },
        see(
            "All steps are shown from the beginning",
            ".o_loket_steps button[name=action_connect]"
        ),
        click("What to ask for", ".o_loket_steps button[name=action_ask]"),
        see(
            "The address that Loket must know, to copy",
            "[name=redirect_uri]:contains(/loket/oauth/callback) .o_clipboard_button"
        ),
        see(
            "A right by its name in Loket",
            ".o_loket_ask code:contains(GetEmployeesByEmployerId)"
        ),
        click("As a mail", "button[name=action_mail_ask]"),
        see(
            "It is in the mail",
            ".modal [name=body]:contains(GetEmployeesByEmployerId)"
        ),
        click("Not now", ".modal-header .btn-close"),
        see("The window is gone", "body:not(:has(.modal))"),
        ...inHeader("Connect", "action_connect"),
        {
            content: "The client id that Loket handed out",
            trigger: ".modal [name=client_id] input",
            run: "edit odoo",
        },
        {
            content: "And its secret",
            trigger: ".modal [name=client_secret] input",
            run: "edit sandbox-secret",
        },
        {
            content: "To Loket, where consent is given, and back",
            trigger: ".modal button[name=action_connect]",
            run: "click",
            expectUnloadPage: true,
        },
        click(
            "It is connected; the administration is next",
            ".o_form_statusbar button[name=action_choose_administration].btn-primary"
        ),
        click(
            "Choose the employer",
            ".modal .o_data_row:contains(Voorbeeld B.V.) button[name=action_choose]"
        ),
        click(
            "Choose the administration by its number",
            ".modal .o_data_row:contains(5555) button[name=action_choose]"
        ),
        // A phone shows the name of the state only.
        ...either(
            see,
            "It is connected, and not ready while nothing is mapped",
            ".o_arrow_button_current[data-value=connected]",
            ".o_arrow_button_current[data-value=connected]:not(:visible)"
        ),

        click(
            "Departments",
            ".o_loket_steps button[name=action_departments]:not(:disabled)"
        ),
        ...row(
            click,
            "The cost center of the same name is suggested",
            ":contains(Verkoop) [name=action_accept_suggestion]"
        ),
        ...row(
            see,
            "It is accepted",
            ":contains(Verkoop):not(:has([name=action_accept_suggestion]))"
        ),
        ...row(
            click,
            "A unit of Loket that no department has: make one",
            ":contains(Magazijn) [name=action_make_department]"
        ),
        ...row(
            see,
            "It is made",
            ":contains(Magazijn):not(:has([name=action_make_department]))"
        ),
        phone(
            click(
                "One is not used",
                ".o_kanban_record:contains(Directie) [name=action_skip]"
            )
        ),
        phone(
            see(
                "That one is decided",
                ".o_kanban_record:contains(Directie):not(:has([name=action_skip]))"
            )
        ),
        ...withAll("Are not used", "action_skip"),
        see(
            "Nothing is left to decide",
            ".o_content:not(:has([name=action_make_department]))"
        ),
        back(),

        click("Hour types", ".o_loket_steps button[name=action_hour_types]"),
        ...either(
            click,
            "What has no code and is in use stands on top",
            ".o_data_row:first td[name=component_code]",
            ".o_kanban_record:first"
        ),
        phone(click("Its code", ".o_form_view [name=component_code] input")),
        see(
            "The codes that Loket offers are listed",
            "datalist:not(:visible) option[value='1']"
        ),
        {
            content: "Type the code of hours worked",
            trigger: "[name=component_code]:has(option) input",
            run: "edit 1 && press Tab",
        },
        see(
            "Its name in Loket appears beside it",
            "[name=component_name]:contains(Uren gewerkt)"
        ),
        ...save(),
        phone(click("Back to the cards", ".o_back_button")),
        phone(see("They are read", ".o_kanban_record:contains(Uren gewerkt)")),
        ...withAll("Are not sent", "action_skip"),
        phone(
            see("Nothing is left to send", ".o_content:not(:has([name=action_skip]))")
        ),
        back(),
        see(
            "The step is done",
            ".o_loket_steps li:has(button[name=action_hour_types]) .text-success"
        ),

        click("Fetch the employees", ".o_loket_steps button[name=action_sync]"),
        see("They are there", "button[name=action_decide]"),
        back(),
        click(
            "One person first",
            ".o_form_statusbar button[name=action_test].btn-primary"
        ),
        ...either(
            click,
            "Add somebody",
            ".o_data_row:has(td[name=suggestion_reason]:empty) button[name=action_add]",
            ".o_kanban_record:not(:contains(Bekend in Odoo)) [name=action_add]"
        ),
        see("The person is told", ".o_notification"),
        see(
            "What the payroll file would tell of this person",
            ".modal [name=preview] strong"
        ),
        click("Then the others", ".modal button[name=action_decide_others]"),
        ...either(
            click,
            "Somebody is in Odoo already: see both sides",
            ".o_data_row:has(td[name=suggestion_reason]:not(:empty)) button:contains(...)",
            ".o_kanban_record:contains(Bekend in Odoo) [role=button]:contains(...)"
        ),
        see(
            "Odoo's name beside Loket's",
            ".modal [name=odoo_name]:contains(Bekend in Odoo)"
        ),
        click("Link", ".modal button[name=action_link]"),
        click("Another name: the second yes", ".modal button[name=action_link_anyway]"),
        see("Linked; what to check is listed", ".o_content [name=action_checked]"),
    ],
});

tours.add("loket_day", {
    steps: () => [
        click(
            "The card of the connection says what waits",
            ".o_kanban_record:contains(Voorbeeld B.V.)"
        ),
        ...inHeader("Synchronise now", "action_sync"),
        ...either(
            see,
            "What changed: the old value and the new one",
            ".o_data_row:has(td[name=old_value]:contains(Oudestraat)) td[name=new_value]:contains(Nieuwestraat)",
            ".o_kanban_record:contains(Oudestraat):contains(Nieuwestraat)"
        ),
        ...row(click, "Open who it is", ":contains(Nieuwestraat) [name=action_open]"),
        click("The Loket page of the employee", "a[name=loket]"),
        see(
            "Which connection it comes from",
            ".o_field_widget[name=loket_employee_ids]:contains(Voorbeeld B.V.)"
        ),
        click("Private data", "a[name=personal_information]"),
        see(
            "What comes from Loket can't be edited",
            ".o_field_widget[name=private_street].o_readonly_modifier:contains(Nieuwestraat)"
        ),
        back(),
        click("Somebody new waits for a decision", "button[name=action_decide]"),
        wide(
            click(
                "Choose that person",
                ".o_data_row:contains(Nieuw) .o_list_record_selector input"
            )
        ),
        hold("Choose that person", ":has([name=action_ignore]):contains(Nieuw)"),
        ...withSelected("Leave the person out", "action_ignore"),
        see("Nothing is left to decide", ".o_view_nocontent_smiling_face"),
    ],
});

/** Call a method of employments, as the scheduler would, behind the page. */
const behind = (method, args, kwargs = {}) =>
    rpc(`/web/dataset/call_kw/loket.employee/${method}`, {
        model: "loket.employee",
        method,
        args,
        kwargs,
    });

const goOn = (content, limit) => ({
    content,
    trigger: ".o_content",
    run: async () => {
        const queued = [["is_queued", "=", true]];
        const ids = await behind("search", [queued], {limit});
        await behind("action_apply", [ids]);
    },
});

tours.add("loket_goes_on", {
    steps: () => [
        phone(click("The lists", ".o_control_panel button:has(.fa-bolt)")),
        click("Employments", "button[name=action_employees]"),
        see("Three are to be added", "[name=outcome] .badge:eq(2)"),
        see("None is added", ".o_content:not(:has([name=outcome] .text-bg-success))"),
        goOn("One is added in the background", 1),
        see("The list says so by itself", "[name=outcome] .text-bg-success"),
        back(),
        see("One is added", "[name=employees_done] [aria-valuenow='1']"),
        goOn("Another one", 1),
        see("The page says so by itself", "[name=employees_done] [aria-valuenow='2']"),
        goOn("The others too", 100),
        see("And that it is over", ".o_form_view:not(:has([name=employees_done]))"),
    ],
});

const choose = (content, field, text) => [
    {
        content: `Type ${content}`,
        trigger: `.o_selected_row [name=${field}] input`,
        run: `edit ${text}`,
    },
    click(`Choose ${content}`, `.o-autocomplete--dropdown-item:contains(${text})`),
];

tours.add("loket_period", {
    steps: () => [
        see(
            "She begins on what is booked in the period",
            ".o_field_widget[name=warning_ids]"
        ),
        click("What HR is to correct, is asked", "button[name=action_ask_hr]"),
        see("Who was asked is said", "[name=hr_asked]:contains(Karin)"),
        ...menu("Wage entries", "menu_loket_wage_entries"),
        click("A new one", ".o_list_button_add"),
        ...choose("the employee", "employee_id", "Anna"),
        ...choose("what it is", "wage_component_id", "Reiskosten"),
        {
            content: "How much",
            trigger: ".o_selected_row [name=value] input",
            run: "edit 12",
        },
        click("Save it", ".o_list_button_save"),
        see("It is saved", ".o_data_row:not(.o_selected_row):contains(Reiskosten)"),
        ...menu("All files", "menu_loket_files"),
        click("Make one", ".o_control_panel .o_loket_make"),
        see(
            "The right connection is filled in",
            ".modal [name=connection_id] input:value(Loket 5555)"
        ),
        click("The last full period too", ".modal button[name=action_make]"),
        see("What is not in the file", ".o_field_widget[name=warning_ids]"),
        see(
            "Totals beside those of the last period",
            ".o_field_widget[name=component_total_ids] td[name=value_before]"
        ),
        click("Leave it out on purpose", "[name=accept_left_out] input"),
        click("Make the file", "button[name=action_generate]:not(:disabled)"),
        see(
            "How this very file gets into Loket",
            "[name=upload_steps] strong:contains(loket_5555_)"
        ),
        click("Send it", "button[name=action_send]"),
        see("It is sent", ".o_arrow_button_current[data-value=sent]"),
        ...menu("Look back", "menu_loket_reporting"),
        ...menu("At the hours that were sent", "menu_loket_lines"),
        see("They are in a chart", ".o_graph_renderer canvas"),
    ],
});

/** Fill in a many2one of a form; on a phone it is chosen from cards. */
const choose_in_form = (content, field, text) => [
    phone(click(`Type ${content}`, `.o_form_view [name=${field}] input`)),
    phone(click(`Choose ${content}`, `.modal .o_kanban_record:contains(${text})`)),
    wide({
        content: `Type ${content}`,
        trigger: `.o_form_view [name=${field}] input`,
        run: `edit ${text}`,
    }),
    wide(
        click(`Choose ${content}`, `.o-autocomplete--dropdown-item:contains(${text})`)
    ),
];

tours.add("loket_recurs", {
    steps: () => [
        click("One more", ":is(.o_list_button_add, .o-kanban-button-new)"),
        ...choose_in_form("who gets it", "employee_id", "Anna"),
        ...choose_in_form("what it is", "wage_component_id", "Reiskosten"),
        {
            content: "How much, each period",
            trigger: ".o_form_view [name=value] input",
            run: "edit 46",
        },
        click("Keep it", ".o_form_button_save"),
        see("It is kept", ".o_form_status_indicator_buttons.invisible:not(:visible)"),
    ],
});

tours.add("loket_recurs_in_the_file", {
    steps: () => [
        see(
            "It is in the file of the period, beside the hours",
            "[name=component_total_ids]:contains(46)"
        ),
        ...inHeader("As last period", "action_copy_last_period"),
        see(
            "What was entered in the period before is offered",
            ".modal [name=choice_ids]:contains(Bram)"
        ),
        click("Copy it", ".modal button[name=action_copy]"),
        see(
            "The copy is there to be looked at",
            "body:not(:has(.modal)) .o_content:not(:has(.o_form_view)):contains(Bram)"
        ),
    ],
});

tours.add("loket_per_person", {
    steps: () => [
        see("Her hours are beside those of her contract", ".o_content:contains(Anna)"),
    ],
});

tours.add("loket_period_on_a_phone", {
    steps: () => [
        see(
            "What is not in the file is a card",
            ".o_field_widget[name=warning_ids] .o_kanban_record"
        ),
        click("Who has no hours", ".o_notebook a[name=idle]"),
        see(
            "They are cards",
            ".o_field_widget[name=idle_employment_ids] .o_kanban_record:contains(Bram)"
        ),
        click("Remind them", "button[name=action_remind]"),
        see("Whom it goes to", ".modal [name=employment_ids] .o_tag:contains(Bram)"),
        see("Who has no address", ".modal [name=without_address]:contains(Chris)"),
        see("What is said", ".modal [name=body]:contains(loket-clerk)"),
        click("Send it", ".modal button[name=action_send]"),
        see("It went", "body:not(:has(.modal))"),
        click("In the file", ".o_notebook a[name=cells]"),
        see(
            "The cells are cards",
            ".o_field_widget[name=file_line_ids] .o_kanban_record:contains(Anna)"
        ),
    ],
});

tours.add("loket_straight", {
    steps: () => [
        see(
            "What is booked in the period is there at once",
            ".o_field_widget[name=component_total_ids] :is(.o_data_row, .o_kanban_record)"
        ),
        click(
            "Make the file",
            ".o_form_statusbar button[name=action_generate].btn-primary"
        ),
        click(
            "Into Loket is what comes next",
            ".o_form_statusbar button[name=action_push].btn-primary"
        ),
        see("All of it was read back", ".alert-success:not(.o_invisible_modifier)"),
        click(
            "The payroll office can be told",
            ".o_form_statusbar button[name=action_ready_for_payroll].btn-primary"
        ),
        {
            content: "Whom to tell",
            trigger: ".modal [name=addresses] input",
            run: "edit salaris@kantoor.example",
        },
        click("Tell them", ".modal button[name=action_tell]"),
        see("When it was told is said", "[name=ready_on]:not(:has(input))"),
        see("The window is gone", "body:not(:has(.modal))"),
    ],
});

tours.add("loket_put_right", {
    steps: () => [
        ...row(
            click,
            "What is to check: take Loket's values over",
            ":contains(Bekend) [name=action_take_over]"
        ),
        see(
            "Nothing is left to check of this person",
            ".o_content:not(:contains(Bekend))"
        ),
    ],
});

tours.add("loket_mistake_on_a_phone", {
    steps: () => [
        ...inHeader("Somebody was added by mistake", "action_undo"),
        click(
            "The employee that was made goes too",
            ".modal button[name=action_undo_adding]"
        ),
        see(
            "To decide again",
            "body:not(:has(.modal)) .o_form_statusbar button[name=action_add]"
        ),
    ],
});

tours.add("loket_mistake", {
    steps: () => [
        click("All of them", ".o_facet_remove"),
        click(
            "Somebody was added by mistake",
            ".o_data_row:contains(Vergissing) button[name=action_undo]"
        ),
        click(
            "The employee that was made goes too",
            ".modal button[name=action_undo_adding]"
        ),
        see(
            "To decide again",
            "body:not(:has(.modal)) .o_data_row:contains(Vergissing) button[name=action_add]"
        ),
    ],
});

tours.add("loket_make", {
    steps: () => [
        click("The connection", ".o_kanban_record:contains(Voorbeeld)"),
        click("Hour types", ".o_loket_steps button[name=action_hour_types]"),
        ...either(
            click,
            "One that Odoo lacks",
            ".o_list_button_add",
            ".o-kanban-button-new"
        ),
        wide({
            content: "Its name",
            trigger: ".o_selected_row td[name=work_entry_type_id] input",
            run: "edit Zondagen",
        }),
        wide(click("That is enough", ".o_m2o_dropdown_option_create")),
        phone(click("Which one", ".o_form_view [name=work_entry_type_id] input")),
        phone(click("None of these", ".modal .o_create_button")),
        phone({
            content: "Its name",
            trigger: ".modal .oe_title [name=name] input",
            run: "edit Zondagen",
        }),
        phone(click("That is enough", ".modal .o_form_button_save")),
        ...either(
            click,
            "Its code",
            ".o_selected_row td[name=component_code] input",
            "body:not(:has(.modal)) .o_form_view [name=component_code] input"
        ),
        {
            content: "By the name that Loket has for it",
            trigger: "[name=component_code]:has(option) input",
            run: "edit overwerk 200% && press Tab",
        },
        ...save(),
        phone(click("Back to the cards", ".o_back_button")),
        ...above("Others of Loket's components", "action_make"),
        click(
            "Choose one",
            ".modal .o_data_row:contains(Overwerk 150%) td[name=is_chosen] input"
        ),
        see("It is chosen", ".modal td[name=is_chosen] input:checked"),
        click("Make it", ".modal button[name=action_make]"),
        ...row(
            see,
            "It is in the table, with its code",
            ":contains(Overwerk 150%):contains(31)"
        ),
        back(),
        click("Departments", ".o_loket_steps button[name=action_departments]"),
        click("From Loket's units", ".o_control_panel button[name=action_make]"),
        see("They are listed", ".modal .o_data_row:contains(Magazijn)"),
        click("Not now", ".modal button[special=cancel]"),
        see("Back in the table", "body:not(:has(.modal))"),
    ],
});
