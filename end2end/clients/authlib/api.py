"""An API in Flask with two doors: one verifies access tokens by itself, the other asks Tessera about each."""

import os
from functools import cache

import requests
from authlib.integrations.flask_oauth2 import ResourceProtector, current_token
from authlib.oauth2.rfc7662 import IntrospectTokenValidator
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from flask import Flask, jsonify
from joserfc.jwk import KeySet

ISSUER = os.environ["ISSUER"]
# The API connection's name and secret.
NAME, SECRET = "books", os.environ["API_SECRET"]


@cache
def metadata():
    return requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=10).json()


class Verifies(JWTBearerTokenValidator):
    """RFC 9068: fast, and does not learn of a revocation before the token expires."""

    def get_jwks(self):
        return KeySet.import_key_set(requests.get(metadata()["jwks_uri"], timeout=10).json())


class Asks(IntrospectTokenValidator):
    """RFC 7662: takes tokens of both formats, and knows at once when one was revoked."""

    def introspect_token(self, token_string):
        answer = requests.post(
            metadata()["introspection_endpoint"], data={"token": token_string}, auth=(NAME, SECRET), timeout=10
        )
        answer.raise_for_status()
        return answer.json()


def protector(validator):
    made = ResourceProtector()
    made.register_token_validator(validator)
    return made


verified = protector(Verifies(issuer=ISSUER, resource_server=NAME))
asked = protector(Asks())

api = Flask("api")


@api.get("/verified")
@verified("books-read")
def by_signature():
    return jsonify(books_of=current_token["sub"])


@api.get("/verified/all")
@verified("books-write")
def by_signature_with_another_scope():
    return jsonify(books_of=current_token["sub"])


@api.get("/asked")
@asked("books-read")
def by_introspection():
    return jsonify(books_of=current_token["sub"])
