"""When something came and when an answer is due, on the office's clock: "Sun 22:41", "P1? due Mon 10:00 (in 4 h)"."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tasks.reports.dates import ago, clock_time, weekday
from tasks.reports.feedback_context import FeedbackContext
from tasks.rules.feedback import Deadlines, Item, Need, Priority, Sweep
from tasks.rules.feedback_policy import SupportPolicy

_WEEK, _IN_HOURS = 7, timedelta(hours=48)


@dataclass(frozen=True)
class Watch:
    """The office's clock at the moment that a sweep judges. Moments are compared as moments, also across a change of
    the clocks; one without a zone raises ValueError."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(self.zone).date()

    @property
    def zone_name(self) -> str:
        """ "PT"."""
        return clock_time(self.now, self.zone).partition(" ")[2]

    def time(self, when: datetime) -> str:
        """ "22:41"."""
        return clock_time(when, self.zone).partition(" ")[0]

    def said(self, when: datetime) -> str:
        """ "Sun 22:41"; "Thu 12 Nov 14:10" where it is a week away or more."""
        day = when.astimezone(self.zone).date()
        words = weekday(day, self.today)
        near = abs((day - self.today).days) < _WEEK
        return f"{words.partition(' ')[0] if near else words} {self.time(when)}"

    def since(self, when: datetime) -> str:
        """ "since Thu 19 Nov (4 d)"."""
        day = when.astimezone(self.zone).date()
        return f"since {weekday(day, self.today)} ({ago(day, self.today)})"

    def is_over(self, when: datetime) -> bool:
        """Whether it has passed."""
        return self._left(when) < timedelta()

    def span(self, when: datetime) -> str:
        """How far it is from now, either way, rounded down: "45 min", "47 h", "3 d"."""
        far = abs(self._left(when))
        if far < timedelta(hours=1):
            return f"{far // timedelta(minutes=1)} min"
        return f"{far // timedelta(hours=1)} h" if far < _IN_HOURS else f"{far.days:,} d"

    def away(self, when: datetime) -> str:
        """ "(in 4 h)" or "(overdue by 3 h)"."""
        return f"({'overdue by' if self.is_over(when) else 'in'} {self.span(when)})"

    def _left(self, when: datetime) -> timedelta:
        # Python subtracts and compares two moments of one zone as their clocks show them, an hour off in some nights.
        return when.astimezone(UTC) - self.now.astimezone(UTC)


def watch_of(sweep: Sweep, context: FeedbackContext) -> Watch:
    """The office's clock at the end of the sweep."""
    return Watch(sweep.until, context.zone)


def last_moment(deadlines: Deadlines) -> datetime:
    """After which an answer is late: of P3 the second of its two (L48)."""
    return deadlines.red or deadlines.due


def is_overdue(item: Item, watch: Watch) -> bool:
    """Whether it needs an answer, and the support agreement's time for it has passed."""
    return item.judged.need is Need.ANSWER and watch.is_over(last_moment(item.deadlines))


def next_moment(item: Item, watch: Watch) -> datetime | None:
    """The next moment that counts for it: of P3 amber, then red; None where all have passed."""
    ahead = [when for when in (item.deadlines.due, last_moment(item.deadlines)) if not watch.is_over(when)]
    return ahead[0] if ahead else None


def due_words(item: Item, hours: SupportPolicy, watch: Watch) -> str:
    """ "P0? 4 h ended Mon 02:41 (overdue by 3 h)", "P1? due Mon 10:00 (in 4 h)", "P3? amber Tue 06:00 (in 24 h), red
    Wed 06:00"."""
    priority, clocks = item.judged.priority, item.deadlines
    over = watch.is_over(last_moment(clocks))
    when = f"{watch.said(last_moment(clocks))} {watch.away(last_moment(clocks))}"
    if priority is Priority.P0:
        return f"P0? {hours.p0_hours:g} h {'ended' if over else 'end'} {when}"
    if clocks.red is None:
        return f"{priority}? {'was due' if over else 'due'} {when}"
    if over:
        return f"{priority}? red since {when}"
    if watch.is_over(clocks.due):
        return f"{priority}? amber since {watch.said(clocks.due)}, red {when}"
    return f"{priority}? amber {watch.said(clocks.due)} {watch.away(clocks.due)}, red {watch.said(clocks.red)}"


def hours_words(hours: SupportPolicy, zone: str) -> str:
    """ "06:00\u201316:00 PT, handbook says both 6 and 7"; the latter only where the settings leave it open."""
    said = f"{hours.opens:%H:%M}\u2013{hours.closes:%H:%M} {zone}"
    if not disputed_hours(hours):
        return said
    both = (hours.opens, hours.disputed_until)
    return f"{said}, handbook says both {' and '.join(f'{one:%H:%M}'.removesuffix(':00').lstrip('0') for one in both)}"


def disputed_hours(hours: SupportPolicy) -> str:
    """ "06\u201307": when the handbook says both that we are open and closed (L50, L76); "" for never."""
    if hours.opens >= hours.disputed_until:
        return ""
    return "\u2013".join(f"{one:%H:%M}".removesuffix(":00") for one in (hours.opens, hours.disputed_until))
