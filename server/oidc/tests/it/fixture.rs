//! A library with its website, a public reader, a nightly job and two APIs.

use std::collections::BTreeMap;

use model::Stored;
use model::preset::ScopePreset;
use model::spec::{
    ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ApplicationType, ClaimSpec, GrantType, IdentityScopeSpec,
    RequiredClaim, SubscriptionSpec,
};
use oidc::authorize::{self, AuthorizationRequest, Redirection, Refusal, RequestedClaims};
use oidc::client_auth::{AuthMethod, AuthenticatedClient};
use oidc::digest::{sha256_base64url, sha256_hex};
use oidc::grant::{CodeData, CodeRow, RefreshData, RefreshRow};
use oidc::{Application, Authentication, Connection, OAuthError, Params, SecretHash, Tenant, TenantParts, UserFacts};
use serde_json::{Value, json};

pub const NOW: i64 = 1_700_000_000;
pub const ISSUER: &str = "https://id.example/s/library";
pub const SECRET: &str = "a secret of at least thirty-two bytes";
pub const REDIRECT: &str = "https://library.example/callback";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const JOHN: &str = "user-john";
pub const SESSION: &str = "session-1";
pub const GRANT: &str = "grant-1";

pub fn stored<T>(id: &str, spec: T) -> Stored<T> {
    Stored { id: id.to_owned(), version: 1, created_at: NOW, updated_at: NOW, disabled_at: None, spec }
}

pub fn secret(id: &str, text: &str) -> SecretHash {
    SecretHash { id: id.to_owned(), hash_hex: sha256_hex(text.as_bytes()), sealed: None, expires_at: None }
}

pub fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// The website: confidential, all grants.
pub fn website() -> ApplicationSpec {
    ApplicationSpec {
        client_id: "my-app".to_owned(),
        name: "Library website".to_owned(),
        redirect_uris: strings(&[REDIRECT]),
        post_logout_redirect_uris: strings(&["https://library.example/bye?x=1"]),
        cors_origins: strings(&["https://library.example"]),
        grant_types: GrantType::ALL.to_vec(),
        allowed_identity_scopes: strings(&["openid", "profile", "email", "library"]),
        allowed_api_scopes: strings(&["library-api", "library-api-checked-books", "rooms-api"]),
        required_claims: vec![RequiredClaim::enforced("library_card")],
        ..ApplicationSpec::default()
    }
}

/// The reader: public.
pub fn reader() -> ApplicationSpec {
    ApplicationSpec {
        client_id: "reader".to_owned(),
        name: "Reader".to_owned(),
        kind: ApplicationType::SinglePage,
        redirect_uris: strings(&["https://reader.example/", "https://reader.example/other"]),
        grant_types: vec![GrantType::AuthorizationCode],
        allowed_identity_scopes: strings(&["openid"]),
        ..ApplicationSpec::default()
    }
}

/// Everything, ready to be changed before it becomes a snapshot.
pub struct Library {
    pub settings: Stored<SubscriptionSpec>,
    pub claims: Vec<Stored<ClaimSpec>>,
    pub scopes: Vec<Stored<IdentityScopeSpec>>,
    pub connections: Vec<Connection>,
    pub website: Application,
    pub reader: Application,
}

impl Default for Library {
    fn default() -> Self {
        let mut claims: Vec<_> = model::standard_claims::all();
        claims.push(ClaimSpec {
            name: "library_card".to_owned(),
            display_name: "Library card".to_owned(),
            pattern: Some("^LC-[0-9]{6}$".to_owned()),
            ..ClaimSpec::default()
        });
        let mut scopes = ScopePreset::Standard.scopes();
        scopes.push(IdentityScopeSpec {
            name: "library".to_owned(),
            display_name: "Library profile".to_owned(),
            claims: strings(&["library_card"]),
            ..IdentityScopeSpec::default()
        });
        let settings =
            SubscriptionSpec { slug: "library".to_owned(), name: "Library".to_owned(), ..SubscriptionSpec::default() };
        Self {
            settings: stored("sub-1", settings),
            claims: claims.into_iter().map(|c| stored(&format!("claim-{}", c.name), c)).collect(),
            scopes: scopes.into_iter().map(|s| stored(&format!("scope-{}", s.name), s)).collect(),
            connections: vec![connection("library-api", &["library-api-checked-books"]), connection("rooms-api", &[])],
            website: Application {
                stored: stored("app-1", website()),
                secrets: vec![secret("secret-1", SECRET)],
                keys: oidc::jose::KeySet::default(),
            },
            reader: Application {
                stored: stored("app-2", reader()),
                secrets: Vec::new(),
                keys: oidc::jose::KeySet::default(),
            },
        }
    }
}

pub fn connection(name: &str, scopes: &[&str]) -> Connection {
    let scopes = scopes.iter().map(|s| ApiScopeSpec { name: (*s).to_owned(), ..ApiScopeSpec::default() }).collect();
    let spec = ApiConnectionSpec { name: name.to_owned(), scopes, ..ApiConnectionSpec::default() };
    Connection::new(stored(&format!("api-{name}"), spec), vec![secret(&format!("secret-{name}"), SECRET)])
}

