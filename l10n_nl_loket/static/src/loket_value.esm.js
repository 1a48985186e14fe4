/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";

/**
 * A value of which another field, ``unit``, says what it counts: euros are written as
 * money, all else without decimals that say nothing.
 */
export class LoketValue extends FloatField {
    get formattedValue() {
        const {name, record, readonly} = this.props;
        if (record.data.unit !== "amount") {
            return super.formattedValue;
        }
        const field = record.fields[name];
        const amount = formatFloat(this.value, {field, minDigits: 2});
        return readonly ? `€ ${amount}` : amount;
    }
}

registry.category("fields").add("loket_value", {
    ...floatField,
    component: LoketValue,
    fieldDependencies: [{name: "unit", type: "selection"}],
    extractProps: (info) => ({
        ...floatField.extractProps(info),
        trailingZeros: false,
    }),
});
