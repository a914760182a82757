//! Who calls one of the endpoints that authenticate applications, by whatever method, and with which key.

use std::borrow::Cow;

use model::spec::ClientAuthentication;
use oidc::certificate::Certificate;
use oidc::client_auth::{self, AuthenticatedClient, Expected, Presented, Used};
use oidc::dpop::{self, Proof};
use oidc::endpoint;
use oidc::error::OAuthError;
use oidc::params::Params;

use super::{Failure, denied, used};
use crate::change::secret::SEALED;
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::proof::{self, Message};
use crate::published_keys;
use crate::snapshot::Snapshot;

/// In place of a secret that there is not: the work is the same.
const NOBODYS: [u8; 64] = [b'-'; 64];

/// What came with a request.
pub struct Sent<'a> {
    /// Every `Authorization` header.
    pub authorization: Vec<&'a [u8]>,
    /// Every `DPoP` header.
    pub dpop: Vec<&'a [u8]>,
    /// Of the connection.
    pub certificate: Option<&'a Certificate>,
    /// Of the body.
    pub params: &'a Params,
}

/// One endpoint, and what the audit log calls a refusal there.
pub(super) struct Endpoint {
    /// Below the issuer.
    pub path: &'static str,
    /// Kind of the event.
    pub refused: &'static str,
    /// Tokens are issued to whoever calls, so a proof of possession that comes along counts.
    pub binds: bool,
}

/// Credentials as they came.
pub(super) struct Caller<'r> {
    pub presented: Presented,
    proof: Option<Proof>,
    certificate: Option<&'r Certificate>,
}

impl<'r> Caller<'r> {
    /// Reads the credentials, and checks a proof of possession as far as it tells by itself.
    pub async fn read(
        ctx: &Ctx,
        snap: &Snapshot,
        sent: &Sent<'r>,
        at: &Endpoint,
        client: &ClientInfo,
    ) -> Result<Self, Failure> {
        let presented = client_auth::read(&sent.authorization, sent.params)?;
        let proof = read_proof(ctx, snap, sent, at);
        let certificate = sent.certificate;
        match proof {
            Ok(proof) => Ok(Self { presented, proof, certificate }),
            Err(error) => Err(Self { presented, proof: None, certificate }.refuse(ctx, snap, at, error, client).await),
        }
    }

