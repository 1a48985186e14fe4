/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {Component, useEffect, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PAUSE = 2000;

/**
 * Reads the record of a form again, as long as it is shown: put it where work goes on in
 * the background, inside what is visible only meanwhile. What a person is typing stays.
 */
export class LoketRefresh extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        useEffect(
            () => {
                const timer = setInterval(() => this.refresh(), PAUSE);
                return () => clearInterval(timer);
            },
            () => []
        );
    }

    async refresh() {
        if (!(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("loket_refresh", {component: LoketRefresh});
