/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {Component, useEffect, xml} from "@odoo/owl";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {evaluateBooleanExpr} from "@web/core/py_js/py";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PAUSE = 2000;

/** Do something again and again, as long as the component is shown. */
const useRepeated = (work) =>
    useEffect(
        () => {
            const timer = setInterval(work, PAUSE);
            return () => clearInterval(timer);
        },
        () => []
    );

/**
 * Reads the record of a form again, as long as it is shown: put it where work goes on in
 * the background, inside what is visible only meanwhile. What a person is typing stays.
 */
export class LoketRefresh extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        useRepeated(() => this.refresh());
    }

    async refresh() {
        if (!(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("loket_refresh", {component: LoketRefresh});

/**
 * A list or cards that are read again, as long as work goes on in the background with one
 * of them: where a field says so. What a person is typing, or has chosen, stays.
 */
const refreshing = (view) => ({
    ...view,
    Controller: class extends view.Controller {
        setup() {
            super.setup();
            useRepeated(() => this.refresh());
        }

        async refresh() {
            const {root} = this.model;
            const goesOn = (record) => record.data.is_queued || record.data.push_queued;
            if (
                root.records.some(goesOn) &&
                !root.editedRecord &&
                !root.selection.length
            ) {
                await root.load();
            }
        }
    },
});

/**
 * A list, or cards, whose header buttons look at the rows that are selected: one is shown
 * where it is for any of them. Its `invisible` speaks of a row, as that of a button in a
 * row does.
 */
const choosing = (view) => ({
    ...view,
    Controller: class extends view.Controller {
        evalViewModifier(modifier) {
            const {isDomainSelected, selection} = this.model.root;
            if (!modifier || modifier === "False") {
                return false;
            }
            // Of the rows on other pages nothing is known here: the server tells.
            return (
                !isDomainSelected &&
                selection.every(({evalContext}) =>
                    evaluateBooleanExpr(modifier, evalContext)
                )
            );
        }
    },
});

registry.category("views").add("loket_refresh_list", choosing(refreshing(listView)));
registry
    .category("views")
    .add("loket_refresh_kanban", choosing(refreshing(kanbanView)));
