"""Runs every flow that Authlib supports: the website, the API, and programs without a browser."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey
from werkzeug.serving import make_server

from api import api
from website import tokens, website

sys.path.insert(0, str(Path(os.environ["PERSON"]).parent))
from person import Person

ISSUER, WEBSITE = os.environ["ISSUER"], os.environ["WEBSITE"]
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
KEY_APPLICATION = "bookkeeping"


def ok(flow):
    print(f"ok: {flow}", flush=True)


def expect(found, wanted):
    assert found == wanted, f"expected {wanted!r}, found {found!r}"


def serve(application, port=0):
    """Listens in a thread of its own, and gives the address."""
    server = make_server("127.0.0.1", port, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.port}"


def discovery():
    found = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=10)
    expect(found.json()["issuer"], ISSUER)
    ok("discovery")
    return found.json()


def sign_in():
    """The whole way of a visitor; leaves somebody who is signed in, and what the website was given."""
    person = Person()
    person.go(f"{WEBSITE}/sign-in", until=f"{WEBSITE}/callback")
    expect(person.open(person.address), 200)
    seen = json.loads(person.page)
    ok("code and PKCE")
    expect(seen["claims"]["name"], "John Doe")
    expect(seen["claims"]["iss"], ISSUER)
    ok("identity token")
    expect(seen["userinfo"]["email"], "john@example.org")
    expect(seen["userinfo"]["sub"], seen["claims"]["sub"])
    ok("UserInfo")
    return person, tokens[seen["claims"]["sub"]]


def refresh(metadata, token):
    """A session of Authlib's renews by itself what has expired, and tells who keeps the tokens."""
    kept = []
    session = OAuth2Session(
        "website",
        os.environ["WEBSITE_SECRET"],
        token_endpoint=metadata["token_endpoint"],
        token={**token, "expires_at": 1},
        update_token=lambda new, refresh_token=None, access_token=None: kept.append(new),
    )
    answer = session.get(metadata["userinfo_endpoint"])
    expect(answer.status_code, 200)
    expect(len(kept), 1)
    assert kept[0]["refresh_token"] != token["refresh_token"], "the refresh token was not replaced"
    ok("refresh")
    return session


def introspection(metadata, token):
    connection = OAuth2Session("books", os.environ["API_SECRET"])
    answer = connection.introspect_token(metadata["introspection_endpoint"], token["access_token"])
    expect(answer.status_code, 200)
    return answer.json()


def token_exchange(metadata, token):
    """The website acts for its visitor towards one API, with a token that says so."""
    session = OAuth2Session("website", os.environ["WEBSITE_SECRET"])
    request = {"subject_token": token["access_token"], "subject_token_type": ACCESS_TOKEN, "audience": "books"}
    exchanged = session.fetch_token(metadata["token_endpoint"], grant_type=EXCHANGE, **request)
    expect(exchanged["issued_token_type"], ACCESS_TOKEN)
    seen = introspection(metadata, exchanged)
    expect(seen["act"], {"sub": "website"})
    expect(seen["sub"], introspection(metadata, token)["sub"])
    ok("token exchange")


def api_calls(base, metadata, token):
    def call(path, access_token):
        return requests.get(base + path, headers={"authorization": f"Bearer {access_token}"}, timeout=10)

    sub = introspection(metadata, token)["sub"]
    expect(call("/verified", token["access_token"]).json(), {"books_of": sub})
    expect(call("/verified/all", token["access_token"]).status_code, 403)
    expect(call("/verified", token["id_token"]).status_code, 401)
    ok("JWT at an API")
    expect(call("/asked", token["access_token"]).json(), {"books_of": sub})
    expect(call("/asked", token["id_token"]).status_code, 401)
    ok("introspection")
    return lambda access_token: call("/asked", access_token)


def revocation(metadata, session, ask):
    """The refresh token goes, and with it everything that came from the same sign-in."""
    expect(ask(session.token["access_token"]).status_code, 200)
    answer = session.revoke_token(metadata["revocation_endpoint"], session.token["refresh_token"], "refresh_token")
    expect(answer.status_code, 200)
    expect(ask(session.token["access_token"]).status_code, 401)
    try:
        session.refresh_token(metadata["token_endpoint"])
    except OAuthError as error:
        expect(error.error, "invalid_grant")
    else:
        raise AssertionError("a revoked refresh token was taken")
    ok("revocation")


