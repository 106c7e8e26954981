"""The shape of the tree: imports go one way, nothing heavy or live at import, and what every file promises."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GENERATED = {".git", ".venv", ".uv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
TOPS = ("flows", "tasks", "deployments", "expectations", "tests")
PYTHON = sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py"))
OURS = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PYTHON}
SHIPPED = [path for path in PYTHON if not path.is_relative_to(ROOT / "tests")]
SOQL = sorted((ROOT / "tasks").glob("salesforce*queries.py"))
LONGEST, LONGEST_SOQL = 300, 320
LIVE = {
    "settings", "Settings", "salesforce", "Salesforce", "SalesforceDoor", "slack_reader", "slack_writer", "WebClient",
    "Session", "Github", "get_client",
}  # fmt: skip

# Which part may import which; the first that fits names the part of a module.
PARTS = {
    "tasks.rules": "rules",
    "tasks.reports": "reports",
    "tasks.settings": "settings",
    "tasks.log_filter": "settings",
    "tasks.secrets_filter": "settings",
    "tasks.clients": "clients",
    "tasks": "tasks",
    "flows": "flows",
    "expectations": "expectations",
    "deployments.sandbox": "sandbox",
    "deployments": "deployments",
    "tests": "tests",
}
MAY_IMPORT = {
    "rules": {"rules"},
    "reports": {"reports", "rules"},
    "settings": {"settings", "rules"},
    "clients": {"settings"},
    "tasks": {"tasks", "clients", "settings", "reports", "rules"},
    "flows": {"flows", "tasks", "settings", "reports", "rules"},
    "expectations": {"tasks", "clients", "settings", "rules"},
    "sandbox": {"sandbox"},
    "deployments": {"deployments", "sandbox", "flows", "tasks", "clients", "settings", "reports"},
    "tests": set(PARTS.values()),
}
# The rules are a handbook in pandas: no clock but the one that is passed in, no network, no Prefect.
RULES_USE = {
    "base64",
    "collections",
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "functools",
    "hashlib",
    "html",
    "json",
    "math",
    "re",
    "typing",
    "unicodedata",
    "zoneinfo",
    "pandas",
}


def name(path: Path) -> str:
    """The path below the root, for ids and messages."""
    return path.relative_to(ROOT).as_posix()


def offenders(paths: Iterable[Path], offence: Callable[[Path], object]) -> dict[str, object]:
    """The files with what is wrong in them; empty when all is well."""
    found = {name(path): offence(path) for path in paths}
    assert found, "there is nothing to look at"
    return {path: wrong for path, wrong in found.items() if wrong}


def marks(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """The decorators."""
    return {ast.unparse(mark) for mark in node.decorator_list}


def module(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def part(imported: str) -> str:
    return next((of for prefix, of in PARTS.items() if f"{imported}.".startswith(f"{prefix}.")), "")


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it it does."""
    for node in ast.walk(OURS[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module(path).split(".")[: -node.level] if node.level else []
            yield ".".join([*package, *([node.module] if node.module else [])])


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: everything but the bodies of functions and `if __name__ == …`."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner: list[ast.AST] = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    elif isinstance(node, ast.Lambda) or (isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)):
        inner = []
    else:
        inner = list(ast.iter_child_nodes(node))
    for child in inner:
        yield from at_import(child)


def test_imports_go_one_way() -> None:
    def strays(path: Path) -> set[str]:
        return {other for other in imports(path) if part(other) and part(other) not in MAY_IMPORT[part(module(path))]}

    assert offenders(PYTHON, strays) == {}


def test_the_rules_use_nothing_but_pandas_and_plain_python() -> None:
    rules = [path for path in SHIPPED if part(module(path)) == "rules"]

    used = {other.partition(".")[0] for path in rules for other in imports(path)} - {"tasks"}

    assert used <= RULES_USE


def test_rules_and_reports_do_not_look_at_the_clock() -> None:
    def looks(path: Path) -> set[str]:
        called = {ast.unparse(node.func) for node in ast.walk(OURS[path]) if isinstance(node, ast.Call)}
        return {call for call in called if re.search(r"\b(now|today|utcnow|monotonic|time\.time)$", call)}

    assert offenders([path for path in SHIPPED if part(module(path)) in {"rules", "reports"}], looks) == {}


def test_nobody_knows_that_there_is_a_sandbox() -> None:
    def mentions(path: Path) -> list[str]:
        # Salesforce calls its own test orgs so: acme--test.sandbox.my.salesforce.com.
        text = path.read_text(encoding="utf-8").replace('".sandbox." in host', "")
        return re.findall("sandbox", text, re.IGNORECASE)

    assert offenders([path for path in SHIPPED if part(module(path)) not in {"sandbox", "deployments"}], mentions) == {}


def test_packages_are_empty() -> None:
    assert offenders([path for path in PYTHON if path.name == "__init__.py"], Path.read_text) == {}


def test_no_client_and_no_settings_are_made_at_import() -> None:
    def made(path: Path) -> set[str]:
        calls = [ast.unparse(node.func) for node in at_import(OURS[path]) if isinstance(node, ast.Call)]
        return LIVE & {call.rpartition(".")[2] for call in calls}

    assert offenders(SHIPPED, made) == {}


def test_a_flow_is_imported_without_what_it_seldom_needs() -> None:
    heavy = "great_expectations", "matplotlib", "github", "selenium", "deployments"
    told = f"import sys, flows.pipeline_review; print([name for name in {heavy} if name in sys.modules])"

    ran = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )

    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("path", SOQL, ids=name)
def test_values_enter_soql_only_through_format_soql(path: Path) -> None:
    """What stands in braces in a query: columns, conditions that were made here, constants. Never a value."""
    conditions = {"where", "human", "accounts", "related", "condition", "unless", "field", "lost", "self.keyset"}
    constants = {"PAGE", "_OPEN_MARK", "sobject"}
    # "Email: " and a subject, which goes through format_soql one line later.
    texts = {"subject"}
    makers = {"_select", "_listed", "_anywhere", "done_tasks", "sent_mail", "meetings", "_done_in", "_held_in",
              "_sent_in"}  # fmt: skip

    braced = [node.value for node in ast.walk(OURS[path]) if isinstance(node, ast.FormattedValue)]
    made = {ast.unparse(node.func) for node in braced if isinstance(node, ast.Call)}
    named = {ast.unparse(node) for node in braced if not isinstance(node, ast.Call)}

    assert named - conditions - constants - texts == set()
    assert made - makers == set()


@pytest.mark.parametrize("path", SOQL, ids=name)
def test_soql_is_formatted_in_no_other_way(path: Path) -> None:
    formatted = [node for node in ast.walk(OURS[path]) if isinstance(node, ast.Attribute) and node.attr == "format"]
    percent = [node for node in ast.walk(OURS[path]) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)]

    assert formatted + percent == []


