"""Topics, questions with their answers, and private exchanges."""

from .exchanges import Exchange, Message
from .questions import Answer, Author, ClockChange, Question, Side, TextCorrection
from .topics import Topic

__all__ = [
    "Answer",
    "Author",
    "ClockChange",
    "Exchange",
    "Message",
    "Question",
    "Side",
    "TextCorrection",
    "Topic",
]
