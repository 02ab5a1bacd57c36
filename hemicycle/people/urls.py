"""Addresses of this room, and its desks in the generic pages. Of allauth's own pages none is mounted."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web import signing as signed_acts

from . import actions, desks  # noqa: F401 - binds the acts
from .procedure import HOLDERS
from .signing import PeopleSigner
from .views import account, begin, entrance, house, keys, second_factor

_CLERKS = frozenset({Office.SECRETARIAT})

desk.register(*desks.DESKS)
desk.register_menu("own", desk.MenuItem(_("My account"), "account"))
desk.register_menu(
    "people",
    desk.MenuItem(_("People who hold an office"), "persons", _CLERKS),
    desk.MenuItem(_("Offices held"), "holdings", _CLERKS),
    desk.MenuItem(_("Enrolments"), "enrolments", _CLERKS),
    desk.MenuItem(_("Recoveries"), "recoveries", _CLERKS),
    desk.MenuItem(_("Custodian of evidence"), "custodians", frozenset(HOLDERS)),
    title=_("People and offices"),
)
desk.waiting_lists.append(desks.waiting)
desk.page_parts.append("people/_session_end.html")
signed_acts.signers.append(PeopleSigner())

urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-in/passkey/options/", entrance.passkey_options, name="sign-in-passkey-options"),
    path("sign-in/passkey/", entrance.passkey, name="sign-in-passkey"),
    path("sign-in/phrase/", entrance.phrase, name="sign-in-phrase"),
    path("sign-in/mail/", entrance.mail, name="sign-in-mail"),
    path("sign-in/code/", entrance.mail_code, name="sign-in-code"),
    path("sign-in/as/<str:reference>/", entrance.as_cast, name="sign-in-as"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("away/", entrance.leave_at_once, name="leave-at-once"),
    path("second-factor/", second_factor.second_factor, name="second-factor"),
    path(
        "second-factor/passkey/options/", second_factor.passkey_options, name="second-factor-passkey-options"
    ),
    path("second-factor/passkey/", second_factor.passkey, name="second-factor-passkey"),
    path("account/passkeys/new/", second_factor.new_passkey, name="new-passkey"),
    path("account/passkeys/new/options/", second_factor.new_passkey_options, name="new-passkey-options"),
    path("account/app/", second_factor.new_app, name="new-app"),
    path("account/begin/", begin.begin, name="open-account"),
    path("account/shown-once/<str:token>/", begin.shown_once, name="shown-once"),
    path("lock/", begin.lock, name="lock"),
    path("enrol/", begin.enrol, name="enrol"),
    path("enrol/passkey/", begin.enrol_way, name="enrol-way"),
    path("enrol/passkey/options/", begin.enrol_options, name="enrol-options"),
    path("enrol/app/", begin.enrol_app, name="enrol-app"),
    path("account/", account.account, name="account"),
    path("account/me/", account.about_me, name="account-me"),
    path("account/address/", account.address, name="account-address"),
    path("account/address/code/", account.address_code, name="account-address-code"),
    path("account/phrases/", account.new_phrases, name="new-phrases"),
    path("account/recovery-codes/", account.new_recovery_codes, name="new-recovery-codes"),
    path("account/factors/<int:key>/remove/", account.remove_factor, name="remove-factor"),
    path("account/sessions/<int:key>/end/", account.end_session, name="end-session"),
    path("account/sessions/end-all/", account.end_all_sessions, name="end-all-sessions"),
    path("account/stay/", account.stay, name="stay"),
    path("account/recoveries/<str:reference>/refuse/", account.refuse_recovery, name="refuse-own-recovery"),
    path("account/reading-key/", keys.reading_key, name="reading-key"),
    path("account/reading-key/keys.json", keys.wrapped_keys, name="wrapped-keys"),
    path("custodians/", keys.custodians, name="custodians"),
    path("custodians/<str:reference>/try/", keys.try_sheets, name="try-sheets"),
    path("persons/", house.persons, name="persons"),
    path("offices/", house.holdings, name="holdings"),
    path("enrolments/", house.enrolments, name="enrolments"),
    path("recoveries/", house.recoveries, name="recoveries"),
]
