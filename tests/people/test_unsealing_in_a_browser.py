"""What the browser seals, Python opens, and the other way round; and nothing needs what trusted types refuse."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable, Iterator
from typing import Any

import pyrage
import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from hemicycle.people import phrases, sheets, wraps

pytestmark = pytest.mark.browser
POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page under the policy of the pages that unseal."""

    def answer(route: Route) -> None:
        path = route.request.url.partition("//localhost:1")[2]
        if path == "/page":
            kind = "text/html"
            route.fulfill(
                body="<main></main>", content_type=kind, headers={"Content-Security-Policy": POLICY}
            )
        else:
            found = finders.find(path.removeprefix("/static/"))
            assert found, path
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0])

    context = browser.new_context()
    opened = context.new_page()
    opened.route("**/*", answer)
    opened.goto("http://localhost:1/page")
    yield opened
    context.close()


@pytest.fixture
def run(page: Page) -> Run:
    """Run an expression with the library as `u` and what is given as `g`; a refusal comes back as its code."""

    def evaluate(expression: str, given: Any = None) -> Any:
        return page.evaluate(
            """async (g) => {
                const u = await import("/static/people/unsealing.js");
                try { return EXPRESSION; }
                catch (error) { if (error instanceof u.Unreadable) return "refused: " + error.code; throw error; }
            }""".replace("EXPRESSION", f"await ({expression})"),
            given,
        )

    return evaluate


@pytest.fixture(scope="module")
def identity() -> str:
    return str(pyrage.x25519.Identity.generate())


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_an_identity_of_the_browser_is_one_for_python(run: Run) -> None:
    made = run("u.makeIdentity()")
    assert wraps.recipient_of(made["identity"]) == made["recipient"] == wraps.recipient(made["recipient"])
    assert run("u.recipientOf(g)", made["identity"]) == made["recipient"]


def test_python_opens_what_the_browser_wrapped_under_a_passphrase(run: Run, identity: str) -> None:
    recipient = wraps.recipient_of(identity)
    wrap = run("u.wrapWithPassphrase(g[0], g[1], g[2])", [identity, recipient, "ｔavo remi  мо "])
    assert wraps.check(wrap) == wrap
    assert wraps.opened(wrap, recipient, passphrase="tavo remi мо") == identity
    with pytest.raises(wraps.Unreadable):
        wraps.opened(wrap, recipient, passphrase="tavo remi мa")


def test_the_browser_opens_what_python_wrapped(run: Run, identity: str) -> None:
    recipient, salt, output = wraps.recipient_of(identity), b"s" * 32, b"o" * 32
    words = wraps.with_passphrase(identity, "tavo remi")
    key = wraps.with_output(identity, "Y3JlZA", output, salt)
    assert run("u.openWrap(g[0], g[1], {passphrase: 'tavo  remi'})", [words, recipient]) == identity
    assert run("u.openWithPassphrase(g[0], g[1], 'tavo remi')", [[key, words, words], recipient]) == identity
    assert (
        run("u.openWrap(g[0], g[1], {output: u.toBytes(g[2])})", [key, recipient, coded(output)]) == identity
    )
    made = run(
        "u.wrapWithPasskey(g[0], g[1], {credential: 'Y3JlZA', salt: g[2], output: u.toBytes(g[3])})",
        [identity, recipient, coded(salt), coded(output)],
    )
    assert wraps.opened(wraps.check(made), recipient, output=output) == identity


def test_a_wrap_opens_for_nothing_else(run: Run, identity: str) -> None:
    recipient = wraps.recipient_of(identity)
    other = wraps.recipient_of(str(pyrage.x25519.Identity.generate()))
    words = wraps.with_passphrase(identity, "tavo remi", rounds=1000)
    assert run("u.openWrap(g[0], g[1], {passphrase: 'tavo'})", [words, recipient]) == "refused: passphrase"
    assert run("u.openWrap(g[0], g[1], {passphrase: 'tavo remi'})", [words, other]) == "refused: passphrase"
    assert run("u.openWithPassphrase(g[0], g[1], 'tavo')", [[words], recipient]) == "refused: passphrase"


def test_the_sheet_of_paper_is_read_back_however_it_is_typed(run: Run, identity: str) -> None:
    groups = run("u.inGroups(g)", identity)
    assert groups[0] == "AGE-SECRET-KEY-1" and "".join(groups) == identity
    typed = " \n".join(groups).lower()
    assert run("u.readIdentity(g)", typed) == wraps.read_identity(typed) == identity
    wrong = identity[:-1] + ("Q" if identity[-1] != "Q" else "P")
    for text in (wrong, identity[:-4], "AGE-SECRET-KEY-PQ-1QQQQ", "tavo remi"):
        assert run("u.readIdentity(g)", text) == "refused: identity"
        with pytest.raises(wraps.Unreadable):
            wraps.read_identity(text)


