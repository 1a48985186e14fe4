/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {CharField, charField} from "@web/views/fields/char/char_field";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";
import {useState} from "@odoo/owl";

const PAUSE = 250;

/**
 * A component code that is typed, while the codes that Loket offers for the payroll file
 * are listed below it with their names. Any other code may be typed too.
 */
export class LoketComponentCode extends CharField {
    static template = "l10n_nl_loket.ComponentCode";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.offered = useState({components: []});
        this.onInput = useDebounced(() => this.tell(), PAUSE);
    }

    /** The name and the remark of what is typed so far appear beside it. */
    tell() {
        const code = this.input.el && this.parse(this.input.el.value);
        // Of a name the list shows the codes; it is none yet.
        if (!this.input.el || /[a-z]/i.test(code)) {
            return;
        }
        if (code !== this.props.record.data[this.props.name]) {
            this.props.record.update({[this.props.name]: code});
        }
    }

    /** A whole name that Loket offers once is its code, too. */
    parse(value) {
        const typed = super.parse(value);
        const name = typed.toLowerCase();
        const codes = Object.keys(this.names).filter(
            (code) => this.names[code].toLowerCase() === name
        );
        return codes.length === 1 ? codes[0] : typed;
    }

    get listId() {
        return `loket_components_${this.props.record.id}`;
    }

    async onFocus() {
        if (this.offered.components.length) {
            return;
        }
        const connection = this.props.record.data.connection_id;
        this.offered.components = await this.orm.searchRead(
            "loket.component",
            [
                ["connection_id", "=", connection && connection.id],
                ["collective", "=", true],
            ],
            ["code", "name"],
            {order: "year, code"}
        );
    }

    /** {code: name}, once for each code: the newest year's name counts. */
    get names() {
        return Object.fromEntries(
            this.offered.components.map(({code, name}) => [code, name])
        );
    }
}

registry.category("fields").add("loket_component_code", {
    ...charField,
    component: LoketComponentCode,
});
