/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const ROUTE = "/loket/credentials";

/**
 * Asks for what connects to Loket, and posts it. No field of the record holds any of it:
 * those are arguments of calls, which the server logs. What is typed lives in the inputs
 * only, and secrets are emptied as soon as they were sent.
 */
export class LoketCredentials extends Component {
    static template = "l10n_nl_loket.Credentials";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.http = useService("http");
        this.form = useRef("form");
        this.state = useState({message: "", busy: false});
    }

    get isSoap() {
        return this.props.record.data.protocol === "soap";
    }

    get hasClient() {
        return this.props.record.data.has_client;
    }

    /** Of what is there already nothing is shown; it stays where nothing is typed. */
    get kept() {
        return this.hasClient ? _t("As it is") : "";
    }

    async connect() {
        const typed = Object.fromEntries(new FormData(this.form.el));
        const connection = this.props.record.data.connection_id;
        Object.assign(this.state, {message: "", busy: true});
        let answer = {};
        try {
            answer = await this.http.post(ROUTE, {
                ...typed,
                connection_id: connection.id,
                csrf_token: odoo.csrf_token,
            });
        } catch {
            // A page in place of an answer: no right, or an old page.
            answer.message = _t(
                "Odoo did not accept this. Load the page again, and see whether you " +
                    "may set up this connection."
            );
        }
        for (const input of this.form.el.querySelectorAll("[type=password]")) {
            input.value = "";
        }
        Object.assign(this.state, {message: answer.message || "", busy: false});
        if (answer.action) {
            await this.action.doAction(answer.action);
        }
    }
}

registry.category("view_widgets").add("loket_credentials", {
    component: LoketCredentials,
    fieldDependencies: [
        {name: "connection_id", type: "many2one"},
        {name: "has_client", type: "boolean"},
        {name: "protocol", type: "selection"},
    ],
});