def silent_sign_in(person):
    def silently(who):
        expect(who.open(f"{WEBSITE}/sign-in?silently"), 200)
        return json.loads(who.page)

    expect(silently(person)["signed_in"], True)
    expect(silently(Person())["error"], "login_required")
    ok("silent sign-in")


def sign_out(person):
    person.go(f"{WEBSITE}/sign-out", until=f"{WEBSITE}/goodbye")
    expect(person.open(person.address), 200)
    # Tessera has forgotten the visitor as well: the next sign-in asks for the password again.
    person.open(f"{WEBSITE}/sign-in")
    assert 'name="password"' in person.page, f"no sign-in page: {person.words()}"
    ok("sign-out")


def client_credentials(metadata, ask):
    """With both ways to send a secret, and with httpx2; this application has reference tokens."""
    for method in ("client_secret_basic", "client_secret_post"):
        program = OAuth2Client("reports", os.environ["REPORTS_SECRET"], token_endpoint_auth_method=method)
        token = program.fetch_token(metadata["token_endpoint"], grant_type="client_credentials", scope="books-read")
        expect(ask(token["access_token"]).json(), {"books_of": "reports"})
        ok(method)
    ok("client credentials")


def private_key_jwt(metadata, ask):
    """A key instead of a secret. Its public half belongs into the application's settings."""
    key = ECKey.generate_key("P-256", {"kid": "2026"})
    configure_key_application(key.as_dict(private=False))
    program = OAuth2Client(KEY_APPLICATION, key, token_endpoint_auth_method="private_key_jwt")
    program.register_client_auth_method(PrivateKeyJWT(metadata["token_endpoint"], alg="ES256", headers={"kid": "2026"}))
    token = program.fetch_token(metadata["token_endpoint"], grant_type="client_credentials", scope="books-read")
    expect(ask(token["access_token"]).json(), {"books_of": KEY_APPLICATION})
    ok("private_key_jwt")


def configure_key_application(public_key):
    application = {
        "client_id": KEY_APPLICATION,
        "name": "Bookkeeping",
        "type": "service",
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": {"keys": [public_key]},
        "grant_types": ["client_credentials"],
        "allowed_api_scopes": ["books-read"],
    }
    subscription = {"slug": "library", "name": "The library", "applications": [application]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"subscriptions": [subscription]}, file)
        file.flush()
        subprocess.run([os.environ["TESSERA_BIN"], "apply", file.name], check=True, stdout=subprocess.DEVNULL)
    # A running server knows of it within a second.
    time.sleep(1.1)


def device_code(metadata):
    """A public client: without a browser, and without a secret."""
    session = OAuth2Session("television", token_endpoint_auth_method="none")
    request = {"client_id": "television", "scope": "openid profile"}
    codes = requests.post(metadata["device_authorization_endpoint"], data=request, timeout=10).json()
    poll = {"grant_type": DEVICE, "device_code": codes["device_code"]}
    try:
        session.fetch_token(metadata["token_endpoint"], **poll)
    except OAuthError as error:
        expect(error.error, "authorization_pending")
    else:
        raise AssertionError("tokens came before anybody had agreed")
    Person().go(codes["verification_uri_complete"], until=f"{codes['verification_uri']}/connected")
    time.sleep(codes["interval"])
    token = session.fetch_token(metadata["token_endpoint"], **poll)
    expect(session.get(metadata["userinfo_endpoint"]).json()["name"], "John Doe")
    session.refresh_token(metadata["token_endpoint"], token["refresh_token"])
    ok("device code")
    ok("public client")


def main():
    # What the two servers of this example are asked is of no interest here.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    serve(website, int(WEBSITE.rsplit(":", 1)[1]))
    base = serve(api)
    metadata = discovery()
    person, token = sign_in()
    ask = api_calls(base, metadata, token)
    token_exchange(metadata, token)
    session = refresh(metadata, token)
    revocation(metadata, session, ask)
    silent_sign_in(person)
    sign_out(person)
    client_credentials(metadata, ask)
    private_key_jwt(metadata, ask)
    device_code(metadata)


if __name__ == "__main__":
    main()
