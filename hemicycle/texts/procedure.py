"""The acts on translations, on the glossary and on speech, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class TranslationState(StrEnum):
    ASKED = "asked"
    MACHINE = "machine"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    AUTHENTIC = "authentic"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class TermState(StrEnum):
    ENTERED = "entered"
    TAKEN_BACK = "taken_back"


class ModerationState(StrEnum):
    SET_ASIDE = "set_aside"
    APPEALED = "appealed"
    UPHELD = "upheld"
    RESTORED = "restored"
    LAPSED = "lapsed"


S = TranslationState
T = TermState
M = ModerationState
P = Publicity

STANDS = (S.DRAFT, S.REVIEWED, S.AUTHENTIC)  # beside its original, for somebody at least
BEGUN = (S.ASKED, S.MACHINE, S.DRAFT)
FOR_EVERYBODY = (S.REVIEWED, S.AUTHENTIC)
RUNS = (M.SET_ASIDE, M.APPEALED, M.UPHELD)  # the text is set aside
OVER = (M.RESTORED, M.LAPSED)

TRANSLATION = Table(
    room="texts",
    matter="translation",
    title=_("Translation"),
    states={
        S.ASKED: pgettext_lazy("translation", "asked of a machine"),
        S.MACHINE: pgettext_lazy("translation", "written by a machine, for nobody yet"),
        S.DRAFT: pgettext_lazy("translation", "draft"),
        S.REVIEWED: pgettext_lazy("translation", "reviewed"),
        S.AUTHENTIC: pgettext_lazy("translation", "authentic"),
        S.REPLACED: pgettext_lazy("translation", "replaced"),
        S.WITHDRAWN: pgettext_lazy("translation", "withdrawn"),
    },
    steps=[
        #    act                   from                          to           by                          entry
        Step("ask_machine",        [NEW],                        S.ASKED,     [O.SECRETARIAT],            P.HOUSE,
             title=_("Ask a machine for a draft")),
        Step("keep_machine_draft", [S.ASKED],                    S.MACHINE,   [O.CLOCK],                  P.HOUSE,
             title=_("Keep what the machine wrote")),
        Step("drop_machine",       [S.ASKED],                    S.WITHDRAWN, [O.CLOCK],                  P.HOUSE,
             title=_("Give up: the machine wrote nothing")),
        Step("translate",          [NEW, S.MACHINE],             S.DRAFT,     [O.SECRETARIAT, O.AUTHOR],  P.HOUSE,
             title=_("Put a translation beside a text")),
        Step("review_translation", [S.DRAFT],                    S.REVIEWED,  [O.SECRETARIAT, O.AUTHOR],  P.PUBLIC,
             title=_("Say that the translation is right"), two_person_of="translate",
             note=_("Read it against the original. From then on everybody reads it beside the original.")),
        Step("declare_authentic",  [S.REVIEWED],                 S.AUTHENTIC, [O.SECRETARIAT],            P.PUBLIC,
             title=_("Declare the translation authentic"),
             note=_("Only in a language in which the charter makes texts authentic.")),
        Step("replace_translation", list(STANDS),                S.REPLACED,  [O.SECRETARIAT, O.AUTHOR],  P.HOUSE,
             title=_("Replace the translation"), inner=True),
        Step("withdraw_translation", [S.ASKED, S.MACHINE, *STANDS], S.WITHDRAWN, [O.SECRETARIAT, O.AUTHOR], P.HOUSE,
             title=_("Withdraw the translation")),
        Step("erase_translation",  list(S),                      SAME,        [O.CLOCK],                  P.SEALED,
             title=_("Erase a translation")),
    ],
)  # fmt: skip

TERM = Table(
    room="texts",
    matter="term",
    title=_("Name in the glossary"),
    states={
        T.ENTERED: pgettext_lazy("term", "in the glossary"),
        T.TAKEN_BACK: pgettext_lazy("term", "taken back"),
    },
    steps=[
        #    act               from         to             by               entry
        Step("enter_term",     [NEW],       T.ENTERED,     [O.SECRETARIAT], P.PUBLIC, title=_("Enter a name")),
        Step("change_term",    [T.ENTERED], SAME,          [O.SECRETARIAT], P.PUBLIC, title=_("Change the name")),
        Step("take_back_term", [T.ENTERED], T.TAKEN_BACK,  [O.SECRETARIAT], P.PUBLIC, title=_("Take the name back")),
    ],
)  # fmt: skip

MODERATION = Table(
    room="texts",
    matter="moderation",
    title=_("Text set aside"),
    states={
        M.SET_ASIDE: pgettext_lazy("speech", "set aside"),
        M.APPEALED: pgettext_lazy("speech", "set aside; an appeal is running"),
        M.UPHELD: pgettext_lazy("speech", "set aside; the appeal was dismissed"),
        M.RESTORED: pgettext_lazy("speech", "restored"),
        M.LAPSED: pgettext_lazy("speech", "readable again, the time is over"),
    },
    steps=[
        #    act             from          to                      by                                         entry
        Step("set_aside",    [NEW],        M.SET_ASIDE,            [O.SECRETARIAT],                           P.PUBLIC,
             title=_("Set a text aside"), grave=True),
        Step("appeal",       [M.SET_ASIDE], M.APPEALED,            [O.AUTHOR],                                P.HOUSE,
             title=_("Appeal to another person")),
        Step("decide_appeal", [M.APPEALED], [M.UPHELD, M.RESTORED], [O.INTEGRITY_OFFICER, O.SECRETARY_GENERAL], P.PUBLIC,
             title=_("Decide on the appeal")),
        Step("restore",      list(RUNS),   M.RESTORED,
             [O.SECRETARIAT, O.INTEGRITY_OFFICER, O.SECRETARY_GENERAL], P.PUBLIC, title=_("Restore the text"),
             note=_("At once and for everybody, before the time is over.")),
        Step("lapse_moderation", list(RUNS), M.LAPSED,             [O.CLOCK],                                 P.PUBLIC,
             title=_("Let the time end")),
        Step("erase_moderation", list(M),  SAME,                   [O.CLOCK],                                 P.SEALED,
             title=_("Erase what was written about a text set aside")),
    ],
)  # fmt: skip

TABLES = (TRANSLATION, TERM, MODERATION)
