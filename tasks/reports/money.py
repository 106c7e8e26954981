"""Money as a person says it: "$120k", "$4.1M", "CHF 950"."""

import math

from tasks.reports.slack_text import clean, shorten

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_UNITS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
_THREE_DIGITS = 99.95  # from here on a decimal says nothing: "120k", but "4.1M" and "12.5k"


def sign_of(currency: str) -> str:
    """What is written before an amount: "$" for USD, "CHF " for a currency without a sign of its own."""
    code = clean(currency).upper()
    return _SIGNS.get(code, f"{shorten(code, 8)} " if code else "")


def money(amount: float | None, currency: str) -> str:
    """An amount rounded for reading; "no amount" for a missing or infinite one. Zero is "$0", a loss has a minus."""
    if amount is None or not math.isfinite(amount):
        return "no amount"
    minus = "\u2212" if round(amount) < 0 else ""
    return f"{minus}{sign_of(currency)}{_rounded(abs(amount))}"


def _rounded(amount: float) -> str:
    for size, letter in _UNITS:
        # 999,960 is "1M", not "1000k": a unit begins where the one below it would round up into it.
        if amount >= size * 0.9995 or (size == _UNITS[-1][0] and round(amount) >= size):
            share = amount / size
            digits = 0 if share >= _THREE_DIGITS else 1
            return f"{share:,.{digits}f}".removesuffix(".0") + letter
    return f"{round(amount)}"
