"""The acts on a list and on the acceptance of a seat, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class ListState(StrEnum):
    DRAFT = "draft"
    RELEASE_ASKED = "release_asked"
    BEFORE_BUREAU = "before_bureau"
    REFERRAL_ENTERED = "referral_entered"
    REFERRED_BACK = "referred_back"
    REFUSED = "refused"
    APPROVED = "approved"  # by the Bureau, where the charter has no ratification
    BEFORE_RATIFICATION = "before_ratification"
    RATIFIED = "ratified"
    RATIFICATION_REFUSED = "ratification_refused"
    WITHDRAWN = "withdrawn"
    ANNOUNCED = "announced"


class AcceptanceState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class AdditionState(StrEnum):
    PROPOSED = "proposed"
    BEFORE_BUREAU = "before_bureau"
    ADDED = "added"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


L = ListState
A = AcceptanceState
D = AdditionState
P = Publicity
PROPOSERS = [O.PRESIDENT, O.ACTING_PRESIDENT]

LIST = Table(
    room="composition",
    matter="list",
    title=_("List"),
    existence_sealed=True,
    states={
        L.DRAFT: pgettext_lazy("list", "being composed"),
        L.RELEASE_ASKED: pgettext_lazy("list", "waiting for the second person"),
        L.BEFORE_BUREAU: pgettext_lazy("list", "before the Bureau"),
        L.REFERRAL_ENTERED: pgettext_lazy("list", "referral back, to be confirmed"),
        L.REFERRED_BACK: pgettext_lazy("list", "referred back by the Bureau"),
        L.REFUSED: pgettext_lazy("list", "refused by the Bureau"),
        L.APPROVED: pgettext_lazy("list", "approved by the Bureau"),
        L.BEFORE_RATIFICATION: pgettext_lazy("list", "approved by the Bureau, before ratification"),
        L.RATIFIED: pgettext_lazy("list", "ratified"),
        L.RATIFICATION_REFUSED: pgettext_lazy("list", "ratification refused"),
        L.WITHDRAWN: pgettext_lazy("list", "withdrawn by the President"),
        L.ANNOUNCED: pgettext_lazy("list", "announced"),
    },
    steps=[
        #    act                    from                   to         by                            entry
        Step("draft",               [NEW],                 L.DRAFT,   PROPOSERS, P.HOUSE,
             title=_("Begin a list")),
        Step("adopt_amendments",    [NEW],                 L.DRAFT,   [*PROPOSERS, O.SECRETARIAT], P.HOUSE,
             title=_("Make the Bureau’s amendments the proposal"),
             note=_("The Bureau’s amendments take effect only when the President makes them the proposal.")),
        Step("compose",             [L.DRAFT],             SAME,      PROPOSERS, P.HOUSE,
             title=_("Fill the seats")),
        Step("seat",                [L.DRAFT],             SAME,      PROPOSERS, P.HOUSE,
             title=_("Put a person on a seat")),
        Step("unseat",              [L.DRAFT],             SAME,      PROPOSERS, P.HOUSE,
             title=_("Clear a seat")),
        Step("order_succession",    [L.DRAFT],             SAME,      PROPOSERS, P.HOUSE,
             title=_("Write the succession list")),
        Step("override",            [L.DRAFT, L.BEFORE_BUREAU, L.BEFORE_RATIFICATION, L.ANNOUNCED], SAME, PROPOSERS, P.HOUSE,
             title=_("Propose against an opinion, with reasons"),
             note=_("After the release only for somebody whose opinion was changed since, by a review or a new reading.")),
        Step("state_reasons",       [L.DRAFT],             SAME,      PROPOSERS, P.HOUSE,
             title=_("Write the reasons for the list as a whole")),
        Step("comment",             [L.DRAFT],             SAME,      PROPOSERS, P.SEALED,
             title=_("Comment on the draft"),
             note=_("Only the President’s office reads it.")),
        Step("prepare_lot",         [L.DRAFT],             SAME,      PROPOSERS, P.ON_RELEASE,
             title=_("Prepare a lot"),
             note=_("Only where the charter foresees one. What is drawn from stands fast before the seed is known.")),
        Step("draw_lot",            [L.DRAFT],             SAME,      PROPOSERS, P.ON_RELEASE,
             title=_("Draw the lot"), grave=True,
             note=_("Fills the seats. The second half of the seed comes from the public source that was named.")),
        Step("ask_release",         [L.DRAFT],             L.RELEASE_ASKED, PROPOSERS, P.HOUSE,
             title=_("Propose the list"), grave=True,
             note=_("A second person must confirm before the Bureau sees the list."), signed=True),
        Step("take_back",           [L.RELEASE_ASKED],     L.DRAFT,   [*PROPOSERS, O.SECRETARY_GENERAL, O.SECRETARIAT],
             P.HOUSE, title=_("Return the list to the President’s office")),
        Step("confirm_release",     [L.RELEASE_ASKED],     L.BEFORE_BUREAU, [O.SECRETARY_GENERAL, O.SECRETARIAT],
             P.ON_RELEASE, title=_("Release the list to the Bureau"), two_person_of="ask_release", grave=True,
             note=_("From now on no acceptance can be withdrawn and the Bureau reads the names."), signed=True),
        Step("adopt_pending",       [L.RELEASE_ASKED, L.BEFORE_BUREAU], SAME, PROPOSERS, P.ON_RELEASE,
             title=_("Adopt the pending proposal as mine")),
        Step("withdraw",            [L.DRAFT, L.RELEASE_ASKED, L.BEFORE_BUREAU, L.REFERRAL_ENTERED, L.REFERRED_BACK], L.WITHDRAWN,
             PROPOSERS, P.HOUSE, title=_("Withdraw the list"), grave=True),
        Step("call_bureau_vote",    [L.BEFORE_BUREAU],     SAME,      [O.SECRETARIAT], P.ON_RELEASE,
             title=_("Call the vote of the Bureau")),
        Step("call_separate_votes", [L.BEFORE_BUREAU],     SAME,      [O.SECRETARIAT], P.ON_RELEASE,
             title=_("Call a separate vote on each seat")),
        Step("amend",               [L.BEFORE_BUREAU],     SAME,      [O.SECRETARIAT], P.ON_RELEASE,
             title=_("Enter an amendment of the Bureau"),
             note=_("It is confirmed with the referral back and changes nothing until the President makes it the proposal.")),
        Step("object",              [L.BEFORE_BUREAU],     SAME,      [O.BUREAU_MEMBER], P.HOUSE,
             title=_("Object to the list or to a seat"),
             note=_("With reasons, for the Bureau. It stands until its author withdraws it and decides nothing.")),
        Step("withdraw_objection",  [L.BEFORE_BUREAU],     SAME,      [O.BUREAU_MEMBER], P.HOUSE,
             title=_("Withdraw an objection of mine")),
        Step("propose_amendment",   [L.BEFORE_BUREAU],     SAME,      [O.BUREAU_MEMBER], P.HOUSE,
             title=_("Propose an amendment"),
             note=_("Refused where the list with it would break a rule. It changes nothing until the President makes it the proposal.")),
        Step("withdraw_amendment",  [L.BEFORE_BUREAU],     SAME,      [O.BUREAU_MEMBER], P.HOUSE,
             title=_("Withdraw an amendment of mine")),
        Step("attach_alternatives", [L.DRAFT, L.BEFORE_BUREAU], SAME, PROPOSERS, P.HOUSE,
             title=_("Show the Bureau what else was considered"),
             note=_("Up to three drafts, as numbers beside the list. No name stands there.")),
        Step("approve",             [L.BEFORE_BUREAU],     [L.BEFORE_RATIFICATION, L.APPROVED], [O.SECRETARIAT],
             P.ON_RELEASE, title=_("Record the approval"), signed=True),
        Step("refuse",              [L.BEFORE_BUREAU],     L.REFUSED, [O.SECRETARIAT], P.HOUSE,
             title=_("Record the refusal"), grave=True, signed=True),
        Step("enter_referral",      [L.BEFORE_BUREAU],     L.REFERRAL_ENTERED, [O.SECRETARIAT], P.HOUSE,
             title=_("Enter the referral back"),
             note=_("A second person confirms it with the source.")),
        Step("refer_back",          [L.REFERRAL_ENTERED],  L.REFERRED_BACK, [O.SECRETARIAT, O.SECRETARY_GENERAL], P.HOUSE,
             title=_("Confirm the referral back"), two_person_of="enter_referral", grave=True,
             note=_("The amendments that stand on this page are confirmed with it."), signed=True),
        Step("drop_referral",       [L.REFERRAL_ENTERED],  L.BEFORE_BUREAU, [O.SECRETARIAT, O.SECRETARY_GENERAL], P.HOUSE,
             title=_("Take the referral out again"),
             note=_("The list is before the Bureau as it was.")),
        Step("ratify",              [L.BEFORE_RATIFICATION], [L.RATIFIED, L.ANNOUNCED], [O.SECRETARIAT],
             P.ON_RELEASE, title=_("Record the ratification"), signed=True),
        Step("refuse_ratification", [L.BEFORE_RATIFICATION], L.RATIFICATION_REFUSED, [O.SECRETARIAT], P.HOUSE,
             title=_("Record that ratification was refused"), grave=True, signed=True),
        Step("tell_candidates",     [L.APPROVED, L.RATIFIED, L.BEFORE_RATIFICATION, L.ANNOUNCED], SAME,
             [O.SECRETARIAT, O.CLOCK], P.HOUSE, title=_("Send the outcome letters"),
             note=_("Every candidate who has an opinion is told before the public is.")),
        Step("announce",            [L.APPROVED, L.RATIFIED, L.BEFORE_RATIFICATION],
             [L.ANNOUNCED, L.BEFORE_RATIFICATION], [O.SECRETARIAT], P.PUBLIC,
             title=_("Announce the composition"), grave=True,
             note=_("From now on everybody reads the names."), signed=True),
        Step("erase_comments",      list(L),               SAME,      [O.CLOCK], P.SEALED,
             title=_("Erase comments and objections")),
    ],
)  # fmt: skip

ACCEPTANCE = Table(
    room="composition",
    matter="acceptance",
    title=_("Acceptance of a seat"),
    existence_sealed=True,
    states={
        A.ASKED: pgettext_lazy("acceptance", "asked"),
        A.ACCEPTED: pgettext_lazy("acceptance", "accepted"),
        A.DECLINED: pgettext_lazy("acceptance", "declined"),
        A.WITHDRAWN: pgettext_lazy("acceptance", "withdrawn"),
        A.LAPSED: pgettext_lazy("acceptance", "not answered in time"),
    },
    steps=[
        #    act                    from           to            by                             entry
        Step("ask_acceptance",      [NEW],         A.ASKED,      [*PROPOSERS, O.SECRETARIAT], P.SEALED,
             title=_("Ask whether the person accepts")),
        Step("accept",              [A.ASKED],     A.ACCEPTED,   [O.CANDIDATE], P.SEALED,
             title=_("Accept")),
        Step("decline",             [A.ASKED],     A.DECLINED,   [O.CANDIDATE], P.SEALED,
             title=_("Decline")),
        Step("say_presence",        [A.ACCEPTED],  SAME,         [O.CANDIDATE], P.SEALED,
             title=_("Say whether you can come")),
        Step("withdraw_acceptance", [A.ACCEPTED],  A.WITHDRAWN,  [O.CANDIDATE], P.SEALED,
             title=_("Withdraw my acceptance"), grave=True),
        Step("lapse_acceptance",    [A.ASKED],     A.LAPSED,     [O.CLOCK], P.SEALED,
             title=_("Close a question that was not answered")),
    ],
)  # fmt: skip

ADDITION = Table(
    room="composition",
    matter="addition",
    title=_("Addition to the succession list"),
    existence_sealed=True,
    states={
        D.PROPOSED: pgettext_lazy("addition", "waiting for the second person"),
        D.BEFORE_BUREAU: pgettext_lazy("addition", "before the Bureau"),
        D.ADDED: pgettext_lazy("addition", "on the succession list"),
        D.REFUSED: pgettext_lazy("addition", "refused by the Bureau"),
        D.WITHDRAWN: pgettext_lazy("addition", "withdrawn by the President"),
    },
    steps=[
        #    act                    from              to               by                             entry
        Step("propose_addition",    [NEW],            D.PROPOSED,      PROPOSERS, P.HOUSE,
             title=_("Propose an addition to the succession list"), grave=True,
             note=_("Only for a person whose reply or review was still running when the list was proposed."), signed=True),
        Step("release_addition",    [D.PROPOSED],     D.BEFORE_BUREAU, [O.SECRETARY_GENERAL, O.SECRETARIAT], P.HOUSE,
             title=_("Release the addition to the Bureau"), two_person_of="propose_addition", grave=True, signed=True),
        Step("withdraw_addition",   [D.PROPOSED, D.BEFORE_BUREAU], D.WITHDRAWN, PROPOSERS, P.HOUSE,
             title=_("Withdraw the addition")),
        Step("call_addition_vote",  [D.BEFORE_BUREAU], SAME,           [O.SECRETARIAT], P.HOUSE,
             title=_("Call the vote on the addition")),
        Step("add_successor",       [D.BEFORE_BUREAU], D.ADDED,        [O.SECRETARIAT], P.HOUSE,
             title=_("Record the approval and add the person"),
             note=_("The person stands last in the order. The name is not public."), signed=True),
        Step("refuse_addition",     [D.BEFORE_BUREAU], D.REFUSED,      [O.SECRETARIAT], P.HOUSE,
             title=_("Record that the Bureau refused the addition"), signed=True),
    ],
)  # fmt: skip

TABLES = (LIST, ACCEPTANCE, ADDITION)
