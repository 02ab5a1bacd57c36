"""The acts on interests, contacts, caller checks, openings of files and alarms, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

P = Publicity

# Whoever holds an office of the house: an interest or a contact is declared by the one who has it.
HOUSE = [
    O.SECRETARIAT,
    O.ASSESSOR,
    O.REVIEWER,
    O.PRESIDENT,
    O.ACTING_PRESIDENT,
    O.BUREAU_MEMBER,
    O.SECRETARY_GENERAL,
    O.GENERAL_RAPPORTEUR,
    O.DELEGATE,
    O.INTEGRITY_OFFICER,
    O.TREASURER,
]


class InterestState(StrEnum):
    DECLARED = "declared"
    ALLEGED = "alleged"
    DISPUTED = "disputed"
    DECIDED = "decided"
    DISMISSED = "dismissed"
    ENDED = "ended"


class ContactState(StrEnum):
    ENTERED = "entered"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CheckState(StrEnum):
    OPENED = "opened"
    CALLER_PROVED = "caller_proved"
    PROVED = "proved"
    FAILED = "failed"
    LAPSED = "lapsed"
    CLOSED = "closed"


class OpeningState(StrEnum):
    NOTED = "noted"


class AlarmState(StrEnum):
    RAISED = "raised"
    ANSWERED = "answered"


# Whoever may open a sealed file at all; which one, the act of its room says.
READERS = [O.SECRETARIAT, O.ASSESSOR, O.REVIEWER, O.PRESIDENT, O.ACTING_PRESIDENT, O.SECRETARY_GENERAL]

I = InterestState  # noqa: E741
C = ContactState
K = CheckState

INTEREST = Table(
    room="integrity",
    matter="interest",
    title=_("Interest"),
    existence_sealed=True,
    states={
        I.DECLARED: pgettext_lazy("interest", "declared"),
        I.ALLEGED: pgettext_lazy("interest", "alleged, to be decided"),
        I.DISPUTED: pgettext_lazy("interest", "disputed, to be decided"),
        I.DECIDED: pgettext_lazy("interest", "decided: there is an interest"),
        I.DISMISSED: pgettext_lazy("interest", "decided: there is no interest"),
        I.ENDED: pgettext_lazy("interest", "ended"),
    },
    # act, from, to, by, entry
    steps=[
        #    act                     from                      to                         by                      entry
        Step("declare",             [NEW],                   I.DECLARED,               HOUSE,                 P.SEALED,
             title=_("Declare an interest")),
        Step("allege",              [NEW],                   I.ALLEGED,                HOUSE,                 P.SEALED,
             title=_("Say that somebody has an undeclared interest")),
        Step("dispute",             [I.DECLARED],            I.DISPUTED,               HOUSE,                 P.SEALED,
             title=_("Dispute this interest")),
        Step("decide",              [I.DISPUTED, I.ALLEGED], [I.DECIDED, I.DISMISSED], [O.INTEGRITY_OFFICER], P.SEALED,
             title=_("Decide on this interest")),
        Step("end_interest",        [I.DECLARED, I.DECIDED], I.ENDED,                  [O.INTEGRITY_OFFICER], P.SEALED,
             title=_("Record that the interest has ended")),
        Step("withdraw_allegation", [I.ALLEGED],             I.DISMISSED,              HOUSE,                 P.SEALED,
             title=_("Withdraw what you said")),
        Step("erase_interest",      [I.DECLARED, I.DECIDED, I.DISMISSED, I.ENDED], SAME,    [O.CLOCK],             P.SEALED,
             title=_("Erase the words of this interest")),
    ],
)  # fmt: skip

CONTACT = Table(
    room="integrity",
    matter="contact",
    title=_("Contact"),
    states={
        C.ENTERED: pgettext_lazy("contact", "entered, published with the decision sheet"),
        C.PUBLISHED: pgettext_lazy("contact", "published"),
        C.WITHDRAWN: pgettext_lazy("contact", "withdrawn as entered in error"),
    },
    # act, from, to, by, entry
    steps=[
        #    act                  from          to            by                entry
        Step("enter_contact",    [NEW],       C.ENTERED,   HOUSE,           P.HOUSE,
             title=_("Enter a contact")),
        Step("complete_contact", [C.ENTERED], SAME,        HOUSE,           P.HOUSE,
             title=_("Complete your entry")),
        Step("withdraw_contact", [C.ENTERED], C.WITHDRAWN, HOUSE,           P.HOUSE,
             title=_("Withdraw your entry")),
        Step("publish_contact",  [C.ENTERED], C.PUBLISHED, [O.SECRETARIAT, O.CLOCK], P.PUBLIC,
             title=_("Publish this contact"),
             note=_("The announcement of the composition publishes the whole register; what is entered later follows.")),
        Step("erase_contact",    [C.ENTERED, C.PUBLISHED, C.WITHDRAWN], SAME, [O.CLOCK], P.SEALED,
             title=_("Take this contact out of the register")),
    ],
)  # fmt: skip

CHECK = Table(
    room="integrity",
    matter="check",
    title=_("Caller check"),
    existence_sealed=True,
    states={
        K.OPENED: pgettext_lazy("caller check", "opened: the caller reads the first code"),
        K.CALLER_PROVED: pgettext_lazy(
            "caller check", "the caller is proved: now the clerk reads the second code"
        ),
        K.PROVED: pgettext_lazy("caller check", "both sides are proved"),
        K.FAILED: pgettext_lazy("caller check", "failed"),
        K.LAPSED: pgettext_lazy("caller check", "lapsed"),
        K.CLOSED: pgettext_lazy("caller check", "closed"),
    },
    # act, from, to, by, entry
    steps=[
        #    act                   from                                 to                                   by                             entry
        # CANDIDATE is whoever is called, given by the matter: a candidate, a participant, anybody with a
        # sign-in.
        Step("open_check",        [NEW],                              K.OPENED,                           [O.SECRETARIAT],              P.SEALED,
             title=_("Open a caller check")),
        Step("enter_caller_code", [K.OPENED],                         [K.OPENED, K.CALLER_PROVED, K.FAILED], [O.SECRETARIAT],              P.SEALED,
             title=_("Enter the code that the caller reads out")),
        Step("enter_clerk_code",  [K.CALLER_PROVED],                  [K.CALLER_PROVED, K.PROVED, K.FAILED], [O.CANDIDATE],                P.SEALED,
             title=_("Enter the code that the Secretariat reads out")),
        Step("close_check",       [K.OPENED, K.CALLER_PROVED, K.PROVED], K.CLOSED,                           [O.SECRETARIAT, O.CANDIDATE], P.SEALED,
             title=_("Close the check")),
        Step("lapse_check",       [K.OPENED, K.CALLER_PROVED, K.PROVED], K.LAPSED,                           [O.CLOCK],                    P.SEALED,
             title=_("Let the check lapse")),
    ],
)  # fmt: skip

OPENING = Table(
    room="integrity",
    matter="opening",
    title=_("Opening of a file"),
    existence_sealed=True,
    states={OpeningState.NOTED: pgettext_lazy("opening of a file", "noted")},
    # act, from, to, by, entry
    steps=[
        Step("note_opening",      [NEW],                OpeningState.NOTED,  READERS,                            P.SEALED,
             title=_("Note that a file was opened"), inner=True),
        Step("delay_disclosure",  [OpeningState.NOTED], SAME,                [O.INTEGRITY_OFFICER], P.SEALED,
             title=_("Put off that the person is shown this opening")),
    ],
)  # fmt: skip

ALARM = Table(
    room="integrity",
    matter="alarm",
    title=_("Too many files opened"),
    existence_sealed=True,
    states={
        AlarmState.RAISED: pgettext_lazy("alarm", "to be looked into"),
        AlarmState.ANSWERED: pgettext_lazy("alarm", "looked into"),
    },
    # act, from, to, by, entry
    steps=[
        Step("raise_alarm",       [NEW],                AlarmState.RAISED,   [O.CLOCK],             P.SEALED,
             title=_("Tell the integrity officer of a mass read that was stopped")),
        Step("answer_alarm",      [AlarmState.RAISED],  AlarmState.ANSWERED, [O.INTEGRITY_OFFICER], P.SEALED,
             title=_("Say what was found")),
        Step("erase_alarm",       [AlarmState.ANSWERED], SAME,               [O.CLOCK],             P.SEALED,
             title=_("Erase what was found")),
    ],
)  # fmt: skip

TABLES = (INTEREST, CONTACT, CHECK, OPENING, ALARM)
