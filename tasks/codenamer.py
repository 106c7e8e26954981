"""Giving a customer a codename, and its label to both repositories: the real name only where nobody else reads.

Knows no Prefect: a run that was killed anywhere is repaired by running it again, as a name is kept before any label is
made, and a label of one name can be there only once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tasks.clients import Refused
from tasks.github import Issues, Label
from tasks.ledger_feedback import Codenames
from tasks.reports.slack_text import clean
from tasks.rules.choosing import same_id, same_person
from tasks.rules.codenames import NoCodenameLeft, label, pick
from tasks.rules.feedback_policy import FeedbackPolicy
from tasks.rules.markdown import cut
from tasks.rules.request_filing import Account, Codenamed

NEUTRAL = "A customer who stays anonymous"
_COLOR = "bfd4f2"
_DESCRIPTION = 100  # characters that GitHub takes


@dataclass(frozen=True)
class Codenamer:
    """Gives names through two doors.

    others   the names of all accounts, and of customers' people: none is given as a codename. Asked for only where a
             name is drawn
    draw     one of several, at random
    """

    names: Codenames
    public: Issues
    private: Issues
    policy: FeedbackPolicy
    others: Callable[[], tuple[Iterable[str], Iterable[str]]]
    draw: Callable[[Sequence[str]], str]
    dry_run: bool = False

    def assign(self, account: Account, by: str) -> Codenamed:
        """The codename of this account, given by `by` where it has none, with its labels; always the same for the same
        account. Raises Unavailable or Refused with the remedy; running again goes on from there."""
        self.private.refuse_other_readers()
        self.public.refuse_other_readers()
        ours, everybodys = self.private.labels(), self.public.labels()
        known = self._known(account)
        adopted = "" if known else self._adopted(account, ours)
        name = known or adopted or self._free([*ours, *everybodys])
        if not known and not self.dry_run:
            name = self._kept(account, name, by, [*ours, *everybodys])
        tag = label(name, self.policy)
        if not self.dry_run:
            # First where the pair is told: a label that everybody reads never stands for nobody.
            self.private.have_label(tag, _COLOR, _described(account))
            have_public_label(self.public, tag, self.policy)
        where = (self.private.name, self.public.name)
        is_new = not known and not adopted
        return Codenamed(account, name, tag, where, is_new, self.dry_run, self._notes(account, tag, ours, everybodys))

    def _known(self, account: Account) -> str:
        return next((name for id_, name in self.names.all().items() if same_id(id_, account.id)), "")

    def _adopted(self, account: Account, ours: Iterable[Label]) -> str:
        """The codename that people gave this account before, or a ledger that was lost: by the label's description."""
        begins, given = self.policy.codename_prefix.casefold(), {one.casefold() for one in self.names.all().values()}
        for one in ours:
            name = one.name.casefold().removeprefix(begins)
            is_theirs = bool(one.description) and same_person(one.description, _described(account))
            if begins and one.name.casefold().startswith(begins) and is_theirs and name and name not in given:
                return name.capitalize()
        return ""

    def _free(self, labels: Iterable[Label]) -> str:
        used = [*self.names.all().values(), *(one.name for one in labels)]
        accounts, people = self.others()
        try:
            return pick(used, accounts, self.draw, people)
        except NoCodenameLeft as error:
            raise Refused(str(error)) from None

    def _kept(self, account: Account, name: str, by: str, labels: Sequence[Label]) -> str:
        while True:
            try:
                return self.names.assign(account.id, name, by)
            except Refused:  # another run took it a moment ago
                if name.casefold() not in {one.casefold() for one in self.names.all().values()}:
                    raise
                name = self._free(labels)

    def _notes(self, account: Account, tag: str, ours: Iterable[Label], everybodys: Iterable[Label]) -> tuple[str, ...]:
        """What people wrote in a label is theirs: it is told, and never changed here."""
        notes, told = [], _written(tag, ours)
        if told is not None and not same_person(told, _described(account)):
            said = f"says '{told}'" if told else "is empty"
            notes.append(f"In {self.private.name} the description of {tag} {said}: see to it that it is right")
        if account.name.casefold() in (_written(tag, everybodys) or "").casefold():
            notes.append(
                f"In {self.public.name}, which everybody reads, the description of {tag} names them: change it"
            )
        return tuple(notes)


def have_public_label(public: Issues, name: str, policy: FeedbackPolicy) -> None:
    """Make a label of the public repository where it is missing; that of a codename with a description that tells
    nothing. Raises as `Issues`."""
    begins = policy.codename_prefix.casefold()
    if begins and name.casefold().startswith(begins):
        public.have_label(name, _COLOR, NEUTRAL)
    else:
        public.have_label(name)


def _written(tag: str, labels: Iterable[Label]) -> str | None:
    """The description of that label; None where it was not there."""
    return next((one.description for one in labels if one.name.casefold() == tag.casefold()), None)


def _described(account: Account) -> str:
    return cut(clean(account.name), _DESCRIPTION)
