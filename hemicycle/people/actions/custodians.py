"""The custodian's key: made and split in the browser of one holder, confirmed by the other, retired by two."""

from __future__ import annotations

import hmac
import re

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Custodian, Person
from ..procedure import CUSTODIAN
from .keys import fresh_recipient

act = gate(CUSTODIAN, queries.offices_at_custodian)
second_holders_act = gate(CUSTODIAN, queries.offices_of_second_holder)


@act
def ask_custodian(
    custodian: Custodian, by: Actor, *, recipient: str, holder_two: Person, check_one: str, check_two: str
) -> Facts:
    """Propose a key whose identity was split in the browser. The checks are of the two sheets (`checkOf`)."""
    if not queries.may_hold_beside(by).filter(pk=holder_two.pk).exists():
        raise Unmet(
            Finding(
                N_("The holders of the two sheets hold one each of the two offices that the charter names."),
                {},
                "people.ask_custodian",
            )
        )
    if check_one == check_two or not all(
        re.fullmatch(r"[0-9a-f]{16}", check) for check in (check_one, check_two)
    ):
        raise Unmet(
            Finding(N_("The two sheets were not made as they should be."), {}, "people.ask_custodian")
        )
    custodian.recipient = fresh_recipient(recipient, "people.ask_custodian")
    custodian.holder_one, custodian.holder_two = queries.person_of(by), holder_two
    custodian.check_one, custodian.check_two = check_one, check_two
    holders = [custodian.holder_one.reference, holder_two.reference]
    return Facts({"recipient": custodian.recipient, "holders": holders})


@second_holders_act
def confirm_custodian(custodian: Custodian, by: Actor, *, check: str) -> Facts:
    """The second holder read the own sheet into the own browser, which made the check of it. Refused where a newer key is
    in force already: nothing would ever be sealed to this one."""
    newest = queries.custodian()
    if newest is not None and newest.pk > custodian.pk:
        raise Unmet(
            Finding(N_("A newer key is in force already. Withdraw this one."), {}, "people.confirm_custodian")
        )
    if not hmac.compare_digest(check.encode(), custodian.check_two.encode()):
        raise Unmet(Finding(N_("This is not the second sheet of this key."), {}, "people.confirm_custodian"))
    return Facts({"recipient": custodian.recipient})


@act
def withdraw_custodian(custodian: Custodian, by: Actor) -> Facts:
    """A sheet was lost or misread before anything was sealed to this key: make another one."""
    return Facts()


@act
def ask_retirement(custodian: Custodian, by: Actor) -> Facts:
    """Ask that nothing more be sealed to this key. Until a second person confirms, it stays in force."""
    return Facts({"recipient": custodian.recipient})


@act
def confirm_retirement(custodian: Custodian, by: Actor) -> Facts:
    """Nothing is sealed to this key from now on. Its sheets open what was sealed to it before."""
    return Facts({"recipient": custodian.recipient})


@act
def keep_custodian(custodian: Custodian, by: Actor) -> Facts:
    """Do not retire the key after all."""
    return Facts()
