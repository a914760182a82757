//! A website that signs people in, and what it does with what it gets.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use openidconnect::core::{CoreAuthPrompt, CoreResponseType, CoreTokenResponse, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthenticationFlow, AuthorizationCode, ClientId, CsrfToken, HttpRequest,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PostLogoutRedirectUrl, RedirectUrl,
    RequestTokenError, RevocationUrl, Scope, TokenIntrospectionResponse, TokenResponse, reqwest,
};

use crate::person::Person;
use crate::provider::{Client, Provider};
use crate::{ok, setting};

pub struct Website<'a> {
    provider: &'a Provider,
    client: Client,
    url: String,
}

/// What came of a sign-in: tokens, or OAuth's word for why not.
enum Answer {
    Tokens(Box<CoreTokenResponse>),
    Refused(String),
}

impl<'a> Website<'a> {
    pub fn new(provider: &'a Provider) -> Result<Self> {
        let url = setting("WEBSITE")?;
        let redirect = RedirectUrl::new(format!("{url}/callback"))?;
        let client = provider.client("website", Some(setting("WEBSITE_SECRET")?)).set_redirect_uri(redirect);
        Ok(Self { provider, client, url })
    }

    pub async fn run(&self) -> Result<()> {
        let person = Person::new();
        let Answer::Tokens(tokens) = self.sign_in(&person, None).await? else { bail!("the sign-in was refused") };
        self.user_info(&tokens).await?;

        let Answer::Tokens(_) = self.sign_in(&person, Some(CoreAuthPrompt::None)).await? else {
            bail!("prompt=none was refused to somebody who is signed in")
        };
        self.sign_out(&person, &tokens)?;
        match self.sign_in(&person, Some(CoreAuthPrompt::None)).await? {
            Answer::Refused(error) => ensure!(error == "login_required", "signed out, and then {error}"),
            Answer::Tokens(_) => bail!("signed out, and still signed in"),
        }
        ok("silent sign-in");
        ok("sign-out");

        let Answer::Tokens(tokens) = self.sign_in(&Person::new(), None).await? else { bail!("refused") };
        let tokens = self.refresh(&tokens).await?;
        self.revoke(&tokens).await
    }

    /// Code flow with PKCE, state and nonce; the identity token is verified with the published keys.
    async fn sign_in(&self, person: &Person, prompt: Option<CoreAuthPrompt>) -> Result<Answer> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = self
            .client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(["profile", "email", "books-read"].map(|scope| Scope::new(scope.into())))
            .set_pkce_challenge(challenge);
        if let Some(prompt) = prompt {
            request = request.add_prompt(prompt);
        }
        let (address, state, nonce) = request.url();

