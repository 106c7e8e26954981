"""What a log record, a traceback and a state still say once secrets are hidden; and that no record is ever lost."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tasks import log_filter
from tasks.log_filter import WITHHELD, SecretsFilter, guard_logs
from tasks.secrets_filter import SECRET, learn

CANARY = "0f3a9c-canary-of-the-logs"
ROOT = Path(__file__).parents[1]


class Log:
    """A library's logger at DEBUG, with a handler that was there first, and what it wrote."""

    def __init__(self) -> None:
        self.logger, self.said = logging.getLogger("a.library"), io.StringIO()
        self.handler = logging.StreamHandler(self.said)
        self.records: list[logging.LogRecord] = []
        self.handler.addFilter(lambda record: not self.records.append(record))

    @property
    def text(self) -> str:
        return self.said.getvalue()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    # A mistake in a log call would be printed, and the record lost.
    monkeypatch.setattr(logging, "raiseExceptions", True)
    log = Log()
    log.logger.addHandler(log.handler)
    log.logger.setLevel(logging.DEBUG)
    log.logger.propagate = False
    learn(CANARY)
    guard_logs()
    yield log
    log.logger.removeHandler(log.handler)
    log.logger.propagate = True


class Shown:
    """An object whose words hold the secret, as settings, exceptions and responses do."""

    def __str__(self) -> str:
        return f"at {CANARY}"

    def __repr__(self) -> str:
        return f"<Shown {CANARY}>"


class Stubborn:
    """An object that cannot be shown, and tells the secret in saying so."""

    def __repr__(self) -> str:
        raise RuntimeError(CANARY)


SAID = {
    "a message": ((f"with {CANARY}",), f"with {SECRET}"),
    "an argument": (("with %s", CANARY), f"with {SECRET}"),
    "two of three": (("%s, %d, %s", CANARY, 7, CANARY), f"{SECRET}, 7, {SECRET}"),
    "named": (("%(a)s and %(b)d", {"a": CANARY, "b": 7}), f"{SECRET} and 7"),
    "in a dict": (("headers: %s", {"X-Token": CANARY}), f"headers: {{'X-Token': '{SECRET}'}}"),
    "in a list, as shown": (("%r", [CANARY]), f"['{SECRET}']"),
    "an object": (("%s", Shown()), f"at {SECRET}"),
    "an object, as shown": (("%r", Shown()), f"<Shown {SECRET}>"),
    "bytes": (("%s", CANARY.encode()), f"b'{SECRET}'"),
    "an exception": (("%s", ValueError(CANARY)), SECRET),
    "a message that is no str": (({"token": CANARY},), f"{{'token': '{SECRET}'}}"),
    "an exception as a message": ((ValueError(CANARY),), SECRET),
    "put together": (("0f3a9c-canary%s", "-of-the-logs"), SECRET),
    "too few arguments": (("%s %s", CANARY), f"%s %s [the arguments do not fit: ('{SECRET}',)]"),
    "too many arguments": (("done", CANARY), f"done [the arguments do not fit: ('{SECRET}',)]"),
    "not a number": (("%d", CANARY), f"%d [the arguments do not fit: ('{SECRET}',)]"),
    "what cannot be shown": (("%s and %s", Stubborn(), CANARY), f"<Stubborn that cannot be shown> and {SECRET}"),
    "a message that cannot be shown": ((Stubborn(),), "<Stubborn that cannot be shown>"),
    "a percent sign": ((f"100% of {CANARY}",), f"100% of {SECRET}"),
}


@pytest.mark.parametrize(("call", "said"), SAID.values(), ids=SAID)
def test_a_record_is_written_without_the_secret(log: Log, call: tuple[Any, ...], said: str) -> None:
    log.logger.debug(*call)

    assert log.text == f"{said}\n"


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(("plain %s %d %r", "words", 7, None), id="arguments"),
        pytest.param(("plain %(a)s", {"a": "words"}), id="named"),
        pytest.param(("plain",), id="none"),
    ],
)
def test_a_record_without_secrets_stays_as_it_was(log: Log, call: tuple[Any, ...]) -> None:
    log.logger.debug(*call)

    [record] = log.records
    unguarded = logging.LogRecord("", 0, "", 0, call[0], call[1:], None)
    assert (record.msg, record.args) == (unguarded.msg, unguarded.args)


def test_arguments_keep_their_places_as_some_formatters_take_them_apart(log: Log) -> None:
    log.logger.info('%s - "%s %s" %d', "127.0.0.1", "GET", f"/?x={CANARY}", 200)

    assert log.records[0].args == ("127.0.0.1", "GET", f"/?x={SECRET}", 200)


def fail(words: str) -> None:
    raise ValueError(words)


def chained() -> None:
    try:
        fail(f"first {CANARY}")
    except ValueError as first:
        raise KeyError(f"second {CANARY}") from first


