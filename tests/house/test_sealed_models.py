"""Every sealed column lies under a key that some act destroys, and every such act goes through the one function."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

from config.rooms import ROOMS
from hemicycle.record import acts
from hemicycle.record.sealing.fields import _Sealed

from .test_tables import ALL

assert ALL  # every room's acts are bound

# Each model with sealed columns, and the act that destroys the key of a row. Whoever adds a model adds its line.
DESTROYED_BY = {
    "candidacy": {
        "candidacy.erase": [
            "candidacy.Candidacy", "candidacy.CriterionAnswer", "candidacy.ServicePeriod", "candidacy.Evidence",
            "candidacy.EvidenceKey", "candidacy.FactCorrection", "candidacy.Endorsement", "candidacy.CounterStatement",
            "candidacy.Erasure", "vetting.Examination", "vetting.Reading", "vetting.NewReading", "vetting.ReadingFinding", "vetting.Voice",
            "vetting.AdversePoint", "vetting.Objection", "vetting.OutcomeLetter", "vetting.ServiceEntry",
            "vetting.ServiceDispute", "vetting.PointSource", "vetting.SourcePage", "vetting.Hit", "vetting.Judgement", "vetting.CoordinationQuestion",
            "vetting.CoordinationNote", "composition.Acceptance",
            "composition.Override", "composition.Amendment", "composition.Objection", "composition.MemberAmendment",
            "integrity.FileOpening",
        ],
        "candidacy.erase_slate": ["candidacy.Slate"],
    },
    "people": {
        "people.erase_person": ["people.Person", "notices.Preference"],
        "people.forget_holding_ground": ["people.Holding"],
        "people.forget_recovery_ground": ["people.Recovery"],
    },
    "integrity": {
        "integrity.erase_interest": ["integrity.Interest"],
        "integrity.erase_contact": ["integrity.Contact"],
        "integrity.erase_alarm": ["integrity.Alarm"],
    },
    "composition": {
        "composition.erase_comments": ["composition.Comment", "composition.Objection"],
        "composition.withdraw_objection": ["composition.Objection"],
        "composition.draw_lot": ["composition.Lot"],
        "composition.prepare_lot": ["composition.Lot"],
    },
    "mandates": {"mandates.erase_name": ["mandates.Mandate", "mandates.Reveal"]},
    "suspension": {"suspension.erase_case": ["suspension.Case", "suspension.Translation"]},
    "texts": {
        "texts.erase_translation": ["texts.Translation"],
        "texts.erase_moderation": ["texts.Moderation"],
    },
    "dialogue": {
        "dialogue.erase_question": [
            "dialogue.Question", "dialogue.Answer", "dialogue.ClockChange", "dialogue.TextCorrection",
        ],
        "dialogue.erase_exchange": ["dialogue.Message"],
    },
    "contributions": {
        "contributions.erase_bank_reference": ["contributions.Contribution"],
        "contributions.erase_payee": ["contributions.Spending"],
    },
    "statements": {
        "statements.erase_statement": [
            "statements.Version", "statements.FinalText", "statements.Opinion", "statements.Amendment",
        ],
        "statements.erase_initiative": ["statements.Initiative"],
    },
    "consultations": {
        "consultations.close": ["consultations.Secret"],
        "consultations.withdraw_open": ["consultations.Secret"],
        "consultations.erase_answers": ["consultations.Consultation", "consultations.Proposition"],
    },
    "vetting": {"vetting.forget_training": ["vetting.TrainingReading"]},
    # A salt lies under the key of what it hides.
    "record": {"candidacy.erase": ["record.Opening"]},
}  # fmt: skip
LISTED = {(act, model) for rows in DESTROYED_BY.values() for act, models in rows.items() for model in models}
SEALED = {
    model._meta.label: model
    for model in apps.get_models()
    if any(isinstance(f, _Sealed) for f in model._meta.concrete_fields)
}


def test_every_sealed_model_is_listed_with_an_act_that_exists() -> None:
    assert {model for _, model in LISTED} == set(SEALED)
    for act, _ in LISTED:
        assert tuple(act.split(".")) in acts.registry, act


@pytest.mark.parametrize("model", SEALED.values(), ids=lambda m: m._meta.label)
def test_every_sealed_model_says_whose_key_and_which_row(model: type) -> None:
    assert hasattr(model, "key_owner") and hasattr(model, "sealed_row")


def test_the_erasing_acts_and_nothing_else_destroy_keys() -> None:
    """`keystore.destroy` is called by record/erasure.py alone, `erasure.destroy` by the acts of the list."""
    house = Path(__file__).parents[2] / "hemicycle"
    callers: dict[str, set[str]] = {"keystore": set(), "erasure": set()}
    for path in house.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if (
                        isinstance(node, ast.Call)
                        and isinstance(node.func, ast.Attribute)
                        and node.func.attr == "destroy"
                        and isinstance(node.func.value, ast.Name)
                        and node.func.value.id in callers
                    ):
                        room = path.relative_to(house).parts[0]
                        callers[node.func.value.id].add(f"{room}.{function.name}")
    assert callers["keystore"] == {"record._finish"}
    helpers = {"integrity._destroy", "record.forget_salts"}
    acts_ = {act for act, _ in LISTED} - {f"integrity.erase_{x}" for x in ("interest", "contact", "alarm")}
    assert callers["erasure"] == acts_ | helpers
    assert {act.split(".")[0] for act, _ in LISTED} <= set(ROOMS)
