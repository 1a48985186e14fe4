/* Copyright 2026 l10n_nl_loket contributors
   License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl). */
// What a test of screens asks of the web client's page: opening, waiting, and looking.
const eyes = {
    /** Calls that have no answer yet, and the views that were fetched. */
    calls: new Set(),
    views: new Set(),
    failed: [],
};

const TIME = 20_000;
const PAUSE = 15;
const QUIET = 3;

const module = (name) => odoo.loader.modules.get(name);
const services = () => odoo.__WOWL_DEBUG__.root.env.services;
const nap = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

/** The window in front, or what the action shows. */
eyes.root = () =>
    [...document.querySelectorAll(".o_dialog .modal-content")].at(-1) ||
    document.querySelector(".o_action_manager");

eyes.start = () => {
    const {rpcBus} = module("@web/core/network/rpc");
    rpcBus.addEventListener("RPC:REQUEST", ({detail}) =>
        eyes.calls.add(detail.data.id)
    );
    rpcBus.addEventListener("RPC:RESPONSE", ({detail}) => {
        eyes.calls.delete(detail.data.id);
        const views = (detail.result && detail.result.views) || {};
        for (const {id} of Object.values(views)) {
            eyes.views.add(id);
        }
        if (detail.error) {
            const {data, message} = detail.error;
            eyes.failed.push((data && data.message) || message);
        }
    });
    document.head.insertAdjacentHTML(
        "beforeend",
        "<style>*, *::before {animation: none !important; transition: none !important}</style>"
    );
};

/** Wait until nothing is fetched or drawn any more. */
eyes.settle = async () => {
    const {App} = module("@odoo/owl");
    const isBusy = () =>
        eyes.calls.size ||
        [...App.apps].some((app) => app.scheduler.tasks.size) ||
        [...document.images].some(
            ({complete, loading}) => !complete && loading !== "lazy"
        );
    const end = Date.now() + TIME;
    for (let quiet = 0; quiet < QUIET; quiet = isBusy() ? 0 : quiet + 1) {
        if (Date.now() > end) {
            throw new Error(`still busy: ${eyes.calls.size} calls`);
        }
        await nap();
    }
};

/** Open an action in the view that is asked for, alone. */
eyes.open = async ({action, view, record, context}) => {
    const {action: actions, dialog} = services();
    dialog.closeAll();
    const options = {clearBreadcrumbs: true};
    if (context) {
        options.additionalContext = context;
    }
    if (view) {
        Object.assign(options, {viewType: view, props: record ? {resId: record} : {}});
    }
    await actions.doAction(action, options);
    await eyes.settle();
    const shown = actions.currentController;
    // On a phone cards come before a list, and before a chart.
    if (
        view &&
        shown.view &&
        shown.view.type !== view &&
        shown.action.target !== "new"
    ) {
        await actions.switchView(view);
        await eyes.settle();
    }
};

/** Do what a button does, and open what it leads to. */
eyes.press = async ({model, method, record}) => {
    const {action: actions, dialog} = services();
    dialog.closeAll();
    const {rpc} = module("@web/core/network/rpc");
    const {user} = module("@web/core/user");
    const call = {model, method, args: [[record]]};
    const answer = await rpc(`/web/dataset/call_button/${model}/${method}`, {
        ...call,
        kwargs: {context: user.context},
    });
    await actions.doAction(answer, {clearBreadcrumbs: true});
    await eyes.settle();
};

const TAB = ".o_notebook_headers .nav-link";

/** The tabs of what is shown, but for the one that is open. */
eyes.tabs = () =>
    [...eyes.root().querySelectorAll(`${TAB}:not(.active)`)].map((tab) => tab.name);

eyes.turn = async (name) => {
    eyes.root().querySelector(`${TAB}[name=${name}]`).click();
    await eyes.settle();
};

const isShown = (part) => {
    const {width, height} = part.getBoundingClientRect();
    return width > 1 && height > 1 && part.checkVisibility({visibilityProperty: true});
};

const textOf = (part) =>
    (["INPUT", "TEXTAREA"].includes(part.tagName) ? part.value : part.textContent)
        .replace(/\s+/g, " ")
        .trim();

