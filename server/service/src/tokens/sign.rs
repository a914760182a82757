//! Signatures of what is issued: by a key of the subscription, or, where the dialect or the algorithm says so, by the
//! application's secret.

use aws_lc_rs::hmac;
use model::spec::SigningAlg;
use oidc::client_auth::{AuthenticatedClient, ClientSecret};
use oidc::error::OAuthError;
use oidc::tenant::Application;
use oidc::token::{header, signing_input};
use serde_json::{Map, Value};

use crate::change::secret::SEALED;
use crate::crypto::base64url;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jwe::{Content, Recipient};
use crate::snapshot::Snapshot;

/// The application whose tokens are signed, and what with where its dialect signs with a secret.
pub(super) struct Signer<'a> {
    /// Decides the shape of the tokens.
    pub application: &'a Application,
    key: Key<'a>,
    recipient: Option<Recipient>,
}

enum Key<'a> {
    /// The secret that came with the request: the application knows it and verifies with it, however many it has.
    Presented(ClientSecret<'a>),
    /// One that was sealed, for an application that does not call itself.
    Opened(Vec<u8>),
    /// The playground vouches for the application, and its tokens reach nobody.
    ThrownAway,
}

impl<'a> Signer<'a> {
    /// The application that calls.
    ///
    /// # Errors
    /// Identity tokens are to be encrypted for it, and there is no key for that.
    pub async fn caller(ctx: &Ctx, snap: &Snapshot, client: &AuthenticatedClient<'a>) -> Result<Self, OAuthError> {
        let recipient = recipient(ctx, snap, client.application).await?;
        Ok(Self { recipient, ..Self::of(client) })
    }

    /// The same where no identity token is issued; and where one reaches nobody, and is shown as it was before it would have
    /// been encrypted.
    pub fn of(client: &AuthenticatedClient<'a>) -> Self {
        let key = client.secret.map_or(Key::ThrownAway, Key::Presented);
        Self { application: client.application, key, recipient: None }
    }

    /// Another application. `None` where it signs with a secret that the server does not know.
    pub fn other(ctx: &Ctx, application: &'a Application) -> Option<Self> {
        if !application.spec().signs_with_secret() {
            return Some(Self { application, key: Key::ThrownAway, recipient: None });
        }
        let secret = ctx.sealer.open(SEALED, application.sealed_secret(ctx.now())?)?;
        Some(Self { application, key: Key::Opened(secret), recipient: None })
    }

    /// The same, for what is encrypted.
    pub fn towards(self, recipient: Option<Recipient>) -> Self {
        Self { recipient, ..self }
    }

    /// An identity token as it is sent: encrypted where the application wants that. OpenID Connect Core section 2: "ID
    /// Tokens MUST be signed using JWS and optionally both signed and then encrypted".
    pub fn identity_token(&self, ctx: &Ctx, signed: String) -> Result<String> {
        match &self.recipient {
            Some(recipient) => recipient.encrypt(ctx, Content::Jwt, &signed),
            None => Ok(signed),
        }
    }
}

/// For whom the identity tokens of an application are encrypted. To be found before anything is written: what cannot be
/// sent is not begun, and somebody else's server may have to be asked for the key.
pub(super) async fn recipient(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
) -> Result<Option<Recipient>, OAuthError> {
    let Some(encryption) = application.spec().identity_token_encryption() else { return Ok(None) };
    let found = Recipient::find(ctx, snap, application, encryption).await;
    found.map(Some).map_err(OAuthError::invalid_request)
}

/// A compact JWS (RFC 7515 section 7.1) for an application that has just authenticated. `apart` tells it from one
/// with the same payload by a member of its header: section 4 has "Header Parameters not defined here [...] be
/// ignored when not understood".
pub(super) fn sign(
    ctx: &Ctx,
    snap: &Snapshot,
    signer: &Signer<'_>,
    alg: SigningAlg,
    typ: &str,
    payload: Map<String, Value>,
    apart: Option<&str>,
) -> Result<String> {
    let under = |mut header: Value| {
        if let Some(apart) = apart {
            header["apart"] = Value::from(apart);
        }
        header
    };
    if !alg.is_by_secret() {
        let key = snap.keyring.signing(alg, ctx.now())?;
        return key.sign_under(&under(key.header(typ)), &Value::Object(payload));
    }
    let header = under(header(alg, typ, None));
    match &signer.key {
        Key::Presented(secret) => Ok(hs256(secret.as_bytes(), &header, &payload)),
        Key::Opened(secret) => Ok(hs256(secret, &header, &payload)),
        Key::ThrownAway => Ok(hs256(ctx.random.token()?.as_bytes(), &header, &payload)),
    }
}

/// A message to an application that did not ask for it just now, signed as its identity tokens are. Where the secret is
/// the key and only the application knows it, a key of the subscription stands in.
pub(crate) fn sign_for(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    typ: &str,
    payload: Map<String, Value>,
) -> Result<String> {
    match Signer::other(ctx, application) {
        Some(signer) => sign(ctx, snap, &signer, application.spec().identity_token_alg(), typ, payload, None),
        None => sign_by_key(ctx, snap, application, typ, payload),
    }
}

/// A message to an application that travels through a browser and is asked for without the secret: by a key of the
/// subscription, with the algorithm of its identity tokens where that has one.
pub(crate) fn sign_by_key(
    ctx: &Ctx,
    snap: &Snapshot,
    application: &Application,
    typ: &str,
    payload: Map<String, Value>,
) -> Result<String> {
    let alg = Some(application.spec().identity_token_alg()).filter(|alg| !alg.is_by_secret()).unwrap_or_default();
    snap.keyring.signing(alg, ctx.now())?.sign(typ, &Value::Object(payload))
}

fn hs256(secret: &[u8], header: &Value, payload: &Map<String, Value>) -> String {
    let mut token = signing_input(header, payload);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), token.as_bytes());
    token.push('.');
    token.push_str(&base64url(tag.as_ref()));
    token
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Connect's documentation (seed 000): the key is the secret's own characters, not what
    /// they decode to.
    #[test]
    fn the_documented_token_is_ours() {
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE1NjcxNjg2NzAsImlzcyI6ImNvbm5lY3QucHJvdmlkZXIuaW5zdGFuY2UiLCJzdWIiOiI0YWM0ZWZmOC1iYzcxLTQ5OTQtOTZjNS01M2E5YzEwZGE2MjEifQ.Mc3l8q0baT0zoVQBM4OtSaAD9kAHWa99TKIx8xHjSg4";
        let payload = serde_json::json!({
            "exp": 1_567_168_670,
            "iss": "connect.provider.instance",
            "sub": "4ac4eff8-bc71-4994-96c5-53a9c10da621",
        });
        let Value::Object(payload) = payload else { panic!("an object") };
        assert_eq!(
            hs256(b"5nFSe2fnp5Gk4pKFHtDqFyLidgdR58aPqYYcR62V5s8=", &header(SigningAlg::Hs256, "JWT", None), &payload),
            token
        );
    }
}
