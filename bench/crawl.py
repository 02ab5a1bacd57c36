"""Walk a served demonstration as each of its cast: every page that links lead to, with GET only,
but for the reason that a sealed file asks for before it opens.

Standard library only; loopback only. Used by `pages.py` and by the journeys.
"""

from __future__ import annotations

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from dataclasses import dataclass, field, replace
from html import unescape

LINK = re.compile(r'(?:href|src)="([^"#]+)"')
FORM = re.compile(r'<form[^>]*action="([^"]*sign-in/as/[^"]+)"[^>]*>(.*?)</form>', re.S)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WORDS = re.compile(r"<[^>]+>")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"[^>]*value="([^"]*)"')
WHY = re.compile(r"/matters/[^/]+/(?:re)?open_file/\?next=")
REFERENCE = re.compile(r"[A-Z]{1,4}-[2-9A-Z]{6,}")
LEFT_OUT = ("/static/", "/sign-out", "/account/sessions")


@dataclass
class Answer:
    url: str
    status: int
    seconds: float
    body: str
    kind: str
    landed: str = ""  # where redirects led


@dataclass
class Visitor:
    """One browser without script: keeps its cookies, follows redirects, stays on one host."""

    base: str
    name: str = "public"
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def __post_init__(self) -> None:
        if urllib.parse.urlsplit(self.base).hostname not in ("localhost", "127.0.0.1"):
            raise ValueError("only this machine is walked")
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, url: str) -> Answer:
        """The page; of a sealed file after its reason was given, once for each file."""
        answer = self._open(urllib.request.Request(urllib.parse.urljoin(self.base, url)))
        if not WHY.search(answer.landed):
            return answer
        said = {**dict(HIDDEN.findall(answer.body)), "reason": "assessment", "language": "en"}
        return replace(self.post(answer.landed, said), url=answer.url)

    def post(self, url: str, data: dict[str, str]) -> Answer:
        target = urllib.parse.urljoin(self.base, url)
        body = urllib.parse.urlencode(data).encode()
        return self._open(
            urllib.request.Request(target, body, {"Referer": self.base + "/", "Origin": self.base})
        )

    def _open(self, request: urllib.request.Request) -> Answer:
        began = time.perf_counter()
        try:
            with self.opener.open(request, timeout=60) as response:
                return self._answer(request, response.status, response, began)
        except urllib.error.HTTPError as error:
            return self._answer(request, error.code, error, began)

    def _answer(self, request: urllib.request.Request, status: int, response: object, began: float) -> Answer:
        raw = response.read()  # type: ignore[attr-defined]
        spent = time.perf_counter() - began
        kind = response.headers.get("Content-Type", "")  # type: ignore[attr-defined]
        text = (
            raw.decode("utf-8", "replace")
            if kind.startswith(("text/", "application/json", "image/svg"))
            else ""
        )
        return Answer(request.full_url, status, spent, text, kind, response.geturl())  # type: ignore[attr-defined]


def cast(base: str) -> list[tuple[str, Visitor]]:
    """Every member of the cast, signed in: (name on the sign-in page, visitor)."""
    page = Visitor(base).get("/sign-in/").body
    found = []
    for action, inner in FORM.findall(page):
        name = " ".join(WORDS.sub(" ", inner).split())[:60]
        visitor = Visitor(base, name)
        token = TOKEN.search(visitor.get("/sign-in/").body)
        if token is None:
            raise RuntimeError("no token on the sign-in page")
        answer = visitor.post(unescape(action), {"csrfmiddlewaretoken": token[1]})
        if answer.status != 200:
            raise RuntimeError(f"{name}: sign-in answered {answer.status}")
        found.append((name, visitor))
    return found


def shape(url: str) -> str:
    """An address without its references, numbers and languages: pages of one kind have one shape."""
    path = urllib.parse.urlsplit(url).path
    path = re.sub(r"^/(fr|ru)(?=/)", "", path)
    path = REFERENCE.sub("<ref>", path)
    return re.sub(r"/\d+(?=/|$)", "/<n>", path)


def walk(visitor: Visitor, start: str = "/desk/", per_shape: int = 3, most: int = 2000) -> dict[str, Answer]:
    """Every page that links lead to from `start`, at most `per_shape` of one shape and language."""
    seen: dict[str, Answer] = {}
    count: dict[tuple[str, str], int] = {}
    queue = deque([start])
    queued = {start}
    while queue and len(seen) < most:
        url = queue.popleft()
        answer = visitor.get(url)
        seen[url] = answer
        if not answer.kind.startswith("text/html"):
            continue
        for link in LINK.findall(answer.body):
            target = urllib.parse.urljoin(answer.url, unescape(link))
            if not target.startswith(visitor.base):
                continue
            path = target.removeprefix(visitor.base)
            if any(part in path for part in LEFT_OUT) or path in queued:
                continue
            language = path[1:3] if path[:4] in ("/fr/", "/ru/") else "en"
            key = (shape(path), language)
            if count.get(key, 0) >= per_shape:
                continue
            count[key] = count.get(key, 0) + 1
            queued.add(path)
            queue.append(path)
    return seen