impl Library {
    /// The snapshot after a change to the website.
    pub fn with_website(change: impl FnOnce(&mut ApplicationSpec)) -> Tenant {
        let mut library = Self::default();
        change(&mut library.website.stored.spec);
        library.open()
    }

    /// The snapshot after a change to a claim.
    pub fn with_claim(name: &str, change: impl FnOnce(&mut ClaimSpec)) -> Tenant {
        let mut library = Self::default();
        let claim = library.claims.iter_mut().find(|c| c.spec.name == name).expect("a claim of the fixture");
        change(&mut claim.spec);
        library.open()
    }

    /// The snapshot.
    pub fn open(self) -> Tenant {
        Tenant::new(TenantParts {
            pairwise_salt: "salt".to_owned(),
            issuer: ISSUER.to_owned(),
            settings: self.settings,
            claims: self.claims,
            identity_scopes: self.scopes,
            connections: self.connections,
            applications: vec![self.website, self.reader],
        })
    }
}

pub fn tenant() -> Tenant {
    Library::default().open()
}

pub fn params(pairs: &[(&str, &str)]) -> Params {
    Params::from_pairs(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))).expect("good parameters")
}

/// A good request of the website, with some parameters replaced, added, or (when empty) left out.
pub fn authorize_params(changes: &[(&str, &str)]) -> Params {
    let challenge = sha256_base64url(VERIFIER.as_bytes());
    let base = [
        ("client_id", "my-app"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "openid profile library library-api-checked-books"),
        ("state", "xyz"),
        ("nonce", "n-1"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let kept = base.iter().filter(|(name, _)| !changes.iter().any(|(n, _)| n == name));
    params(&kept.chain(changes).copied().collect::<Vec<_>>())
}

/// Where the answer to a request goes, by way of the browser.
pub fn redirection(request: &AuthorizationRequest) -> &Redirection {
    request.answer_to.redirection().expect("by way of the browser")
}

pub fn request(tenant: &Tenant, changes: &[(&str, &str)]) -> AuthorizationRequest {
    authorize::validate(tenant, &authorize_params(changes)).expect("a good request")
}

/// The error that the application is told by redirect.
pub fn redirected(tenant: &Tenant, changes: &[(&str, &str)]) -> OAuthError {
    match authorize::validate(tenant, &authorize_params(changes)) {
        Err(Refusal::Redirect { error, .. }) => error,
        other => panic!("not a redirect: {other:?}"),
    }
}

pub fn client<'t>(tenant: &'t Tenant, client_id: &str) -> AuthenticatedClient<'t> {
    let application = tenant.application(client_id).expect("an application of the fixture");
    let (secret_id, method) = if application.spec().kind.is_confidential() {
        (Some("secret-1"), AuthMethod::ClientSecretBasic)
    } else {
        (None, AuthMethod::None)
    };
    AuthenticatedClient { application, secret_id, method, secret: None, jkt: None, x5t: None }
}

pub fn john() -> UserFacts {
    UserFacts {
        sub: JOHN.to_owned(),
        enabled: true,
        email: Some("john.doe@email.com".to_owned()),
        email_verified: true,
        username: Some("john".to_owned()),
        updated_at: NOW - 1000,
        values: values(json!({ "name": "John Doe", "library_card": "LC-123456" })),
    }
}

pub fn values(object: Value) -> BTreeMap<String, Value> {
    serde_json::from_value(object).expect("an object")
}

pub fn authentication() -> Authentication {
    Authentication {
        user_id: JOHN.to_owned(),
        session_id: Some(SESSION.to_owned()),
        auth_time: NOW - 100,
        amr: strings(&["pwd"]),
        acr: None,
    }
}

pub fn code_row() -> CodeRow {
    CodeRow {
        grant_id: GRANT.to_owned(),
        data: CodeData {
            application_id: "app-1".to_owned(),
            authentication: authentication(),
            redirect_uri: REDIRECT.to_owned(),
            redirect_uri_given: true,
            scopes: strings(&["openid", "profile", "library", "library-api-checked-books"]),
            resources: Vec::new(),
            authorization_details: Vec::new(),
            nonce: Some("n-1".to_owned()),
            code_challenge: Some(sha256_base64url(VERIFIER.as_bytes())),
            dpop_jkt: None,
            requested_claims: RequestedClaims::default(),
            playground_run: None,
        },
        expires_at: NOW + 60,
        consumed: false,
        grant_revoked: false,
    }
}

pub fn refresh_row() -> RefreshRow {
    RefreshRow {
        grant_id: GRANT.to_owned(),
        data: RefreshData {
            application_id: "app-1".to_owned(),
            authentication: authentication(),
            scopes: strings(&["openid", "profile", "library-api-checked-books", "rooms-api"]),
            resources: Vec::new(),
            authorization_details: Vec::new(),
            requested_claims: RequestedClaims::default(),
            granted_at: NOW - 1000,
            jkt: None,
            x5t: None,
        },
        created_at: NOW - 500,
        expires_at: NOW + 10_000,
        consumed_at: None,
        revoked_at: None,
        successor_unused: false,
        grant_revoked: false,
    }
}
