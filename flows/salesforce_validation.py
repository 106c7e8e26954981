"""The monthly check of Salesforce against the handbook (L146 to L179)."""

from typing import Any

from prefect import flow
from prefect.states import Completed

from flows.forms import ValidationForm
from tasks.alarms import WATCHED
from tasks.artifacts import show_checkup
from tasks.quality import judge
from tasks.reports.validation import message
from tasks.rules.business_days import OfficeDays
from tasks.rules.validation import checkup_of, outcome
from tasks.runs import not_today, this_run
from tasks.salesforce import read_checked, read_structure
from tasks.settings import settings
from tasks.slack import already_posted, publish, say_once
from tasks.validation import RITUAL, asked_for, context_of, expected, open_links, recall_checkup, remember_checkup


@flow(name="salesforce-validation", persist_result=False, **WATCHED)
def salesforce_validation(form: ValidationForm = ValidationForm()) -> Any:
    """Hold the tabs, list views, pages and records of Salesforce, as users of one profile see them, against the
    handbook, sentence by sentence. Says what is new, fixed and known; writes nothing to Salesforce.

    Args:
        form: What to check, as which profile, and where the report goes.
    """
    config = settings()
    run, asked = this_run(None, config), asked_for(form.objects, form.profile, config, records=form.records)
    if skipped := not_today(run, OfficeDays(config.holidays), "The Salesforce check"):
        return Completed(name="Skipped", message=skipped)
    if run.too_late:
        late = run.late_sentence("Salesforce check")
        if not form.dry_run:
            say_once(late, run.key(f"{RITUAL}-late"), run.day_began, form.channel)
        return Completed(name="Skipped", message=late)

    expectations = expected(asked)
    structure = read_structure(expectations, asked.objects, asked.policy)
    checked = read_checked(expectations, structure.facts) if asked.records else None
    records = open_links(checked, expectations, structure.facts) if checked else None
    verdicts = judge(expectations, structure.facts, records, asked.policy, run.as_of)
    findings = outcome(verdicts, structure.facts, recall_checkup(run.as_of, asked.scope), run.as_of, asked.scope)

    key = run.key(RITUAL, asked.scope)
    replaces = not form.dry_run and already_posted(key, run.day_began, form.channel)
    context = context_of(run, config, asked, structure, checked, dry_run=form.dry_run, replaces=replaces)
    report = message(findings, context)
    show_checkup(report, findings, context, structure, checked)
    if form.dry_run:
        return Completed(message="Dry run: the report is in the artifacts, nothing was posted.")
    remember_checkup(checkup_of(findings, asked.scope), run.today)
    delivery = publish(report, key, run.day_began, form.channel)
    return Completed(message=f"{report.parent.text} {delivery.link}".strip())
