"""Plain words for the paper diary: what each line asks, and what the ends of its scale mean.

The sheet is filled in each evening about that day; ``resources/measures.toml`` holds the words for
the telephone.
"""

from __future__ import annotations

_PAIN = "0 no pain, 10 worst I can imagine"
_FULLY = "0 not at all, 10 fully"
PLAIN_WORDS: dict[str, tuple[str, str]] = {
    "pain_average": ("Pain on average", _PAIN),
    "pain_worst": ("Worst pain", _PAIN),
    "pain_least": ("Least pain", _PAIN),
    "pain_now": ("Pain right now", _PAIN),
    "procedure_pain": ("Pain where the wires go in", _PAIN),
    "stated_relief": ("Relief since the trial began", "0 % none, 100 % all pain gone"),
    "activity_score": ("How much of my usual day I could do", "0 nothing, 10 everything"),
    "walking_minutes": ("Walking", "minutes I did or could"),
    "standing_minutes": ("Standing", "minutes I did or could"),
    "sitting_minutes": ("Sitting", "minutes I could"),
    "steps": ("Steps on my counter", "number"),
    "goal_1": ("My first goal", _FULLY),
    "goal_2": ("My second goal", _FULLY),
    "goal_3": ("My third goal", _FULLY),
    "sleep_hours": ("Sleep last night", "hours"),
    "sleep_quality": ("How well I slept last night", "0 very badly, 10 very well"),
    "awakenings": ("Times that pain woke me last night", "number"),
    "mme": ("Strong pain medicine (opioids) I took", "name and how much, or none"),
    "stimulation_hours": ("Stimulator switched on", "hours"),
    "coverage": ("How much of the painful area tingles", "0 % none, 100 % all of it"),
    "comfort": ("How comfortable the stimulation is", _FULLY),
}
"""By measure code: the words, and the scale or unit."""