/** Where a part is, in words that are the same each time. */
const inWords = (part) => {
    const field = part.closest("[name]");
    const name = field ? ` [${field.getAttribute("name")}]` : "";
    const kind = part.closest("th, td, label, button, .badge, .alert") || part;
    return `${kind.tagName.toLowerCase()}${name} "${textOf(part).slice(0, 60)}"`;
};

/** What stands in a field to type in can be moved through by touch. */
const hides = (part, style) =>
    part.tagName === "INPUT"
        ? !("ontouchstart" in window)
        : ["hidden", "clip"].includes(style.overflowX);

const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);

/** Whether a part, or what it stands in, can be scrolled sideways. */
const isReached = (part) => {
    for (let one = part; one && one !== document.body; one = one.parentElement) {
        if (scrolls(getComputedStyle(one)) && one.scrollWidth > one.clientWidth + 1) {
            return true;
        }
    }
    return false;
};

/** Whether words of its own stand beyond the edge of the window. */
const isBeyond = (part) => {
    const words = [...part.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()
    );
    const {left, right} = part.getBoundingClientRect();
    return words && (right > window.innerWidth + 1 || left < -1) && !isReached(part);
};

/**
 * What is cut: words that end where their place ends, words beyond the edge of the window,
 * and what has to be scrolled sideways. Selectors say which part is looked at, which not.
 */
eyes.cuts = ({part: own, ignored}) => {
    const found = [];
    const cut = [];
    const parts = [...eyes.root().querySelectorAll("*")].reverse(); // Inner ones first
    const isMeant = (part) =>
        isShown(part) && !part.closest(ignored) && (!own || part.closest(own));
    for (const part of parts.filter((one) => isMeant(one) && textOf(one))) {
        const style = getComputedStyle(part);
        const isWide = part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1;
        if (isWide && hides(part, style) && !cut.some((one) => part.contains(one))) {
            cut.push(part);
            found.push(`cut: ${inWords(part)}`);
        } else if (isWide && scrolls(style)) {
            found.push(`sideways: ${inWords(part).slice(0, 60)}`);
        } else if (isBeyond(part)) {
            found.push(`beyond the edge: ${inWords(part)}`);
        }
    }
    return [...new Set(found)];
};

// What axe finds wrong, but for what of Odoo's own is let pass: a selector for each rule.
eyes.faults = async ({part, ignored, allowed}) => {
    const root = eyes.root();
    const places = part ? [...root.querySelectorAll(part)] : [root];
    const {violations} = await window.axe.run(
        {include: places, exclude: [...document.querySelectorAll(ignored)]},
        {resultTypes: ["violations"], elementRef: true}
    );
    return violations.flatMap(({id, nodes}) =>
        nodes
            .filter(({element}) => !(allowed[id] && element.closest(allowed[id])))
            .map(({element, any, all, none}) => {
                const [why] = [...any, ...all, ...none];
                const html = element.outerHTML.slice(0, 200);
                return `${id}: ${inWords(element)} ${why ? why.message : ""} ${html}`;
            })
    );
};

// Which of the places axe finds wrong by the rule that they are listed under.
eyes.faulty = async (allowed) => {
    const {violations} = await window.axe.run(eyes.root(), {
        runOnly: Object.keys(allowed),
        resultTypes: ["violations"],
        elementRef: true,
    });
    return violations.map(({id, nodes}) => [
        id,
        allowed[id].filter((place) =>
            nodes.some(({element}) => element.closest(place))
        ),
    ]);
};

/** Whether what is to be seen is not there: the addon's part, as a selector. */
eyes.lacks = (part) => {
    const places = part ? [...eyes.root().querySelectorAll(part)] : [eyes.root()];
    return !places.some(isShown);
};

/** Whether the screen shows nothing, or an error. */
eyes.state = () => {
    const problem = document.querySelector(
        ".o_error_dialog, .o_notification.border-danger"
    );
    const failed = eyes.failed.splice(0);
    return {
        isEmpty: Boolean(eyes.root().querySelector(".o_view_nocontent")),
        problem: problem ? problem.textContent : failed.join("; "),
    };
};

window.eyes = eyes;
