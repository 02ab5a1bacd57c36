"""The acts of the host assembly, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

P = Publicity


class FoundingState(StrEnum):
    FOUNDED = "founded"


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class BodyState(StrEnum):
    STANDING = "standing"
    DISSOLVED = "dissolved"


class AdoptionState(StrEnum):
    DRAFTED = "drafted"
    CONSULTED = "consulted"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class ImportState(StrEnum):
    PREVIEWED = "previewed"
    COMMITTED = "committed"
    WITHDRAWN = "withdrawn"


class ForumState(StrEnum):
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class ActingState(StrEnum):
    NAMED = "named"
    ACTING = "acting"
    REFUSED = "refused"
    ENDED = "ended"


FOUNDING = Table(
    room="assembly",
    matter="founding",
    title=_("Founding of the record"),
    states={FoundingState.FOUNDED: _("founded")},
    steps=[
        #    act      from   to                     by           entry
        Step("found", [NEW], FoundingState.FOUNDED, [O.FOUNDER], P.PUBLIC, title=_("Found the record")),
    ],
)

SESSION = Table(
    room="assembly",
    matter="session",
    title=_("Session"),
    states={
        SessionState.PLANNED: _("planned"),
        SessionState.OPEN: _("open"),
        SessionState.CLOSED: _("closed"),
    },
    steps=[
        #    act                from                    to                                        by               entry
        # A record founded in the middle of a session enters one that already runs.
        Step("open_session",    [NEW],                  [SessionState.PLANNED, SessionState.OPEN], [O.SECRETARIAT], P.PUBLIC,
             title=_("Enter a session")),
        Step("begin_session",   [SessionState.PLANNED], SessionState.OPEN,                        [O.CLOCK],       P.PUBLIC,
             title=_("Begin the session")),
        Step("add_part_session", [SessionState.PLANNED, SessionState.OPEN], SAME,                 [O.SECRETARIAT], P.PUBLIC,
             title=_("Add a part-session")),
        Step("move_part_session", [SessionState.PLANNED, SessionState.OPEN], SAME,                [O.SECRETARIAT], P.PUBLIC,
             title=_("Move a part-session")),
        Step("close_session",   [SessionState.OPEN],    SessionState.CLOSED,                      [O.CLOCK],       P.PUBLIC,
             title=_("Close the session")),
    ],
)  # fmt: skip

BODY = Table(
    room="assembly",
    matter="body",
    title=_("Body of the Assembly"),
    states={BodyState.STANDING: _("standing"), BodyState.DISSOLVED: _("dissolved")},
    steps=[
        #    act                   from                 to                  by                                     entry
        # The President's offices stand here because adopting a charter forms the committees that it adds.
        Step("form_body",          [NEW],               BodyState.STANDING,
             [O.FOUNDER, O.SECRETARIAT, O.PRESIDENT, O.ACTING_PRESIDENT],                                          P.PUBLIC,
             title=_("Form a body")),
        Step("rename_body",        [BodyState.STANDING], SAME,
             [O.SECRETARIAT, O.PRESIDENT, O.ACTING_PRESIDENT],                                                     P.PUBLIC,
             title=_("Rename the body")),
        Step("replace_member",     [BodyState.STANDING], SAME,              [O.SECRETARIAT],                       P.HOUSE,
             title=_("Record a replacement")),
        Step("end_replacement",    [BodyState.STANDING], SAME,              [O.SECRETARIAT],                       P.HOUSE,
             title=_("End a replacement")),
        Step("dissolve_body",      [BodyState.STANDING], BodyState.DISSOLVED, [O.SECRETARIAT],                     P.PUBLIC,
             title=_("Dissolve the body"), grave=True),
    ],
)  # fmt: skip

ADOPTION = Table(
    room="assembly",
    matter="adoption",
    title=_("Version of the charter"),
    states={
        AdoptionState.DRAFTED: _("drafted, to be consulted on"),
        AdoptionState.CONSULTED: _("consulted on, to be adopted"),
        AdoptionState.ADOPTED: _("adopted"),
        AdoptionState.WITHDRAWN: _("withdrawn"),
    },
    steps=[
        #    act                          from                    to                                          by
        Step("draft_charter",             [NEW],                  [AdoptionState.DRAFTED, AdoptionState.CONSULTED],
             [O.SECRETARIAT], P.ON_RELEASE, title=_("Draft a version of the charter")),
        Step("consult_secretary_general", [AdoptionState.DRAFTED], [AdoptionState.DRAFTED, AdoptionState.CONSULTED],
             [O.SECRETARY_GENERAL], P.ON_RELEASE, title=_("Answer as Secretary General")),
        Step("consult_general_rapporteur", [AdoptionState.DRAFTED], [AdoptionState.DRAFTED, AdoptionState.CONSULTED],
             [O.GENERAL_RAPPORTEUR], P.ON_RELEASE, title=_("Answer as General Rapporteur")),
        Step("adopt_charter",             [AdoptionState.CONSULTED], AdoptionState.ADOPTED,
             [O.PRESIDENT, O.ACTING_PRESIDENT, O.SECRETARIAT], P.PUBLIC,
             title=_("Record the adoption by the Bureau"), two_person_of="draft_charter", grave=True),
        Step("withdraw_draft",            [AdoptionState.DRAFTED, AdoptionState.CONSULTED], AdoptionState.WITHDRAWN,
             [O.SECRETARIAT], P.ON_RELEASE, title=_("Withdraw the draft")),
    ],
)  # fmt: skip

IMPORT = Table(
    room="assembly",
    matter="import",
    title=_("Import"),
    states={
        ImportState.PREVIEWED: _("previewed, not yet in force"),
        ImportState.COMMITTED: _("in force"),
        ImportState.WITHDRAWN: _("withdrawn"),
    },
    steps=[
        #    act              from                    to                     by               entry
        Step("preview_import",  [NEW],                   ImportState.PREVIEWED, [O.SECRETARIAT], P.HOUSE,
             title=_("Preview an import")),
        Step("commit_import",   [ImportState.PREVIEWED], ImportState.COMMITTED, [O.SECRETARIAT], P.PUBLIC,
             title=_("Put the import in force"), two_person_of="preview_import"),
        Step("withdraw_import", [ImportState.PREVIEWED], ImportState.WITHDRAWN, [O.SECRETARIAT], P.HOUSE,
             title=_("Withdraw the import")),
    ],
)  # fmt: skip

FORUM = Table(
    room="assembly",
    matter="forum",
    title=_("Decision that a separate forum is established"),
    states={
        ForumState.RECORDED: _("recorded, to be confirmed"),
        ForumState.CONFIRMED: _("confirmed"),
        ForumState.WITHDRAWN: _("withdrawn"),
    },
    steps=[
        #    act                       from                  to                    by               entry
        Step("record_forum_decision",  [NEW],                 ForumState.RECORDED,  [O.SECRETARIAT], P.HOUSE,
             title=_("Record that a separate forum is established")),
        Step("confirm_forum_decision", [ForumState.RECORDED], ForumState.CONFIRMED, [O.SECRETARIAT], P.PUBLIC,
             title=_("Confirm the decision"), two_person_of="record_forum_decision", grave=True),
        Step("withdraw_forum_decision", [ForumState.RECORDED], ForumState.WITHDRAWN, [O.SECRETARIAT], P.HOUSE,
             title=_("Withdraw the entry")),
    ],
)  # fmt: skip

ACTING = Table(
    room="assembly",
    matter="acting",
    title=_("Acting President"),
    states={
        ActingState.NAMED: _("named, to be confirmed"),
        ActingState.ACTING: _("acting"),
        ActingState.REFUSED: _("not confirmed"),
        ActingState.ENDED: _("ended"),
    },
    steps=[
        #    act                        from                to                  by                        entry
        Step("appoint_acting_president", [NEW],              ActingState.NAMED,   [O.SECRETARIAT],          P.HOUSE,
             title=_("Name an acting President")),
        Step("confirm_acting_president", [ActingState.NAMED], ActingState.ACTING, [O.SECRETARIAT],          P.PUBLIC,
             title=_("Confirm the acting President"), two_person_of="appoint_acting_president"),
        Step("refuse_acting_president", [ActingState.NAMED], ActingState.REFUSED, [O.SECRETARIAT],          P.HOUSE,
             title=_("Do not confirm")),
        Step("end_acting_president",    [ActingState.ACTING], ActingState.ENDED,  [O.SECRETARIAT, O.CLOCK], P.PUBLIC,
             title=_("End the acting presidency")),
    ],
)  # fmt: skip

TABLES = (FOUNDING, SESSION, BODY, ADOPTION, IMPORT, FORUM, ACTING)
