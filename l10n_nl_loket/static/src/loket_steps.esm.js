/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {Component} from "@odoo/owl";
import {ViewButton} from "@web/views/view_button/view_button";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** What a button of the form needs, to do what a step leads to. */
const clickParams = ({action}) => ({name: action, type: "object"});

/**
 * The steps of a connection as the server tells them: done or to do, how far, and the way
 * there. Their order, words and conditions are in loket_connection_steps.py.
 */
export class LoketSteps extends Component {
    static template = "l10n_nl_loket.Steps";
    static components = {ViewButton};
    static props = {...standardFieldProps};

    get steps() {
        return (this.props.record.data[this.props.name] || []).filter(
            (step) => step.is_shown
        );
    }

    clickParams(step) {
        return clickParams(step);
    }
}

registry.category("fields").add("loket_steps", {
    component: LoketSteps,
    supportedTypes: ["json"],
});

/** The button of the step whose turn it is, for the header; none for who may not. */
export class LoketNextStep extends Component {
    static template = "l10n_nl_loket.NextStep";
    static components = {ViewButton};
    static props = {...standardWidgetProps};

    get step() {
        return (this.props.record.data.steps || []).find(
            (step) => step.is_next && step.action
        );
    }

    get clickParams() {
        return clickParams(this.step);
    }
}

registry.category("view_widgets").add("loket_next_step", {
    component: LoketNextStep,
    fieldDependencies: [{name: "steps", type: "json"}],
});
