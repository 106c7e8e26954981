"""What is wrong with the files of a company that someone brings, each with its place and its remedy."""

from dataclasses import dataclass, field

SHOWN = 20


class LoadError(ValueError):
    """The files are refused. `problems` are the first `SHOWN`, as `file:line: reason and remedy`."""

    def __init__(self, problems: tuple[str, ...], count: int) -> None:
        more = (f"and {count - len(problems)} more",) if count > len(problems) else ()
        super().__init__("\n".join((*problems, *more)))
        self.problems = problems
        self.count = count


@dataclass
class Problems:
    """Collects what is wrong, so that a person can repair all of it at once."""

    found: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, line: int, sentence: str) -> None:
        """One problem in a file, at a line from 1."""
        self.count += 1
        if len(self.found) < SHOWN:
            self.found.append(f"{file}:{line}: {sentence}")

    def refuse(self) -> None:
        """LoadError when there is any."""
        if self.count:
            raise LoadError(tuple(self.found), self.count)
