"""What a person filled in, as an order means it; which of the proposed it names is in `test_deciding`."""

from tasks.rules.choosing import each_once


def test_what_a_person_filled_in_counts_once_and_without_what_is_empty() -> None:
    assert each_once([" b ", "a", "", "b", "  "]) == ("b", "a")