def during() -> None:
    try:
        chained()
    finally:
        fail(f"third {CANARY}")


def grouped() -> None:
    noted = ValueError(f"second {CANARY}")
    noted.add_note(f"noted {CANARY}")
    raise ExceptionGroup("both", [KeyError(f"first {CANARY}"), noted])


@pytest.mark.parametrize("failing", [chained, during, grouped])
def test_a_traceback_is_written_without_the_secret(log: Log, failing: Callable[[], None]) -> None:
    try:
        failing()
    except Exception:
        log.logger.exception("it failed")

    assert CANARY not in log.text
    assert log.text.count(SECRET) >= 2
    assert "first" in log.text
    assert "second" in log.text
    assert f"in {failing.__name__}" in log.text
    assert log.records[0].exc_info is None  # other formatters would write it anew


def test_a_traceback_without_secrets_stays_an_exception(log: Log) -> None:
    try:
        fail("plain")
    except ValueError:
        log.logger.exception("it failed")

    exc_info = log.records[0].exc_info
    assert exc_info
    assert str(exc_info[1]) == "plain"


def test_the_stack_is_written_without_the_secret(log: Log) -> None:
    log.logger.info("here", stack_info=bool("0f3a9c-canary-of-the-logs"))  # the stack shows this line

    assert CANARY not in log.text
    assert SECRET in log.text


def test_prefects_json_is_written_without_the_secret(log: Log) -> None:
    from prefect.logging.formatters import JsonFormatter  # noqa: PLC0415

    log.handler.setFormatter(JsonFormatter("default", "", "%"))
    try:
        fail(CANARY)
    except ValueError:
        log.logger.exception("with %s", CANARY, extra={"token": CANARY, "shown": Shown(), "rows": 7})

    assert CANARY not in log.text
    told = json.loads(log.text)
    assert (told["token"], told["rows"]) == (SECRET, 7)
    assert f"ValueError: {SECRET}" in told["exc_text"]


def test_a_record_from_elsewhere_is_searched_by_the_handlers(log: Log) -> None:
    log.logger.handle(
        logging.makeLogRecord(
            {"msg": "from %s", "args": (CANARY,), "exc_text": f"E: {CANARY}", "levelno": logging.INFO}
        )
    )

    assert log.text == f"from {SECRET}\nE: {SECRET}\n"


def test_a_logger_and_a_handler_of_later_have_it_too(log: Log) -> None:
    said = io.StringIO()
    logger = logging.getLogger("a.library.of.later")
    logger.addHandler(logging.StreamHandler(said))
    logger.warning("with %s", CANARY)
    logger.handlers.clear()

    assert said.getvalue() == f"with {SECRET}\n"


def test_what_cannot_be_searched_is_withheld_but_the_record_is_written(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str) -> str:
        raise RecursionError(CANARY)

    monkeypatch.setattr(log_filter, "without_secrets", broken)
    try:
        fail(CANARY)
    except ValueError:
        log.logger.exception("with %s", CANARY)

    assert log.text == f"{WITHHELD}\n"


def test_it_is_installed_once(log: Log) -> None:
    before = logging.getLogRecordFactory(), sys.excepthook
    guard_logs()

    assert (logging.getLogRecordFactory(), sys.excepthook) == before
    assert len([one for one in log.handler.filters if isinstance(one, SecretsFilter)]) == 1


def test_a_factory_of_somebody_else_is_kept(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    class Own(logging.LogRecord):
        pass

    guarded = logging.getLogRecordFactory()
    logging.setLogRecordFactory(Own)
    guard_logs()
    try:
        log.logger.info("with %s", CANARY)
    finally:
        logging.setLogRecordFactory(guarded)

    assert log.text == f"with {SECRET}\n"
    assert isinstance(log.records[0], Own)


def test_threads_log_while_secrets_are_learned(log: Log) -> None:
    with ThreadPoolExecutor(4) as pool:
        for number in range(200):
            pool.submit(log.logger.info, "with %s", CANARY)
            pool.submit(learn, f"another-canary-{number}")

    assert log.text.count(SECRET) == 200
    assert CANARY not in log.text


@pytest.mark.parametrize("kind", ["Failed", "Completed", "Crashed", "AwaitingRetry"])
def test_the_message_of_a_state_has_no_secret(kind: str) -> None:
    from prefect import states  # noqa: PLC0415

    learn(CANARY)
    guard_logs()

    assert getattr(states, kind)(message=f"because of {CANARY}").message == f"because of {SECRET}"


def test_what_ends_a_process_is_shown_without_the_secret() -> None:
    told = (
        "from tasks import settings, secrets_filter\n"
        "def begin():\n"
        f"    secrets_filter.learn({CANARY!r})\n"
        f"    raise ValueError('over ' + {CANARY[:6]!r} + {CANARY[6:]!r})\n"
        "begin()\n"
    )

    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.endswith(f"in begin\nValueError: over {SECRET}\n")
