"""The acts of the dialogue, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

P = Publicity


class TopicState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class QuestionState(StrEnum):
    DRAFTED = "drafted"
    TABLED = "tabled"
    RETURNED = "returned"
    ADMITTED = "admitted"
    ASSIGNED = "assigned"
    HOLDING = "holding"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"
    UNDER_REVIEW = "under_review"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class ExchangeState(StrEnum):
    INVITED = "invited"
    OPEN = "open"
    ENDED = "ended"


T, Q, E = TopicState, QuestionState, ExchangeState

TOPIC = Table(
    room="dialogue",
    matter="topic",
    title=_("Topic"),
    states={T.OPEN: pgettext_lazy("topic", "open"), T.CLOSED: pgettext_lazy("topic", "closed")},
    steps=[
        #    act            from        to        by               entry
        Step("open_topic",  [NEW],      T.OPEN,   [O.SECRETARIAT], P.PUBLIC, title=_("Open a topic")),
        Step("correct_topic", [T.OPEN], SAME,     [O.SECRETARIAT], P.PUBLIC, title=_("Mend the names of the topic")),
        Step("release_answers", list(T), SAME,    [O.SECRETARIAT, O.COMMITTEE_CHAIR], P.PUBLIC,
             title=_("Release several answers at once")),
        Step("close_topic", [T.OPEN],   T.CLOSED, [O.SECRETARIAT], P.PUBLIC, title=_("Close the topic")),
        Step("reopen_topic", [T.CLOSED], T.OPEN,  [O.SECRETARIAT], P.PUBLIC, title=_("Open the topic again")),
    ],
)  # fmt: skip

DRAFTS = [Q.DRAFTED, Q.RETURNED]
BEFORE = [*DRAFTS, Q.TABLED]  # not public
RUNNING = [Q.ADMITTED, Q.ASSIGNED, Q.HOLDING]  # an answer is owed
UNDECIDED = [Q.TABLED, Q.UNDER_REVIEW]  # a decision of the house is owed
WRITING = [Q.ASSIGNED, Q.HOLDING]
SAID = [Q.ANSWERED, Q.FOLLOWED_UP, Q.UNDER_REVIEW, Q.REVIEWED, Q.CLOSED]
ASKERS = [O.PARTICIPANT, O.DELEGATE, O.COMMITTEE_CHAIR]
ANSWERERS = [O.AUTHOR, O.ADDRESSEE, O.COMMITTEE_CHAIR]

QUESTION = Table(
    room="dialogue",
    matter="question",
    title=_("Question to the other side"),
    existence_sealed=True,
    states={
        Q.DRAFTED: pgettext_lazy("question of the dialogue", "draft"),
        Q.TABLED: pgettext_lazy("question of the dialogue", "tabled"),
        Q.RETURNED: pgettext_lazy("question of the dialogue", "returned with reasons"),
        Q.ADMITTED: pgettext_lazy("question of the dialogue", "admitted, an answer is owed"),
        Q.ASSIGNED: pgettext_lazy("question of the dialogue", "an answer is being written"),
        Q.HOLDING: pgettext_lazy("question of the dialogue", "holding answer given"),
        Q.ANSWERED: pgettext_lazy("question of the dialogue", "answered"),
        Q.FOLLOWED_UP: pgettext_lazy("question of the dialogue", "answered and followed up"),
        Q.UNDER_REVIEW: pgettext_lazy("question of the dialogue", "answer under review"),
        Q.REVIEWED: pgettext_lazy("question of the dialogue", "answered and reviewed"),
        Q.CLOSED: pgettext_lazy("question of the dialogue", "closed"),
        Q.WITHDRAWN: pgettext_lazy("question of the dialogue", "withdrawn"),
        Q.LAPSED: pgettext_lazy("question of the dialogue", "lapsed"),
    },
    steps=[
        #    act                    from                to                          by              entry
        Step("draft_question",      [NEW],              Q.DRAFTED,                  ASKERS,         P.SEALED,
             title=_("Write a question")),
        Step("change_question",     DRAFTS,             SAME,                       [O.ASKER],      P.SEALED,
             title=_("Change the question")),
        Step("table_question",      DRAFTS,             Q.TABLED,                   [O.ASKER],      P.HOUSE,
             title=_("Table the question")),
        Step("admit_question",      [Q.TABLED],         [Q.ADMITTED, Q.ASSIGNED],   [O.SECRETARIAT], P.PUBLIC,
             title=_("Admit the question")),
        Step("return_question",     [Q.TABLED],         Q.RETURNED,                 [O.SECRETARIAT], P.HOUSE,
             title=_("Return the question with reasons")),
        Step("assign_answer",       RUNNING,            [Q.ASSIGNED, Q.HOLDING],
             [O.ADDRESSEE, O.COMMITTEE_CHAIR], P.HOUSE, title=_("Say who writes the answer")),
        Step("appoint_authors",     RUNNING,            [Q.ASSIGNED, Q.HOLDING],    [O.SECRETARIAT], P.HOUSE,
             title=_("Put down who writes the answer"), note=_("For the participants as a body, as one of them proposes.")),
        Step("draft_answer",        WRITING,            SAME,                       [O.AUTHOR],     P.SEALED,
             title=_("Write the answer")),
        Step("sign_off",            WRITING,            SAME,                       [O.AUTHOR, O.COMMITTEE_CHAIR], P.HOUSE,
             title=_("Sign the answer off")),
        Step("give_holding_answer", [Q.ASSIGNED],       Q.HOLDING,                  ANSWERERS,      P.PUBLIC,
             title=_("Give a holding answer")),
        Step("release_answer",      WRITING,            [Q.ANSWERED, Q.REVIEWED],   [*ANSWERERS, O.SECRETARIAT], P.PUBLIC,
             title=_("Release the answer")),
        Step("stop_clock",          RUNNING,            SAME,                       [O.SECRETARIAT], P.PUBLIC,
             title=_("Stop the clock")),
        Step("resume_clock",        RUNNING,            SAME,                       [O.SECRETARIAT], P.PUBLIC,
             title=_("Let the clock go on")),
        Step("extend_time",         RUNNING,            SAME,                       [O.SECRETARIAT], P.PUBLIC,
             title=_("Give more time for the answer")),
        Step("follow_up",           [Q.ANSWERED, Q.REVIEWED], Q.FOLLOWED_UP,        [O.ASKER],      P.HOUSE,
             title=_("Follow the answer up")),
        Step("ask_review",          [Q.ANSWERED, Q.FOLLOWED_UP], Q.UNDER_REVIEW,    [O.ASKER],      P.PUBLIC,
             title=_("Ask for a review of the answer")),
        Step("decide_review",       [Q.UNDER_REVIEW],   [Q.REVIEWED, Q.ASSIGNED],   [O.SECRETARY_GENERAL], P.PUBLIC,
             title=_("Decide on the review")),
        Step("correct_question",    [*RUNNING, *SAID],  SAME,                       [O.ASKER],      P.PUBLIC,
             title=_("Correct the question")),
        Step("correct_answer",      SAID,               SAME,                       [O.AUTHOR, O.COMMITTEE_CHAIR], P.PUBLIC,
             title=_("Correct the answer")),
        Step("close_question",      [Q.ANSWERED, Q.FOLLOWED_UP, Q.REVIEWED], Q.CLOSED, [O.ASKER, O.SECRETARIAT], P.PUBLIC,
             title=_("Close the question")),
        Step("withdraw_question",   [*BEFORE, *RUNNING], Q.WITHDRAWN,               [O.ASKER],      P.HOUSE,
             title=_("Withdraw the question")),
        Step("escalate",            RUNNING,            SAME,                       [O.CLOCK],      P.PUBLIC,
             title=_("Write down that the answer is overdue")),
        Step("remind_decision",     UNDECIDED,          SAME,                       [O.CLOCK],      P.HOUSE,
             title=_("Write down that a decision on a question is overdue")),
        Step("lapse_question",      BEFORE,             Q.LAPSED,                   [O.CLOCK],      P.SEALED,
             title=_("Let the question lapse")),
        Step("erase_question",      [Q.LAPSED, Q.WITHDRAWN], SAME,                  [O.CLOCK],      P.SEALED,
             title=_("Erase a question that was never admitted")),
    ],
)  # fmt: skip

EXCHANGE = Table(
    room="dialogue",
    matter="exchange",
    title=_("Private exchange"),
    existence_sealed=True,
    states={
        E.INVITED: pgettext_lazy("private exchange", "invitation"),
        E.OPEN: pgettext_lazy("private exchange", "open"),
        E.ENDED: pgettext_lazy("private exchange", "ended"),
    },
    steps=[
        #    act                from                  to         by                          entry
        Step("invite",          [NEW],                E.INVITED, [O.PARTICIPANT, O.DELEGATE], P.SEALED,
             title=_("Invite to a private exchange")),
        Step("begin_exchange",  [E.INVITED],          E.OPEN,    [O.CORRESPONDENT],          P.SEALED,
             title=_("Accept the invitation")),
        Step("end_exchange",    [E.INVITED, E.OPEN],  E.ENDED,   [O.CORRESPONDENT, O.CLOCK], P.SEALED,
             title=_("End the exchange")),
        Step("erase_exchange",  [E.ENDED],            SAME,      [O.CLOCK],                  P.SEALED,
             title=_("Erase the exchange")),
    ],
)  # fmt: skip

TABLES = (TOPIC, QUESTION, EXCHANGE)