    /// Authenticates the application. What counts once is used from then on.
    pub async fn authenticate<'c>(
        &'c self,
        ctx: &Ctx,
        snap: &'c Snapshot,
        at: &Endpoint,
        client: &ClientInfo,
    ) -> Result<AuthenticatedClient<'c>, Failure> {
        let found = self.look(ctx, snap, at).await;
        let (authenticated, assertion) = match found {
            Ok(found) => found,
            Err(error) => return Err(self.refuse(ctx, snap, at, error, client).await),
        };
        used(ctx, authenticated.secret_id);
        if let Err(error) = self.check_nonce(ctx, snap, &authenticated) {
            return Err(error.into());
        }
        // Ids of assertions are those of their application.
        let assertion = assertion.map(|used| (format!("{}\n{}", self.presented.client_id, used.id), used.expires_at));
        let assertion = assertion.as_ref().map(|(id, expires_at)| Message {
            kind: "client assertion",
            id,
            expires_at: *expires_at,
        });
        let proof =
            self.proof.as_ref().map(|proof| Message { kind: "proof", id: &proof.id, expires_at: proof.expires_at });
        let messages: Vec<Message<'_>> = assertion.into_iter().chain(proof).collect();
        if !proof::first_use(ctx, snap, &messages).await? {
            let error = if authenticated.method.is_assertion() {
                OAuthError::invalid_client("the client assertion, or the DPoP proof, was used before")
            } else {
                dpop::used()
            };
            return Err(self.refuse(ctx, snap, at, error, client).await);
        }
        let jkt = self.proof.as_ref().map(|proof| proof.jkt.as_str());
        let is_bound = at.binds && authenticated.application.spec().tls_client_certificate_bound_access_tokens;
        let x5t = self.certificate.map(|one| one.thumbprint.as_str()).filter(|_| is_bound);
        Ok(AuthenticatedClient { jkt, x5t, ..authenticated })
    }

    async fn look<'c>(
        &'c self,
        ctx: &Ctx,
        snap: &'c Snapshot,
        at: &Endpoint,
    ) -> Result<(AuthenticatedClient<'c>, Option<Used>), OAuthError> {
        let Some(kid) = self.presented.signed_with() else {
            return Ok((self.look_without_message(ctx, snap).await?, None));
        };
        let issuer = snap.tenant.issuer();
        let audience = [issuer.to_owned(), endpoint::url(issuer, endpoint::TOKEN), endpoint::url(issuer, at.path)];
        let application = snap.tenant.application(&self.presented.client_id);
        let application = application.filter(|one| {
            one.is_enabled() && one.spec().token_endpoint_auth_method == ClientAuthentication::PrivateKeyJwt
        });
        let keys = match application {
            Some(application) => published_keys::of(ctx, snap, application, kid.as_deref()).await,
            None => Ok(Cow::Borrowed(&[][..])),
        };
        let keys = keys.map_err(|_| OAuthError::invalid_client(published_keys::UNFETCHED))?;
        let tags = |sealed: &str, alg, signed: &[u8], tag: &[u8]| {
            let secret = ctx.sealer.open(SEALED, sealed);
            let right = proof::tags(secret.as_deref().unwrap_or(&NOBODYS), alg, signed, tag);
            right && secret.is_some()
        };
        let expected = Expected {
            keys: &keys,
            issuer,
            audience: &audience,
            signatures: &proof::verifies,
            tags: &tags,
            now: ctx.now(),
        };
        let (client, used) = client_auth::by_assertion(&snap.tenant, &self.presented, &expected)?;
        Ok((client, Some(used)))
    }

    /// By a secret, by the certificate of the connection, or by no more than a name.
    async fn look_without_message<'c>(
        &'c self,
        ctx: &Ctx,
        snap: &'c Snapshot,
    ) -> Result<AuthenticatedClient<'c>, OAuthError> {
        let application = snap.tenant.application(&self.presented.client_id);
        let method = application.map(|one| one.spec().token_endpoint_auth_method);
        let keys = match (application, method) {
            (Some(application), Some(ClientAuthentication::SelfSignedTls)) if application.is_enabled() => {
                let keys = published_keys::of(ctx, snap, application, None).await;
                keys.map_err(|_| OAuthError::invalid_client(published_keys::UNFETCHED))?
            }
            _ => Cow::Borrowed(&[][..]),
        };
        if method.is_some_and(ClientAuthentication::by_certificate) {
            return client_auth::by_certificate(&snap.tenant, &self.presented, self.certificate, &keys);
        }
        client_auth::application(&snap.tenant, &self.presented, ctx.now())
    }

    /// RFC 9449 section 8: a nonce that is not ours, or none where the application is to use them.
    fn check_nonce(&self, ctx: &Ctx, snap: &Snapshot, client: &AuthenticatedClient<'_>) -> Result<(), OAuthError> {
        let Some(proof) = &self.proof else { return Ok(()) };
        check_nonce(ctx, snap, proof, client.application.spec().require_dpop_nonce)
    }

    async fn refuse(
        &self,
        ctx: &Ctx,
        snap: &Snapshot,
        at: &Endpoint,
        error: OAuthError,
        client: &ClientInfo,
    ) -> Failure {
        denied(ctx, snap, at.refused, &self.presented.client_id, &error, client).await;
        error.into()
    }
}

fn read_proof(ctx: &Ctx, snap: &Snapshot, sent: &Sent<'_>, at: &Endpoint) -> Result<Option<Proof>, OAuthError> {
    if !at.binds {
        return Ok(None);
    }
    let url = endpoint::url(snap.tenant.issuer(), at.path);
    let expected =
        dpop::Expected { method: "POST", url: &url, access_token: None, signatures: &proof::verifies, now: ctx.now() };
    dpop::read(&sent.dpop, &expected)
}

/// A nonce that is there must be ours; whether there must be one is for the application's settings to say.
pub(super) fn check_nonce(ctx: &Ctx, snap: &Snapshot, proof: &Proof, required: bool) -> Result<(), OAuthError> {
    match &proof.nonce {
        Some(nonce) if proof::is_good_nonce(ctx, snap, nonce) => Ok(()),
        None if !required => Ok(()),
        _ => Err(dpop::use_nonce()),
    }
}
