"""Runs every flow that mod_auth_openidc supports: Apache signs people in for a backend, and guards an API."""

import json
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

sys.path.insert(0, str(Path(os.environ["PERSON"]).parent))
from person import Person

HERE = Path(__file__).resolve().parent
MODULES = "/usr/lib/apache2/modules"
ISSUER = os.environ["ISSUER"]
HTTP = build_opener(ProxyHandler({}))


def free_address():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


# By the names that apache.conf has for them: those of tessera.json, and those that Tessera need not know before.
WEBSITES = {name: os.environ[name] for name in ("WEBSITE", "WEBSITE_POSTED", "WEBSITE_PUBLIC")}
WEBSITES |= {name: free_address() for name in ("WEBSITE_KEYED", "WEBSITE_ASKS", "WEBSITE_VERIFIES")}
WEBSITES["WEBSITE_KEYS"] = free_address().replace("http:", "https:")
WEBSITE = WEBSITES["WEBSITE"]


def ok(flow):
    print(f"ok: {flow}", flush=True)


def expect(found, wanted):
    assert found == wanted, f"expected {wanted!r}, found {found!r}"


class Backend(BaseHTTPRequestHandler):
    """Answers with the headers that Apache has put in front of it."""

    def do_GET(self):
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Apache:
    """A process of its own, with everything in one folder."""

    def __init__(self, folder):
        self.folder = folder
        backend = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
        threading.Thread(target=backend.serve_forever, daemon=True).start()
        make_keys(folder)
        if os.geteuid() == 0:
            # The workers run as somebody else, and read keys and locks here.
            user = pwd.getpwnam("www-data")
            for path in (folder, *folder.iterdir()):
                os.chown(path, user.pw_uid, user.pw_gid)
        env = os.environ | WEBSITES | {f"PORT_{name}": url.rsplit(":", 1)[1] for name, url in WEBSITES.items()}
        env |= {
            "FOLDER": str(folder),
            "MODULES": MODULES,
            "PASSPHRASE": secrets.token_urlsafe(32),
            "BACKEND": f"http://127.0.0.1:{backend.server_port}",
        }
        command = [shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin"), "-f", HERE / "apache.conf", "-DFOREGROUND"]
        self.process = subprocess.Popen(command, env=env)

    def __enter__(self):
        for _ in range(200):
            assert self.process.poll() is None, f"Apache stopped at once:\n{self.log()}"
            try:
                return HTTP.open(f"{WEBSITE}/goodbye", timeout=5) and self
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"Apache does not answer:\n{self.log()}")

    def __exit__(self, failed, *_):
        self.process.terminate()
        self.process.wait(20)
        if failed:
            print(f"Apache's log of what failed:\n{self.log()}", file=sys.stderr)

    def log(self):
        file = self.folder / "error.log"
        return file.read_text() if file.exists() else ""


