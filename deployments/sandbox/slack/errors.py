"""How the pretend Slack refuses: HTTP 200 (429 beyond its rates) with `ok: false` and a code."""


class SlackError(Exception):
    """A refusal. `messages` say which part of the request is wrong, as Slack words them."""

    def __init__(self, code: str, messages: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages

    def body(self) -> dict[str, object]:
        """The JSON that is answered. Real answers carry the messages twice, once with their severity."""
        answer: dict[str, object] = {"ok": False, "error": self.code}
        if self.messages:
            answer["errors"] = list(self.messages)
            answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return answer


class RateLimitedError(SlackError):
    """A refusal with HTTP 429: worth another try after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def missing(field: str) -> SlackError:
    """The refusal of a request without a required argument."""
    return SlackError("invalid_arguments", (f"missing required field: {field}",))
