"""What Salesforce works out by itself, as SQL over a row's alias `{row}`.

`salesforce_now()` and `salesforce_today()` are the store's clock, as UTC text and as the office's day.
"""

# ruff: noqa: S608 - the statements are made of names of the catalogue; every value is a parameter

_CLOSED = """SELECT _k."ApiName" FROM "TaskStatus" _k WHERE _k."IsClosed" = 1"""

TASK_CLOSED = """COALESCE((SELECT _k."IsClosed" FROM "TaskStatus" _k WHERE _k."ApiName" = {row}."Status"), 0)"""


def stage(column: str, otherwise: str) -> str:
    """A column of the row's stage; `otherwise` (SQL) for a stage that nobody defined."""
    return (
        f"""COALESCE((SELECT _g."{column}" FROM "OpportunityStage" _g """
        f"""WHERE _g."ApiName" = {{row}}."StageName"), {otherwise})"""
    )


def last_activity(*links: str) -> str:
    """The latest due day of an event, or of a closed task, that points here through one of `links`; null for none."""

    def latest(table: str, alias: str, more: str) -> str:
        here = " OR ".join(f'{alias}."{link}" = {{row}}."Id"' for link in links)
        return (
            f"""COALESCE((SELECT MAX({alias}."ActivityDate") FROM "{table}" {alias} """
            f"""WHERE ({here}) AND {alias}."IsDeleted" = 0{more}), '')"""
        )

    tasks = latest("Task", "_t", f""" AND _t."Status" IN ({_CLOSED})""")
    return f"NULLIF(MAX({tasks}, {latest('Event', '_e', '')}), '')"


_OPEN_TASK = f"""SELECT 1 FROM "Task" _t WHERE _t."WhatId" = {{row}}."Id" AND _t."IsDeleted" = 0
    AND _t."Status" NOT IN ({_CLOSED})"""

HAS_OPEN_ACTIVITY = f"""(EXISTS ({_OPEN_TASK}) OR EXISTS (SELECT 1 FROM "Event" _e
    WHERE _e."WhatId" = {{row}}."Id" AND _e."IsDeleted" = 0 AND _e."EndDateTime" > salesforce_now()))"""

HAS_OVERDUE_TASK = f"""EXISTS ({_OPEN_TASK} AND _t."ActivityDate" < salesforce_today())"""

_MONTH = """CAST(substr({row}."CloseDate", 6, 2) AS INTEGER)"""
_YEAR = """substr({row}."CloseDate", 1, 4)"""
FISCAL_QUARTER = f"(({_MONTH} + 2) / 3)"
FISCAL_YEAR = f"CAST({_YEAR} AS INTEGER)"
FISCAL = f"({_YEAR} || ' ' || {FISCAL_QUARTER})"
EXPECTED_REVENUE = """({row}."Amount" * {row}."Probability" / 100.0)"""
