"""Emoji short names (`:tada:`) to characters. What is not known stays as it was written."""

import re
import sys
import unicodedata

SHORT_NAME = re.compile(r":([a-z0-9_+'-]{1,100}):")

# Only the names that differ from Unicode's own; the rest is looked up there (rocket -> ROCKET).
_NAMES = {
    "+1": "👍", "-1": "👎", "alarm_clock": "⏰", "arrow_down": "⬇️", "arrow_right": "➡️", "arrow_up": "⬆️",
    "bar_chart": "📊", "bell": "🔔", "blue_heart": "💙", "boom": "💥", "bulb": "💡", "calendar": "📅",
    "chart_with_downwards_trend": "📉", "chart_with_upwards_trend": "📈", "clap": "👏", "date": "📅",
    "email": "✉️", "exclamation": "❗", "eyes": "👀", "fire": "🔥", "grin": "😁", "grinning": "😀",
    "handshake": "🤝", "heart": "❤️", "heavy_check_mark": "✔️", "hourglass": "⌛", "information_source": "\u2139\ufe0f",
    "joy": "😂", "large_blue_circle": "🔵", "large_green_circle": "🟢", "large_yellow_circle": "🟡",
    "link": "🔗", "lock": "🔒", "mag": "🔍", "mega": "📣", "moneybag": "💰", "muscle": "💪",
    "no_entry": "⛔", "ok_hand": "👌", "page_facing_up": "📄", "partying_face": "🥳", "phone": "☎️",
    "point_right": "👉", "pray": "🙏", "pushpin": "📌", "question": "❓", "raised_hands": "🙌",
    "red_circle": "🔴", "rotating_light": "🚨", "see_no_evil": "🙈", "slightly_smiling_face": "🙂",
    "smile": "😄", "sob": "😭", "sparkles": "✨", "star": "⭐", "sweat_smile": "😅", "tada": "🎉",
    "thinking_face": "🤔", "thumbsdown": "👎", "thumbsup": "👍", "trophy": "🏆", "warning": "⚠️",
    "wave": "👋", "white_check_mark": "✅", "white_circle": "⚪", "x": "❌", "zap": "⚡", "zzz": "💤",
}  # fmt: skip


def emoji(name: str, code_points: str = "") -> str:
    """The characters of an emoji: from `code_points` ("1f468-200d-1f469") when given, else by its short name.

    A name that is not known comes back as `:name:`, as Slack shows a custom emoji that was removed.
    """
    if re.fullmatch(r"[0-9a-fA-F]{2,6}(-[0-9a-fA-F]{2,6}){0,9}", code_points):
        points = [int(point, 16) for point in code_points.split("-")]
        if all(map(_is_character, points)):
            return "".join(map(chr, points))
    if name in _NAMES:
        return _NAMES[name]
    try:
        character = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return f":{name}:"
    return character if unicodedata.category(character) == "So" else f":{name}:"


def _is_character(code_point: int) -> bool:
    return code_point <= sys.maxunicode and unicodedata.category(chr(code_point)) != "Cs"


def with_emoji(text: str) -> str:
    """The text with every known short name replaced."""
    return SHORT_NAME.sub(lambda found: emoji(found[1]), text)