def make_keys(folder):
    private, public = folder / "private.pem", folder / "public.pem"
    make = ["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", private]
    subprocess.run(make, check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
    certify = ["openssl", "req", "-x509", "-key", private, "-days", "2", "-subj", "/CN=127.0.0.1"]
    certify += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", folder / "certificate.pem"]
    subprocess.run(certify, check=True)


def seen(person):
    """What the backend was told of somebody who is at one of its pages."""
    return json.loads(person.page)


def visit(person, address):
    """Opens a page of a website, signing in on the way where that is asked; gives what the backend was told."""
    website = re.match(r"http://[^/]+", address)[0]
    person.open(address)
    if person.address.startswith(ISSUER):
        person.go(person.address, until=address)
        expect(person.open(person.address), 200)
    assert person.address.startswith(website), f"at {person.address}: {person.words()}"
    return seen(person)


def sign_in(person):
    told = visit(person, f"{WEBSITE}/")
    ok("discovery")
    ok("code and PKCE")
    ok("client_secret_basic")
    expect(told["oidc_claim_iss"], ISSUER)
    expect(told["oidc_claim_aud"], "website")
    ok("identity token")
    expect(told["oidc_claim_name"], "John Doe")
    expect(json.loads(told["oidc_userinfo_json"])["email"], "john@example.org")
    ok("UserInfo")
    expect(person.open(f"{WEBSITE}/johns"), 200)
    expect(person.open(f"{WEBSITE}/marys"), 403)
    return told


def refresh(person, told):
    """A page asks its own website for a newer access token, and comes back to itself."""
    old = told["oidc_access_token"]
    back = quote(f"{WEBSITE}/", safe="")
    expect(person.open(f"{WEBSITE}/callback?refresh={back}&access_token={quote(old)}"), 200)
    expect(person.address, f"{WEBSITE}/")
    new = seen(person)
    assert new["oidc_access_token"] != old, "the access token was not renewed"
    assert new["oidc_refresh_token"] != told["oidc_refresh_token"], "the refresh token was not replaced"
    ok("refresh")
    return new


def apis(told):
    """Two APIs with the same token, and one token that is no access token."""
    token = told["oidc_access_token"]
    expect(call("WEBSITE_VERIFIES", "/", token)[0], 200)
    expect(call("WEBSITE_VERIFIES", "/", "nonsense")[0], 401)
    ok("JWT at an API")
    status, asked = call("WEBSITE_ASKS", "/", token)
    expect(status, 200)
    expect(asked["oidc_claim_client_id"], "website")
    assert call("WEBSITE_ASKS", "/write", token)[0] in (401, 403), "a scope that was not granted was enough"
    expect(call("WEBSITE_ASKS", "/", "nonsense")[0], 401)
    ok("introspection")


def call(website, path, token):
    request = Request(WEBSITES[website] + path, headers={"authorization": f"Bearer {token}"})
    try:
        with HTTP.open(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as answer:
        return answer.code, None


def silent_sign_in(person):
    """In the same browser, at a website whose session is gone: only Tessera knows who it is."""
    forget_website(person)
    person.open(f"{WEBSITE}/silent")
    expect(person.address, f"{WEBSITE}/silent")
    told = seen(person)
    expect(told["oidc_claim_name"], "John Doe")
    stranger = Person()
    stranger.open(f"{WEBSITE}/silent")
    # Of the answer's `error` and `iss` (RFC 9207) this version of the module looks at `iss` first, and takes the answer
    # for somebody else's wish to sign in (Core section 4): it refuses too, by other words.
    assert "error=login_required" in stranger.address, f"not refused at {stranger.address}: {stranger.words()}"
    ok("silent sign-in")
    return told


def forget_website(person):
    """Removes the cookies that the module has set."""
    for cookie in list(person.cookies):
        if cookie.name.startswith("mod_auth_openidc"):
            person.cookies.clear(cookie.domain, cookie.path, cookie.name)


def sign_out(person, told):
    goodbye = f"{WEBSITE}/goodbye"
    expect(call("WEBSITE_ASKS", "/", told["oidc_access_token"])[0], 200)
    person.go(f"{WEBSITE}/callback?logout={quote(goodbye, safe='')}", until=goodbye)
    person.open(f"{WEBSITE}/")
    assert 'name="password"' in person.page, f"no sign-in page at {person.address}: {person.words()}"
    ok("sign-out")
    # The module gives back what it had.
    expect(call("WEBSITE_ASKS", "/", told["oidc_access_token"])[0], 401)
    ok("revocation")


def back_channel_logout():
    """Somebody signs out at Tessera, and the website hears of it without the browser."""
    person = Person()
    visit(person, f"{WEBSITE}/")
    person.go(f"{ISSUER}/connect/endsession", until=f"{ISSUER}/signed-out")
    for _ in range(100):
        person.open(f"{WEBSITE}/")
        if 'name="password"' in person.page:
            return ok("back-channel logout")
        time.sleep(0.1)
    raise AssertionError("the website was not told")


def other_clients():
    """The other ways of proving who a website is."""
    for website, flows in {
        "WEBSITE_POSTED": ["client_secret_post", "form_post"],
        "WEBSITE_PUBLIC": ["public client"],
        "WEBSITE_KEYED": ["private_key_jwt"],
    }.items():
        if website == "WEBSITE_KEYED":
            configure_key_application()
        expect(visit(Person(), f"{WEBSITES[website]}/")["oidc_claim_name"], "John Doe")
        for flow in flows:
            ok(flow)


def configure_key_application():
    """Takes the public key from where the module publishes it."""
    keyed = WEBSITES["WEBSITE_KEYED"]
    with HTTP.open(f"{keyed}/callback?jwks=rsa", timeout=30) as answer:
        jwks = json.loads(answer.read())
    application = {
        "client_id": "keyed",
        "name": "A website with a key instead of a secret",
        "type": "web",
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": jwks,
        "redirect_uris": [f"{keyed}/callback"],
        "allowed_identity_scopes": ["openid", "profile", "email"],
    }
    subscription = {"slug": "library", "name": "The library", "applications": [application]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"subscriptions": [subscription]}, file)
        file.flush()
        subprocess.run([os.environ["TESSERA_BIN"], "apply", file.name], check=True, stdout=subprocess.DEVNULL)
    # A running server knows of it within a second.
    time.sleep(1.1)


def main():
    # Apache goes when this goes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("flows: told to end"))
    with tempfile.TemporaryDirectory(prefix="tessera-apache-") as folder, Apache(Path(folder)):
        person = Person()
        told = sign_in(person)
        told = refresh(person, told)
        apis(told)
        told = silent_sign_in(person)
        sign_out(person, told)
        back_channel_logout()
        other_clients()


if __name__ == "__main__":
    main()
