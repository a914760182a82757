#!/usr/bin/env python3
"""Somebody with the plainest of browsers: cookies, redirects and forms, no scripts.

A client that has no browser of its own sends its users here: from Python with `Person`, from
anything else with the command

    person.py ADDRESS UNTIL

which opens ADDRESS, signs in on the way with $PERSON_USERNAME and $PERSON_PASSWORD, says yes to
what is asked, and prints the first address that begins with UNTIL, without opening it. With
$PERSON_COOKIES, the name of a file, it is the same browser each time.
"""

import os
import re
import sys
from html.parser import HTMLParser
from http.cookiejar import LWPCookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, ProxyHandler, Request, build_opener

# More pages than any way to an application has.
PATIENCE = 20


class Lost(Exception):
    """A page from which there was no way on."""


class Person:
    """One browser, which keeps its cookies from visit to visit."""

    def __init__(self, username=None, password=None):
        self.username = username or os.environ["PERSON_USERNAME"]
        self.password = password or os.environ["PERSON_PASSWORD"]
        # Everything here is on this machine: no proxy knows the way.
        self.cookies = LWPCookieJar()
        self.opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies), _NoRedirect())
        #: The page that was seen last, and its address.
        self.page = self.address = ""

    def go(self, address, until):
        """Goes from page to page until an address begins with `until`; gives that address, unopened."""
        self.address = address
        form = None
        for _ in range(PATIENCE):
            if form is None and self.address.startswith(until):
                return self.address
            status, headers = self._ask(form)
            form = None
            if status in (301, 302, 303, 307):
                self.address = urljoin(self.address, headers["location"])
            elif status == 200:
                form = self._go_on()
            else:
                raise Lost(f"{status} from {self.address}: {self.words()}")
        raise Lost(f"going in circles at {self.address}")

    def open(self, address):
        """Follows redirects to a page, whatever it is, and gives its status; it then is in `page`."""
        self.address = address
        for _ in range(PATIENCE):
            status, headers = self._ask(None)
            if status not in (301, 302, 303, 307):
                return status
            self.address = urljoin(self.address, headers["location"])
        raise Lost(f"going in circles at {self.address}")

    def words(self):
        """What the page says."""
        body = re.sub(r"(?s)<(style|svg|title).*?</\1>", " ", self.page)
        return " ".join(re.sub(r"<[^>]*>", " ", body).split())

    def _ask(self, form):
        """One request, a form's where there is one."""
        body = None if form is None else urlencode(form).encode()
        # Browsers name the origin of a form, by which Tessera knows its own.
        headers = {"accept": "text/html"} | ({} if form is None else {"origin": self.origin})
        try:
            with self.opener.open(Request(self.address, body, headers), timeout=30) as answer:
                self.page = answer.read().decode()
                return answer.status, answer.headers
        except HTTPError as answer:
            self.page = answer.read().decode(errors="replace")
            return answer.code, answer.headers

    def _go_on(self):
        """The page's form, filled in; nothing where a link is the only way on, which is followed."""
        forms = _Forms.of(self.page)
        if not forms:
            links = _Links.of(self.page)
            if len(links) != 1:
                raise Lost(f"no way on at {self.address}: {self.words()}")
            self.address = urljoin(self.address, links[0])
            return None
        form = next((form for form in forms if "password" in form.fields), forms[0])
        fields = form.fields
        if "password" in fields:
            fields |= {"username": self.username, "password": self.password}
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.address))
        self.address = urljoin(self.address, form.action)
        return fields


class _Forms(HTMLParser):
    """The forms of a page, with the values that they have; of several buttons the first, which says yes."""

    @classmethod
    def of(cls, page):
        parser = cls()
        parser.forms = []
        parser.feed(page)
        return [form for form in parser.forms if form.method == "post"]

    def handle_starttag(self, tag, attrs):
        it = dict(attrs)
        if tag == "form":
            self.forms.append(_Form(it.get("action") or "", it.get("method", "get").lower()))
        elif tag in ("input", "button") and self.forms:
            self.forms[-1].add(tag, it)


class _Form:
    def __init__(self, action, method):
        self.action, self.method, self.fields = action, method, {}
        self.has_button = False

    def add(self, tag, it):
        name, kind = it.get("name"), it.get("type", "text")
        if tag == "button":
            if self.has_button:
                return
            self.has_button = True
        elif kind in ("checkbox", "radio") and "checked" not in it:
            return
        if name:
            self.fields[name] = it.get("value") or ""


class _Links(HTMLParser):
    """Where the links lead that look like buttons."""

    @classmethod
    def of(cls, page):
        parser = cls()
        parser.links = []
        parser.feed(page)
        return parser.links

    def handle_starttag(self, tag, attrs):
        it = dict(attrs)
        if tag == "a" and "btn" in it.get("class", "").split():
            self.links.append(it["href"])


class _NoRedirect(HTTPRedirectHandler):
    """Each address is seen before it is opened."""

    def redirect_request(self, *_):
        return None


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    person, kept = Person(), os.environ.get("PERSON_COOKIES")
    if kept and Path(kept).exists():
        person.cookies.load(kept, ignore_discard=True)
    try:
        print(person.go(sys.argv[1], sys.argv[2]))
        if kept:
            person.cookies.save(kept, ignore_discard=True)
    except Lost as lost:
        sys.exit(f"person: {lost}")
