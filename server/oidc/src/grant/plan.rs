//! What a grant decided to issue. The caller signs, hashes and saves it.

use model::spec::{AccessTokenFormat, GrantType, ResponseType, SigningAlg};
use serde_json::{Map, Value};

use super::actor::MayAct;
use super::data::{AccessTokenData, RefreshData};
use crate::authorization_details::Detail;
use crate::authorize::RequestedClaims;
use crate::claims::{self, Destination};
use crate::dialect;
use crate::digest;
use crate::scope::{self, OPENID};
use crate::tenant::{Application, Tenant};
use crate::user::{Authentication, UserFacts};

/// Everything one token response is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenPlan {
    /// Row id of the grant that all of it belongs to; `None` for client credentials.
    pub grant_id: Option<String>,
    /// Row id.
    pub application_id: String,
    /// Row id; `None` for client credentials.
    pub user_id: Option<String>,
    /// Row id of the session it came from.
    pub session_id: Option<String>,
    /// Granted by this response.
    pub scopes: Vec<String>,
    /// Always.
    pub access_token: AccessTokenSpec,
    /// With `openid`.
    pub identity_token: Option<IdentityTokenSpec>,
    /// With the grant type `refresh_token`.
    pub refresh_token: Option<RefreshSpec>,
}

/// An access token to make.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessTokenSpec {
    /// JWT or reference.
    pub format: AccessTokenFormat,
    /// It counts only while its row is there.
    pub is_stored: bool,
    /// Seconds, for `expires_in`.
    pub lifetime: i64,
    /// What it stands for.
    pub data: AccessTokenData,
    /// Claims of the user that go into it.
    pub claims: Map<String, Value>,
}

/// An identity token to make.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentityTokenSpec {
    /// The application it is for.
    pub client_id: String,
    /// What the user is called there.
    pub subject: String,
    /// What the session is called there; `None` without one.
    pub session: Option<String>,
    /// Signs it.
    pub alg: SigningAlg,
    /// Who signed in, when and how.
    pub authentication: Authentication,
    /// From the authorization request; never on refresh.
    pub nonce: Option<String>,
    /// Of the code that it goes with (OpenID Connect Core section 3.3.2.11); never on refresh.
    pub c_hash: Option<String>,
    /// Unix seconds.
    pub issued_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// Claims of the user that go into it.
    pub claims: Map<String, Value>,
}

/// A refresh token to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshSpec {
    /// What it stands for.
    pub data: RefreshData,
    /// Unix seconds.
    pub expires_at: i64,
}

/// A grant that was found good: what a plan for a user's tokens is made of.
pub(super) struct Granted<'a> {
    pub tenant: &'a Tenant,
    pub application: &'a Application,
    pub user: &'a UserFacts,
    pub grant_id: &'a str,
    pub authentication: &'a Authentication,
    /// Of this response.
    pub scopes: Vec<String>,
    /// Of its access token.
    pub audience: Vec<String>,
    /// Of this response.
    pub details: Vec<Detail>,
    /// The most that a later refresh may ask for.
    pub refresh_scopes: Vec<String>,
    /// The same of the authorization details.
    pub refresh_details: Vec<Detail>,
    /// Resource indicators of the grant.
    pub resources: &'a [String],
    pub requested_claims: &'a RequestedClaims,
    pub nonce: Option<&'a str>,
    /// Thumbprint of the key that came with the request.
    pub jkt: Option<&'a str>,
    /// Of the certificate that the tokens are bound to.
    pub x5t: Option<&'a str>,
    /// That the identity token tells of.
    pub code: Option<&'a str>,
    /// Unix seconds of the first token of the grant.
    pub begun_at: i64,
    pub now: i64,
}

/// What goes into an authorization response beside a code.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontPlan {
    /// An access token, and nothing else.
    pub access_token: Option<TokenPlan>,
    /// An identity token.
    pub identity_token: Option<IdentityTokenSpec>,
}

