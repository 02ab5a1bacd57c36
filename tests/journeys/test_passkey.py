"""An office-holder enrols with a one-time code and a passkey, and signs in with it, in French."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import NewPage, Served, virtual_passkey
from .walking import ask, be, follow, press, refused

pytestmark = pytest.mark.browser

NAME = "Célestine Fauvernier"


def test_an_office_holder_enrols_with_a_code_and_signs_in_with_a_passkey_in_french(
    new_page: NewPage, served: Served
) -> None:
    clerk = new_page()
    be(clerk, served.url, "Castelneau", "/fr")
    clerk.goto(f"{served.url}/fr/matters/new/people/ask_enrolment/")
    clerk.get_by_label("Nom dans l’écriture propre à la personne").fill(NAME)
    clerk.get_by_role("radio", name="Français").check()
    press(clerk, re.compile("code d’inscription"))
    expect(clerk.locator("html")).to_have_attribute("lang", "fr")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Première moitié d’un code d’inscription")
    first = clerk.locator(".words").inner_text()
    shown = clerk.url
    press(clerk, "Je l’ai noté")
    assert first not in clerk.request.get(shown).text(), "the half is shown once"
    be(clerk, served.url, "Brandvik", "/fr")
    follow(clerk, re.compile(NAME))
    follow(clerk, "Établir la seconde moitié du code")
    press(clerk, "Établir la seconde moitié du code")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Seconde moitié d’un code d’inscription")
    code = first + " " + clerk.locator(".words").inner_text()
    press(clerk, "Je l’ai noté")

    page = new_page(390, 844)
    virtual_passkey(page)
    page.goto(f"{served.url}/fr/enrol/")
    page.get_by_label("Code").fill(first)
    press(page, "Continuer")
    refused(page)
    page.get_by_label("Code").fill(code.lower())
    press(page, "Continuer")
    expect(page.get_by_role("main")).to_contain_text(f"Bienvenue, {NAME}.")
    page.get_by_label("Nom de cette clé d’accès").fill("Mon téléphone")
    page.get_by_role("main").get_by_role("button", name="Installer une clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    expect(page.get_by_role("banner")).to_contain_text(NAME)

    page.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("banner")).not_to_contain_text(NAME)
    page.goto(f"{served.url}/fr/sign-in/")
    page.get_by_role("button", name=re.compile("clé d’accès")).click()
    expect(page).to_have_url(re.compile("/fr/desk/$"))
    expect(page.get_by_role("banner")).to_contain_text(NAME)

    last = "SELECT person_id FROM people_enrolment ORDER BY id DESC LIMIT 1"  # names are sealed
    assert ask(served.home, f"SELECT state FROM people_enrolment WHERE person_id = ({last})") == [("used",)]
    assert ask(served.home, f"SELECT type FROM mfa_authenticator WHERE user_id = ({last})") == [("webauthn",)]
