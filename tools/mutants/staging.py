# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Source as mutmut can break it: the same behaviour, all of it in functions.

Mutmut breaks what stands in a function without a decorator. What decides just as much
would go unharmed: a property, and a bound that is a constant of its module. So
a property gets its decorator afterwards, and a constant is asked of a function.
Sentences go the other way: what they say is read by a person, and tests need not
repeat it; mutmut leaves text in triple quotes alone.
"""

import re
from pathlib import PurePosixPath

import libcst as cst

#: The function that gives a constant is called by this and its name.
ASKED = "constant_"
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")


def staged(sources):
    """The sources of plain rooms, so that mutmut can break all that they decide.

    :param sources: {path below the addon: source} of all modules of the rooms
    :return: the same, rewritten
    """
    trees = {
        PurePosixPath(path): cst.parse_module(text) for path, text in sources.items()
    }
    constants = {path: _constants(tree) for path, tree in trees.items()}
    return {
        str(path): tree.visit(_Staging(path, constants)).code
        for path, tree in trees.items()
    }


def _constants(tree):
    return {name for statement in tree.body if (name := _assigned(statement))}


def _assigned(statement):
    """The constant that a statement of a module gives its value; None: it gives none.

    Types and lists of names have other names, and several at once are left as they are.
    """
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return None
    (small,) = statement.body
    if isinstance(small, cst.Assign) and len(small.targets) == 1:
        target = small.targets[0].target
    elif isinstance(small, cst.AnnAssign) and small.value:
        target = small.target
    else:
        return None
    is_constant = isinstance(target, cst.Name) and _CONSTANT.fullmatch(target.value)
    return target.value if is_constant else None


class _Staging(cst.CSTTransformer):
    """Rewrites one module.

    :param path: of the module, below the addon
    :param constants: {path: the names of its constants} of all modules
    """

    def __init__(self, path, constants):
        super().__init__()
        self._folder = path.parent
        self._constants = constants
        self._own = constants[path]
        #: The constants that a function asks for by their name.
        self._known = set(self._own)
        #: {name of a module that is imported: the constants in it}
        self._modules = {}
        #: How many functions are around what is visited.
        self._depth = 0

    # === WHAT OTHER MODULES GIVE === #

    def visit_ImportFrom(self, node):
        return False

    def leave_ImportFrom(self, original_node, updated_node):
        if not original_node.relative:
            return updated_node
        folder = self._folder
        for _dot in original_node.relative[1:]:
            folder = folder.parent
        names = [alias.evaluated_name for alias in original_node.names]
        if not original_node.module:
            for name in names:
                self._modules[name] = self._constants.get(folder / f"{name}.py", ())
            return updated_node
        parts = cst.Module([]).code_for_node(original_node.module).split(".")
        given = self._constants.get(folder.joinpath(*parts).with_suffix(".py"), ())
        asked = [name for name in names if name in given]
        self._known.update(asked)
        more = [cst.ImportAlias(cst.Name(ASKED + name)) for name in asked]
        return updated_node.with_changes(
            names=[
                alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)
                for alias in (*original_node.names, *more)
            ]
        )

    # === CONSTANTS === #

    def leave_Name(self, original_node, updated_node):
        if self._depth and original_node.value in self._known:
            return cst.Call(cst.Name(ASKED + original_node.value))
        return updated_node

    def leave_Attribute(self, original_node, updated_node):
        module, name = original_node.value, original_node.attr.value
        is_module = isinstance(module, cst.Name) and module.value in self._modules
        if self._depth and is_module and name in self._modules[module.value]:
            return cst.Call(cst.Attribute(module, cst.Name(ASKED + name)))
        # What an object calls its own is no constant of this module.
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node, updated_node):
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Param(self, original_node, updated_node):
        # A default is worked out once, when the function is made.
        return original_node

    def leave_SimpleStatementLine(self, original_node, updated_node):
        name = None if self._depth else _assigned(original_node)
        if name not in self._own:
            return updated_node
        (small,) = updated_node.body
        gives = cst.FunctionDef(
            cst.Name(ASKED + name),
            cst.Parameters(),
            cst.IndentedBlock([cst.SimpleStatementLine([cst.Return(small.value)])]),
        )
        asks = small.with_changes(value=cst.Call(cst.Name(ASKED + name)))
        return cst.FlattenSentinel([gives, cst.SimpleStatementLine([asks])])

    # === PROPERTIES === #

    def visit_FunctionDef(self, node):
        self._depth += 1

    def leave_FunctionDef(self, original_node, updated_node):
        self._depth -= 1
        name = original_node.name
        function = updated_node.with_changes(name=name)
        decorators = [decorator.decorator for decorator in function.decorators]
        if len(decorators) != 1 or not _is_name(decorators[0], "property"):
            return function
        made = cst.Call(cst.Name("property"), [cst.Arg(name)])
        assigned = cst.Assign([cst.AssignTarget(name)], made)
        return cst.FlattenSentinel(
            [
                function.with_changes(decorators=[]),
                cst.SimpleStatementLine([assigned]),
            ]
        )

    # === SENTENCES === #

    def leave_Call(self, original_node, updated_node):
        if not _is_name(original_node.func, "_lt"):
            return updated_node
        sentence, *values = updated_node.args
        text = sentence.value.evaluated_value
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        argument = sentence.with_changes(value=cst.SimpleString(f'"""{quoted}"""'))
        return updated_node.with_changes(args=[argument, *values])


def _is_name(node, name):
    return isinstance(node, cst.Name) and node.value == name
