"""The acts on groups, statements, their amendments, and joint initiatives, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

P = Publicity


class GroupState(StrEnum):
    FORMING = "forming"
    STANDING = "standing"
    DISSOLVED = "dissolved"


class JoiningState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


class StatementState(StrEnum):
    DRAFT = "draft"
    FINAL = "final"
    PUBLISHED = "published"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class AmendmentState(StrEnum):
    OPEN = "open"
    CARRIED = "carried"
    REJECTED = "rejected"
    TAKEN_IN = "taken_in"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class InitiativeState(StrEnum):
    PROPOSED = "proposed"
    OPEN = "open"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


G, S, A, J = GroupState, StatementState, AmendmentState, InitiativeState
N = JoiningState

GROUP = Table(
    room="statements",
    matter="group",
    title=_("Group of participants"),
    states={
        G.FORMING: pgettext_lazy("group of participants", "forming"),
        G.STANDING: pgettext_lazy("group of participants", "standing"),
        G.DISSOLVED: pgettext_lazy("group of participants", "dissolved"),
    },
    steps=[
        #    act              from                     to             by                entry
        Step("found_group",   [NEW],                   [G.FORMING, G.STANDING], [O.PARTICIPANT], P.PUBLIC,
             title=_("Form a group")),
        Step("join_group",    [G.FORMING, G.STANDING], [G.FORMING, G.STANDING], [O.AUTHOR], P.PUBLIC, inner=True,
             title=_("Join the group")),
        Step("leave_group",   [G.FORMING, G.STANDING], [G.FORMING, G.STANDING, G.DISSOLVED], [O.AUTHOR], P.PUBLIC,
             title=_("Leave the group")),
        Step("dissolve_group", [G.FORMING, G.STANDING], G.DISSOLVED, [O.CLOCK],           P.PUBLIC,
             title=_("Dissolve a group without members")),
    ],
)  # fmt: skip

JOINING = Table(
    room="statements",
    matter="joining",
    title=_("Request to join a group"),
    existence_sealed=True,
    states={
        N.ASKED: pgettext_lazy("request to join a group", "waits for a member"),
        N.ACCEPTED: pgettext_lazy("request to join a group", "accepted"),
        N.DECLINED: pgettext_lazy("request to join a group", "declined"),
        N.TAKEN_BACK: pgettext_lazy("request to join a group", "taken back"),
        N.LAPSED: pgettext_lazy("request to join a group", "lapsed"),
    },
    steps=[
        #    act               from       to            by               entry
        Step("ask_to_join",    [NEW],     N.ASKED,      [O.PARTICIPANT], P.SEALED, title=_("Ask to join the group")),
        Step("accept_member",  [N.ASKED], N.ACCEPTED,   [O.AUTHOR],      P.SEALED, title=_("Accept the person in the group")),
        Step("decline_member", [N.ASKED], N.DECLINED,   [O.AUTHOR],      P.SEALED, title=_("Decline the request")),
        Step("take_back_joining", [N.ASKED], N.TAKEN_BACK, [O.ASKER],    P.SEALED, title=_("Take the request back")),
        Step("lapse_joining",  [N.ASKED], N.LAPSED,     [O.CLOCK],       P.SEALED, title=_("Let the request lapse")),
    ],
)  # fmt: skip

STATEMENT = Table(
    room="statements",
    matter="statement",
    title=_("Statement"),
    existence_sealed=True,
    states={
        S.DRAFT: pgettext_lazy("statement", "draft"),
        S.FINAL: pgettext_lazy("statement", "final text, open for consent"),
        S.PUBLISHED: pgettext_lazy("statement", "published"),
        S.LAPSED: pgettext_lazy("statement", "lapsed"),
        S.WITHDRAWN: pgettext_lazy("statement", "withdrawn"),
    },
    steps=[
        #    act                  from       to           by               entry
        Step("begin_statement",   [NEW],     S.DRAFT,     [O.PARTICIPANT], P.HOUSE, title=_("Begin a statement")),
        Step("join_movers",       [S.DRAFT], SAME,        [O.PARTICIPANT], P.HOUSE, title=_("Join the movers")),
        Step("leave_movers",      [S.DRAFT], SAME,        [O.AUTHOR],      P.HOUSE, title=_("Leave the movers")),
        Step("write_version",     [S.DRAFT], SAME,        [O.AUTHOR],      P.HOUSE, title=_("Write a new version")),
        Step("finalise",          [S.DRAFT], S.FINAL,     [O.AUTHOR],      P.HOUSE, title=_("Make the text final")),
        Step("consent",           [S.FINAL], SAME,        [O.PARTICIPANT], P.HOUSE, title=_("Consent to the statement"),
             signed=True, beside=True),
        Step("withdraw_consent",  [S.FINAL], SAME,        [O.PARTICIPANT], P.HOUSE, title=_("Take the consent back"),
             beside=True),
        Step("give_opinion",      [S.FINAL], SAME,        [O.PARTICIPANT], P.HOUSE, beside=True,
             title=_("Give a dissent or a separate opinion")),
        Step("join_opinion",      [S.FINAL], SAME,        [O.PARTICIPANT], P.HOUSE, title=_("Join an opinion"),
             beside=True),
        Step("withdraw_opinion",  [S.FINAL], SAME,        [O.PARTICIPANT], P.HOUSE, title=_("Take an opinion back"),
             beside=True),
        Step("publish",           [S.FINAL], S.PUBLISHED, [O.AUTHOR, O.SIGNATORY], P.PUBLIC, title=_("Publish the statement"),
             note=_("The consents are counted at this instant. What is published is signed and stays.")),
        Step("withdraw_statement", [S.DRAFT, S.FINAL], S.WITHDRAWN, [O.AUTHOR], P.HOUSE,
             title=_("Withdraw the statement"), grave=True),
        Step("lapse_statement",   [S.DRAFT, S.FINAL], S.LAPSED, [O.CLOCK], P.HOUSE, title=_("Let the statement lapse")),
        Step("erase_statement",   [S.LAPSED, S.WITHDRAWN], SAME, [O.CLOCK], P.SEALED,
             title=_("Erase the texts of a statement")),
    ],
)  # fmt: skip

AMENDMENT = Table(
    room="statements",
    matter="amendment",
    title=_("Amendment"),
    existence_sealed=True,
    states={
        A.OPEN: pgettext_lazy("amendment", "open for votes"),
        A.CARRIED: pgettext_lazy("amendment", "carried, to be taken in"),
        A.REJECTED: pgettext_lazy("amendment", "rejected"),
        A.TAKEN_IN: pgettext_lazy("amendment", "taken in"),
        A.OVERTAKEN: pgettext_lazy("amendment", "carried, overtaken by a later version"),
        A.WITHDRAWN: pgettext_lazy("amendment", "withdrawn"),
        A.DROPPED: pgettext_lazy("amendment", "dropped with the statement"),
    },
    steps=[
        #    act                   from         to                          by                   entry
        Step("propose_amendment",  [NEW],       A.OPEN,                     [O.PARTICIPANT],     P.HOUSE,
             title=_("Propose an amendment")),
        Step("vote_on_amendment",  [A.OPEN],    SAME,                       [O.PARTICIPANT],     P.HOUSE, beside=True,
             title=_("Vote on the amendment")),
        Step("close_amendment",    [A.OPEN],    [A.CARRIED, A.REJECTED],    [O.CLOCK, O.AUTHOR], P.HOUSE,
             title=_("Close the vote on the amendment")),
        Step("take_in",            [A.CARRIED], [A.TAKEN_IN, A.OVERTAKEN],  [O.AUTHOR],          P.HOUSE,
             title=_("Take the amendment in")),
        Step("withdraw_amendment", [A.OPEN],    A.WITHDRAWN,                [O.ASKER],           P.HOUSE,
             title=_("Withdraw the amendment")),
        Step("drop_amendment",     [A.OPEN, A.CARRIED], A.DROPPED,          [O.AUTHOR, O.CLOCK], P.HOUSE, inner=True,
             title=_("Drop the amendment with its statement")),
    ],
)  # fmt: skip

INITIATIVE = Table(
    room="statements",
    matter="initiative",
    title=_("Joint initiative"),
    existence_sealed=True,
    states={
        J.PROPOSED: pgettext_lazy("joint initiative", "within the group"),
        J.OPEN: pgettext_lazy("joint initiative", "open to other groups"),
        J.ADOPTED: pgettext_lazy("joint initiative", "adopted as a statement"),
        J.WITHDRAWN: pgettext_lazy("joint initiative", "withdrawn"),
    },
    steps=[
        #    act                    from                  to                   by               entry
        Step("propose_initiative",  [NEW],                J.PROPOSED,          [O.PARTICIPANT], P.HOUSE,
             title=_("Propose a joint initiative")),
        Step("back_initiative",     [J.PROPOSED, J.OPEN], [J.PROPOSED, J.OPEN], [O.PARTICIPANT], P.HOUSE,
             title=_("Support the initiative in a group")),
        Step("withdraw_backing",    [J.PROPOSED, J.OPEN], SAME,                [O.PARTICIPANT], P.HOUSE,
             title=_("Take the support back")),
        Step("adopt_initiative",    [J.OPEN],             J.ADOPTED,           [O.AUTHOR],      P.PUBLIC,
             title=_("Adopt it as a statement of the groups")),
        Step("withdraw_initiative", [J.PROPOSED, J.OPEN], J.WITHDRAWN, [O.AUTHOR, O.CLOCK],     P.HOUSE, grave=True,
             title=_("Withdraw the initiative")),
        Step("erase_initiative",    [J.WITHDRAWN],        SAME,                [O.CLOCK],       P.SEALED,
             title=_("Erase the text of an initiative")),
    ],
)  # fmt: skip

TABLES = (GROUP, JOINING, STATEMENT, AMENDMENT, INITIATIVE)
