"""What was agreed on, to be compared with what is written now."""

import json
import os
from pathlib import Path

from tasks.reports.post import Report

_FOLDER = Path(__file__).parent / "golden"


def agreed(name: str, written: str) -> str:
    """What the file of that name says; with UPDATE_GOLDEN that is from now on what was `written`."""
    path = _FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def as_json(report: Report) -> str:
    """All that is posted of the report: texts and blocks."""
    posts = [{"text": post.text, "blocks": post.blocks} for post in (report.parent, *report.thread)]
    return json.dumps(posts, ensure_ascii=False, indent=1) + "\n"
