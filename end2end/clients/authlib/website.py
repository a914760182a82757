"""A website in Flask that signs people in: Authlib finds the rest from the issuer."""

import os

from authlib.integrations.flask_client import OAuth, OAuthError
from flask import Flask, jsonify, redirect, request, session

website = Flask("website")
# Signs the cookie in which the website keeps state, nonce and PKCE verifier until the callback.
website.secret_key = os.urandom(32)

library = OAuth(website).register(
    "library",
    client_id="website",
    client_secret=os.environ["WEBSITE_SECRET"],
    server_metadata_url=f"{os.environ['ISSUER']}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email books-read", "code_challenge_method": "S256"},
)

HOME = os.environ["WEBSITE"]
# A real website keeps each visitor's tokens in its own database.
tokens = {}


@website.get("/sign-in")
def sign_in():
    # `prompt=none`: whoever is signed in at Tessera comes back without having seen a page.
    silently = {"prompt": "none"} if "silently" in request.args else {}
    return library.authorize_redirect(f"{HOME}/callback", **silently)


@website.get("/callback")
def callback():
    # Checks state, redeems the code, verifies the identity token with the published keys, compares the nonce.
    try:
        token = library.authorize_access_token()
    except OAuthError as error:
        return jsonify(signed_in=False, error=error.error)
    session["sub"] = token["userinfo"]["sub"]
    tokens[session["sub"]] = token
    return redirect("/")


@website.get("/")
def home():
    token = tokens.get(session.get("sub"))
    if token is None:
        return jsonify(signed_in=False)
    return jsonify(signed_in=True, claims=token["userinfo"], userinfo=library.userinfo(token=token))


@website.get("/sign-out")
def sign_out():
    token = tokens.pop(session.pop("sub"))
    return library.logout_redirect(f"{HOME}/goodbye", id_token_hint=token["id_token"])


@website.get("/goodbye")
def goodbye():
    # The state came back with the visitor.
    library.validate_logout_response()
    return jsonify(signed_in=False)