        let came_back = person.go(address.as_str(), &format!("{}/callback", self.url))?;
        let mut answer: HashMap<_, _> = reqwest::Url::parse(&came_back)?.query_pairs().into_owned().collect();
        ensure!(answer.get("state") == Some(state.secret()), "another state came back: {came_back}");
        ensure!(answer.get("iss").map(String::as_str) == Some(self.issuer()), "another issuer: {came_back}");
        if let Some(error) = answer.remove("error") {
            return Ok(Answer::Refused(error));
        }
        let code = AuthorizationCode::new(answer.remove("code").context("neither code nor error")?);
        let request = self.client.exchange_code(code)?.set_pkce_verifier(verifier);
        let tokens = request.request_async(&self.provider.http).await.context("code")?;
        ok("code and PKCE");
        self.verify(&tokens, &nonce)?;
        Ok(Answer::Tokens(Box::new(tokens)))
    }

    fn verify(&self, tokens: &CoreTokenResponse, nonce: &Nonce) -> Result<()> {
        let verifier = self.client.id_token_verifier();
        let token = tokens.id_token().context("no identity token")?;
        let claims = token.claims(&verifier, nonce).context("identity token")?;
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
        ensure!(name == Some("John Doe"), "the identity token's name is {name:?}");
        // OpenID Connect Core section 3.1.3.8.
        let (alg, key) = (token.signing_alg()?, token.signing_key(&verifier)?);
        let hash = AccessTokenHash::from_token(tokens.access_token(), alg, key)?;
        ensure!(claims.access_token_hash() == Some(&hash), "the identity token is of another access token");
        ok("identity token");
        Ok(())
    }

    async fn user_info(&self, tokens: &CoreTokenResponse) -> Result<()> {
        let token = tokens.id_token().context("no identity token")?;
        let claims = token.claims(&self.client.id_token_verifier(), |_: Option<&Nonce>| Ok(()))?;
        // The crate compares `sub`.
        let request = self.client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()))?;
        let facts: CoreUserInfoClaims = request.request_async(&self.provider.http).await.context("UserInfo")?;
        let email = facts.email().map(|email| email.as_str());
        ensure!(email == Some("john@example.org"), "UserInfo's email is {email:?}");
        ok("UserInfo");
        Ok(())
    }

    fn sign_out(&self, person: &Person, tokens: &CoreTokenResponse) -> Result<()> {
        let metadata = self.provider.metadata.additional_metadata();
        let endpoint = metadata.end_session_endpoint.clone().context("no end_session_endpoint")?;
        let goodbye = PostLogoutRedirectUrl::new(format!("{}/goodbye", self.url))?;
        let state = CsrfToken::new_random();
        let address = LogoutRequest::from(endpoint)
            .set_id_token_hint(tokens.id_token().context("no identity token")?)
            .set_client_id(ClientId::new("website".into()))
            .set_post_logout_redirect_uri(goodbye.clone())
            .set_state(state.clone())
            .http_get_url();
        let came_back = person.go(address.as_str(), goodbye.as_str())?;
        ensure!(came_back == format!("{}?state={}", goodbye.as_str(), state.secret()), "came back to {came_back}");
        Ok(())
    }

    async fn refresh(&self, tokens: &CoreTokenResponse) -> Result<CoreTokenResponse> {
        let old = tokens.refresh_token().context("no refresh token")?;
        let request = self.client.exchange_refresh_token(old)?;
        let new = request.request_async(&self.provider.http).await.context("refresh")?;
        ensure!(new.refresh_token().is_some_and(|new| new.secret() != old.secret()), "the token was not replaced");
        let token = new.id_token().context("no identity token")?;
        // OpenID Connect Core section 12.2: a refreshed one need not have the nonce.
        token.claims(&self.client.id_token_verifier(), |_: Option<&Nonce>| Ok(()))?;
        ok("refresh");
        Ok(new)
    }

    /// The refresh token goes, and everything that came from the same sign-in; the API is told so.
    async fn revoke(&self, tokens: &CoreTokenResponse) -> Result<()> {
        ensure!(self.is_active(tokens).await?, "a token that was just issued is not active");
        let old = tokens.refresh_token().context("no refresh token")?;
        // The crate sends tokens to be revoked to https addresses only, and knows no exception for this machine:
        // it is given one, and the HTTP client goes to the real one.
        let address = self.client.revocation_url().replacen("http://", "https://", 1);
        let client = self.client.clone().set_revocation_url(RevocationUrl::new(address)?);
        let unsecured = |mut request: HttpRequest| {
            let real = request.uri().to_string().replacen("https://", "http://", 1);
            *request.uri_mut() = real.parse().expect("as much an address as it was before");
            self.provider.http.call(request)
        };
        client.revoke_token(old.clone().into())?.request_async(&unsecured).await.context("revocation")?;
        ensure!(!self.is_active(tokens).await?, "the access token outlived the refresh token");
        match self.client.exchange_refresh_token(old)?.request_async(&self.provider.http).await {
            Err(RequestTokenError::ServerResponse(answer)) => {
                ensure!(answer.error().as_ref() == "invalid_grant", "a revoked refresh token: {answer:?}");
            }
            other => bail!("a revoked refresh token: {other:?}"),
        }
        ok("introspection");
        ok("revocation");
        Ok(())
    }

    /// Asks as the API does, by its own name and secret.
    async fn is_active(&self, tokens: &CoreTokenResponse) -> Result<bool> {
        let api = self.provider.client("books", Some(setting("API_SECRET")?));
        let told =
            api.introspect(tokens.access_token()).request_async(&self.provider.http).await.context("introspection")?;
        if told.active() {
            ensure!(told.client_id().is_some_and(|id| id.as_str() == "website"), "of another application: {told:?}");
            ensure!(told.scopes().is_some_and(|all| all[..] == [Scope::new("books-read".into())]), "scopes: {told:?}");
        }
        Ok(told.active())
    }

    fn issuer(&self) -> &str {
        self.provider.metadata.issuer().as_str()
    }
}
