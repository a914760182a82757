//! Authlib, version 1, with Flask.

use super::{Values, literal};

pub(super) fn sign_in(values: &Values<'_>) -> String {
    let [metadata, client_id, redirect_uri, path, scopes] =
        [&values.discovery(), &values.spec.client_id, values.redirect_uri, &values.path, &values.scopes.join(" ")]
            .map(literal);
    format!(
        "# pip install authlib flask requests
import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, session

app = Flask(__name__)
app.secret_key = os.environ[\"SESSION_SECRET\"]

oauth = OAuth(app)
oauth.register(
    \"tessera\",
    server_metadata_url={metadata},
    client_id={client_id},
    client_secret=os.environ[\"CLIENT_SECRET\"],
    client_kwargs={{\"scope\": {scopes}, \"code_challenge_method\": \"S256\"}},
)


@app.get(\"/sign-in\")
def sign_in():
    return oauth.tessera.authorize_redirect({redirect_uri})


@app.get({path})
def callback():
    token = oauth.tessera.authorize_access_token()
    session[\"user\"] = token[\"userinfo\"]
    return session[\"user\"]"
    )
}
