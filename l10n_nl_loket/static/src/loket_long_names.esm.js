/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
import {Many2One} from "@web/views/fields/many2one/many2one";
import {patch} from "@web/core/utils/patch";

const LONG = 28; // Characters that stand in the box of a telephone.
const OURS = /^(loket\.|hr\.wage\.)/;

/**
 * On a phone, in the forms of this addon: a name that its box cuts stands below it as a
 * whole, for two persons may differ in the end of their names only.
 */
patch(Many2One.prototype, {
    get extraLines() {
        const lines = super.extraLines;
        const {readonly, value} = this.props;
        const model = this.env.model && this.env.model.config.resModel;
        const name = (value && value.display_name) || "";
        const isCut = this.env.isSmall && !readonly && name.length > LONG;
        return isCut && OURS.test(model) ? [name, ...lines] : lines;
    },
});