impl Granted<'_> {
    /// What the answer to an authorization request holds. A refresh token is never there (RFC 6749 section 4.2.2: "The
    /// authorization server MUST NOT issue a refresh token").
    pub fn front(self, response_type: ResponseType) -> FrontPlan {
        let identity_token = response_type.has_identity_token().then(|| {
            let mut spec = self.identity_token();
            // OpenID Connect Core section 5.4: the claims of scopes go to UserInfo, "when no Access Token is issued
            // [...] the resulting Claims are returned in the ID Token".
            if response_type == ResponseType::IdToken {
                let scopes = self.scopes.iter().filter_map(|name| self.tenant.identity_scope(name));
                let named = scopes.flat_map(|scope| scope.claims.iter().cloned());
                let named: Vec<String> = named.chain(self.requested_claims.id_token.iter().cloned()).collect();
                spec.claims = self.claims(Destination::IdentityToken, &named);
            }
            spec
        });
        let access_token = response_type.has_access_token().then(|| self.alone(self.access_token()));
        FrontPlan { access_token, identity_token }
    }

    /// An access token alone.
    fn alone(&self, access_token: AccessTokenSpec) -> TokenPlan {
        TokenPlan {
            grant_id: Some(self.grant_id.to_owned()),
            application_id: self.application.id().to_owned(),
            user_id: Some(self.authentication.user_id.clone()),
            session_id: self.authentication.session_id.clone(),
            scopes: self.scopes.clone(),
            access_token,
            identity_token: None,
            refresh_token: None,
        }
    }

    pub fn plan(self) -> TokenPlan {
        let access_token = self.access_token();
        let identity_token = scope::contains(&self.scopes, OPENID).then(|| self.identity_token());
        let refresh_token = self.application.has_grant(GrantType::RefreshToken).then(|| self.refresh_token());
        TokenPlan { identity_token, refresh_token, ..self.alone(access_token) }
    }

    fn access_token(&self) -> AccessTokenSpec {
        let spec = self.application.spec();
        let claims =
            if self.tenant.has_access_token_claims() { self.claims(Destination::AccessToken, &[]) } else { Map::new() };
        AccessTokenSpec {
            format: spec.format(),
            is_stored: dialect::is_stored(self.application),
            lifetime: spec.access_token_lifetime,
            data: AccessTokenData {
                client_id: self.application.client_id().to_owned(),
                user_id: Some(self.authentication.user_id.clone()),
                grant_id: Some(self.grant_id.to_owned()),
                audience: self.audience.clone(),
                authorization_details: self.details.clone(),
                scopes: self.scopes.clone(),
                issued_at: self.now,
                expires_at: self.now + spec.access_token_lifetime,
                auth_time: Some(self.authentication.auth_time),
                amr: self.authentication.amr.clone(),
                acr: self.authentication.acr.clone(),
                userinfo_claims: self.requested_claims.userinfo.clone(),
                jkt: self.jkt.map(str::to_owned),
                x5t: self.x5t.map(str::to_owned),
                actor: None,
                may_act: spec.may_act.clone().map(|sub| MayAct { sub }),
            },
            claims,
        }
    }

    fn identity_token(&self) -> IdentityTokenSpec {
        let alg = self.application.spec().identity_token_alg();
        let session = self.authentication.session_id.as_deref();
        IdentityTokenSpec {
            client_id: self.application.client_id().to_owned(),
            subject: self.tenant.subject_for(self.application, &self.authentication.user_id).into_owned(),
            session: session.map(|id| self.tenant.session_for(self.application, id).into_owned()),
            alg,
            authentication: self.authentication.clone(),
            nonce: self.nonce.map(str::to_owned),
            c_hash: self.code.map(|code| digest::left_half(alg, code)),
            issued_at: self.now,
            expires_at: self.now + self.application.spec().identity_token_lifetime,
            claims: self.claims(Destination::IdentityToken, &self.requested_claims.id_token),
        }
    }

    fn refresh_token(&self) -> RefreshSpec {
        let spec = self.application.spec();
        let idle = self.now + spec.refresh_token_idle_lifetime;
        let absolute = self.begun_at + spec.refresh_token_absolute_lifetime;
        RefreshSpec {
            data: RefreshData {
                application_id: self.application.id().to_owned(),
                authentication: self.authentication.clone(),
                scopes: self.refresh_scopes.clone(),
                resources: self.resources.to_vec(),
                authorization_details: self.refresh_details.clone(),
                requested_claims: self.requested_claims.clone(),
                granted_at: self.begun_at,
                // RFC 9449 section 5: refresh tokens of public clients are bound; those of confidential ones are
                // bound to the client already, which may change its key.
                jkt: self.jkt.filter(|_| !spec.kind.is_confidential()).map(str::to_owned),
                x5t: self.x5t.filter(|_| !spec.kind.is_confidential()).map(str::to_owned),
            },
            expires_at: idle.min(absolute),
        }
    }

    fn claims(&self, destination: Destination, requested: &[String]) -> Map<String, Value> {
        let input = claims::Input {
            tenant: self.tenant,
            user: self.user,
            application: self.application,
            granted_scopes: &self.scopes,
            requested,
            destination,
        };
        claims::assemble(&input).claims
    }
}

/// `aud` of an access token that was asked for without a resource: the connections whose scopes or authorization
/// details were granted, else the issuer (RFC 9068 section 3).
pub(super) fn audience(tenant: &Tenant, scopes: &[String], details: &[Detail]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let of_scopes = scopes.iter().filter_map(|scope| tenant.api_scope_owner(scope));
    let of_details = details.iter().filter_map(|detail| tenant.detail_type(detail.kind())).map(|(owner, _)| owner);
    for connection in of_scopes.chain(of_details) {
        if !names.iter().any(|n| n == connection.name()) {
            names.push(connection.name().to_owned());
        }
    }
    if names.is_empty() {
        names.push(tenant.issuer().to_owned());
    }
    names
}