def test_what_others_use_is_explained() -> None:
    def silent(path: Path) -> list[str]:
        defined = [node for node in OURS[path].body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        public = [node for node in defined if not node.name.startswith("_") and "overload" not in marks(node)]
        unsaid = [node.name for node in public if not ast.get_docstring(node)]
        return unsaid if ast.get_docstring(OURS[path]) else ["the module", *unsaid]

    ritual = [path for path in SHIPPED if module(path).startswith(("flows", "tasks")) and path.name != "__init__.py"]
    assert offenders(ritual, silent) == {}


def test_a_file_can_be_read_in_one_sitting() -> None:
    def too_long(path: Path) -> int:
        most = LONGEST_SOQL if path.name == "salesforce_queries.py" else LONGEST
        lines = len(path.read_text(encoding="utf-8").splitlines())
        return lines if lines > most else 0

    assert offenders(PYTHON, too_long) == {}


def test_no_failure_is_swallowed() -> None:
    """Whoever catches everything raises again."""

    def swallowing(path: Path) -> list[int]:
        handlers = [node for node in ast.walk(OURS[path]) if isinstance(node, ast.ExceptHandler)]
        wide = [h for h in handlers if not h.type or re.search(r"\b(Base)?Exception\b", ast.unparse(h.type))]
        return [h.lineno for h in wide if not any(isinstance(node, ast.Raise) for node in ast.walk(h))]

    assert offenders(SHIPPED, swallowing) == {}


@pytest.mark.parametrize(
    ("package", "limit"),
    [
        pytest.param("prefect", "<3.10", id="the version these notes were made with"),
        pytest.param("fastapi", "<0.151", id="newer: the server does not import"),
        pytest.param("sqlalchemy", "<2.1", id="newer: no schedule ever fires, silently"),
        pytest.param("great-expectations", ">=1.24", id="older: wrong results in threads"),
    ],
)
def test_the_packages_that_would_break_us_are_held(package: str, limit: str) -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    [(before, line)] = [(a, b) for a, b in pairwise(lines) if re.match(rf'\s*"{package}[<>=]', b)]

    assert limit in line
    assert package == "prefect" or before.strip().startswith("#"), "say why it is held"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    somewhere = re.compile(r"(?<![\w.-])/(work|root|home)/")
    files = [p for p in ROOT.rglob("*") if p.is_file() and not GENERATED & set(p.relative_to(ROOT).parts)]
    text = {p: p.read_bytes().decode("utf-8", "ignore") for p in files if p.suffix not in {".png", ".gz", ".pyc"}}

    assert len(text) > len(SHIPPED)
    assert [name(path) for path, words in text.items() if somewhere.search(words)] == []