def test_two_shares_make_the_identity_and_one_alone_nothing(run: Run, identity: str) -> None:
    one, two = run("u.splitIdentity(g)", identity)
    assert len(one) == len(two) == 79 and one != two
    assert run("u.joinShares(g[0], g[1])", [one, two]) == identity
    assert run("u.joinShares(g[1], g[0])", [one, two.lower().replace("-", " ")]) == identity
    assert run("u.splitIdentity(g)", identity) != [one, two]
    assert run("u.joinShares(g[0], g[0])", [one]) == "refused: same"
    changed = two[:20] + ("7" if two[20] != "7" else "8") + two[21:]
    assert run("u.joinShares(g[0], g[1])", [one, changed]) == "refused: share"
    stranger = run("u.splitIdentity(g)", str(pyrage.x25519.Identity.generate()))[1]
    assert run("u.joinShares(g[0], g[1])", [one, stranger]) == "refused: strangers"
    again = run("u.splitIdentity(g)", identity)[1]
    assert run("u.joinShares(g[0], g[1])", [one, again]) == "refused: strangers"


def test_python_reads_the_sheets_of_the_browser_and_the_other_way_round(run: Run, identity: str) -> None:
    one, two = (sheets.read(sheet) for sheet in run("u.splitIdentity(g)", identity))
    assert sheets.join(one, two) == sheets.join(two, one) == identity
    secret = bytes(range(32))
    made = sheets.split(secret, b"r" * 32)
    assert run("u.joinShares(g[0], g[1])", [str(sheet) for sheet in made]) == wraps.identity_of(secret)
    for sheet in made:
        assert run("u.checkOf(g)", str(sheet)) == {"number": sheet.number, "check": sheet.check}
    for pair in ((one, one), (one, made[1])):
        with pytest.raises(wraps.Unreadable):
            sheets.join(*pair)


def test_a_share_is_recognised_by_a_check_that_tells_nothing_of_it(run: Run, identity: str) -> None:
    one, two = run("u.splitIdentity(g)", identity)
    first = run("u.checkOf(g)", one)
    assert first["number"] == 1 and len(first["check"]) == 16
    assert run("u.checkOf(g)", one.lower()) == first
    second = run("u.checkOf(g)", two)
    assert second["number"] == 2 and second["check"] != first["check"]
    assert run("u.checkOf(g)", two[:-1]) == "refused: share"


@pytest.mark.parametrize("armored", [True, False])
def test_the_browser_opens_what_python_sealed(run: Run, identity: str, armored: bool) -> None:
    one_off = pyrage.x25519.Identity.generate()
    content = bytes(range(256)) * 600  # more than two chunks of age's 64 KiB
    reader = pyrage.x25519.Recipient.from_str(wraps.recipient_of(identity))
    key = pyrage.encrypt(str(one_off).encode(), [reader], armored)
    given = key.decode() if armored else coded(key)
    page = coded(pyrage.encrypt(content, [one_off.to_public()]))
    read = "g[1]" if armored else "u.toBytes(g[1])"
    assert run(f"u.openBox(g[0], {read})", [identity, given]) == str(one_off)
    answer = run("u.openFile(g[0], u.toBytes(g[1])).then(u.toText)", [str(one_off), page])
    assert base64.b64decode(answer) == content
    assert run("u.openFile(g[0], u.toBytes(g[1]))", [identity, page]) == "refused: file"
    assert run(f"u.openBox(g[0], {read})", [str(one_off), given]) == "refused: file"


def test_python_opens_what_the_browser_sealed(run: Run, identity: str) -> None:
    one_off = str(pyrage.x25519.Identity.generate())
    other = pyrage.x25519.Identity.generate()
    armored = run("u.sealTo(g[0], g[1])", [[wraps.recipient_of(identity), str(other.to_public())], one_off])
    assert armored.startswith("-----BEGIN AGE ENCRYPTED FILE-----")
    for opener in (pyrage.x25519.Identity.from_str(identity), other):
        assert pyrage.decrypt(armored.encode(), [opener]).decode() == one_off


def test_a_phrase_is_drawn_in_the_manner_of_the_receipts(run: Run) -> None:
    how = {"consonants": phrases.CONSONANTS, "vowels": phrases.VOWELS, "avoided": sorted(phrases.AVOIDED)}
    drawn = run("u.drawPhrase(g)", {**how, "words": 400}).split()
    assert len(drawn) == 400 and len(set(drawn)) > 300
    for word in drawn:
        assert word not in phrases.AVOIDED and phrases.plain(word) == word
        assert [letter in phrases.VOWELS for letter in word] == [False, True, False, True]
    assert {letter for word in drawn for letter in word} == set(phrases.CONSONANTS + phrases.VOWELS)


def test_a_planted_markup_is_refused_by_the_page(page: Page) -> None:
    said = page.evaluate(
        """() => { try { document.querySelector("main").innerHTML = "<b>planted</b>"; return "written"; }
                   catch (error) { return error.name; } }"""
    )
    assert said == "TypeError" and page.locator("main b").count() == 0
