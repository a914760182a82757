//! A subscription's configuration as decisions read it: an immutable snapshot with its indexes.

mod application;
mod connection;
mod trusted_issuer;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use model::Stored;
use model::spec::{ApiScopeSpec, ApplicationSpec, ClaimSpec, DetailTypeSpec, IdentityScopeSpec, SubscriptionSpec};

use crate::digest;

pub use application::{Application, SecretHash};
pub use connection::Connection;
pub use trusted_issuer::TrustedIssuer;

/// What a snapshot is made of. Lists are in the order in which people see them.
#[derive(Clone, Debug)]
pub struct TenantParts {
    /// From settings, never from a request.
    pub issuer: String,
    /// What pairwise names of users are made with. Secret, and always the same.
    pub pairwise_salt: String,
    /// The subscription's own row.
    pub settings: Stored<SubscriptionSpec>,
    /// Standard and custom claims, in the order of forms.
    pub claims: Vec<Stored<ClaimSpec>>,
    /// Identity scopes.
    pub identity_scopes: Vec<Stored<IdentityScopeSpec>>,
    /// API connections with their scopes and secrets.
    pub connections: Vec<Connection>,
    /// Applications with their secrets.
    pub applications: Vec<Application>,
}

/// The snapshot.
#[derive(Clone, Debug)]
pub struct Tenant {
    issuer: String,
    pairwise_salt: String,
    settings: Stored<SubscriptionSpec>,
    claims: BTreeMap<String, Stored<ClaimSpec>>,
    /// Their names in the order of forms.
    claims_in_order: Vec<String>,
    identity_scopes: Vec<Stored<IdentityScopeSpec>>,
    connections: Vec<Connection>,
    applications: HashMap<String, Application>,
    client_ids: HashMap<String, String>,
    scopes: HashMap<String, ScopeIndex>,
    scopes_of_claim: HashMap<String, Vec<usize>>,
    connection_names: HashMap<String, usize>,
    resources: HashMap<String, usize>,
    detail_types: HashMap<String, usize>,
    trusted_issuers: Vec<TrustedIssuer>,
    origins: HashSet<String>,
    has_access_token_claims: bool,
}

/// Where a scope is found.
#[derive(Clone, Copy, Debug)]
enum ScopeIndex {
    Identity(usize),
    Api(usize),
}

/// Which identity scopes let a claim out.
fn scopes_of_claim(scopes: &[Stored<IdentityScopeSpec>]) -> HashMap<String, Vec<usize>> {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, scope) in scopes.iter().enumerate() {
        for claim in &scope.spec.claims {
            found.entry(claim.clone()).or_default().push(i);
        }
    }
    found
}

impl Tenant {
    /// Builds the indexes.
    pub fn new(parts: TenantParts) -> Self {
        let mut scopes = HashMap::new();
        for (i, scope) in parts.identity_scopes.iter().enumerate() {
            scopes.insert(scope.spec.name.clone(), ScopeIndex::Identity(i));
        }
        for (i, connection) in parts.connections.iter().enumerate() {
            for scope in connection.scopes() {
                scopes.insert(scope.name.clone(), ScopeIndex::Api(i));
            }
        }
        let enabled = || parts.applications.iter().filter(|a| a.is_enabled());
        let origins = enabled().flat_map(|a| a.spec().cors_origins.iter().cloned()).collect();
        let client_ids = parts.applications.iter().map(|a| (a.id().to_owned(), a.client_id().to_owned())).collect();
        let connection_names = parts.connections.iter().enumerate().map(|(i, c)| (c.name().to_owned(), i)).collect();
        let resources = parts.connections.iter().enumerate();
        let resources = resources.filter_map(|(i, c)| Some((c.spec().resource.clone()?, i))).collect();
        let mut detail_types = HashMap::new();
        for (i, connection) in parts.connections.iter().enumerate() {
            for one in &connection.spec().authorization_details_types {
                detail_types.entry(one.name.clone()).or_insert(i);
            }
        }
        let trusted = &parts.settings.spec.trusted_issuers;
        Self {
            trusted_issuers: trusted.iter().map(|one| TrustedIssuer::new(&parts.settings.id, one)).collect(),
            has_access_token_claims: parts.claims.iter().any(|c| c.spec.in_access_token),
            claims_in_order: parts.claims.iter().map(|c| c.spec.name.clone()).collect(),
            claims: parts.claims.into_iter().map(|c| (c.spec.name.clone(), c)).collect(),
            applications: parts.applications.into_iter().map(|a| (a.client_id().to_owned(), a)).collect(),
            scopes_of_claim: scopes_of_claim(&parts.identity_scopes),
            pairwise_salt: parts.pairwise_salt,
            issuer: parts.issuer,
            settings: parts.settings,
            identity_scopes: parts.identity_scopes,
            connections: parts.connections,
            client_ids,
            scopes,
            connection_names,
            resources,
            detail_types,
            origins,
        }
    }

    /// The same subscription with another specification of one application, for looking ahead.
    #[must_use]
    pub fn with_application(&self, id: &str, spec: ApplicationSpec) -> Self {
        let mut changed = self.clone();
        let client_id = changed.client_ids.get(id);
        if let Some(application) = client_id.and_then(|client_id| changed.applications.get_mut(client_id)) {
            let disabled = application.stored.spec.disabled;
            application.stored.spec = ApplicationSpec { disabled, ..spec };
        }
        changed
    }

    /// The same subscription with another definition of one claim. Its name stays.
    #[must_use]
    pub fn with_claim(&self, id: &str, spec: ClaimSpec) -> Self {
        let mut changed = self.clone();
        if let Some(claim) = changed.claims.values_mut().find(|claim| claim.id == id) {
            claim.spec = ClaimSpec { name: claim.spec.name.clone(), ..spec };
        }
        changed.has_access_token_claims = changed.claims.values().any(|claim| claim.spec.in_access_token);
        changed
    }

    /// The same subscription with other claims in one identity scope. Its name stays.
    #[must_use]
    pub fn with_identity_scope(&self, id: &str, spec: IdentityScopeSpec) -> Self {
        let mut changed = self.clone();
        if let Some(scope) = changed.identity_scopes.iter_mut().find(|scope| scope.id == id) {
            scope.spec = IdentityScopeSpec { name: scope.spec.name.clone(), ..spec };
        }
        changed.scopes_of_claim = scopes_of_claim(&changed.identity_scopes);
        changed
    }

    /// The subscription's row id.
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    /// The issuer identifier.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Part of the issuer and of the cookie's name.
    pub fn slug(&self) -> &str {
        &self.settings.spec.slug
    }

    /// What people read.
    pub fn name(&self) -> &str {
        &self.settings.spec.name
    }

    /// What end users read: the branding's name, else the subscription's.
    pub fn shown_name(&self) -> &str {
        self.settings.spec.shown_name()
    }

    /// The subscription's settings.
    pub fn settings(&self) -> &SubscriptionSpec {
        &self.settings.spec
    }

    /// A disabled subscription issues nothing.
    pub fn is_enabled(&self) -> bool {
        self.settings.is_enabled()
    }

    /// Claims by name.
    pub fn claims(&self) -> &BTreeMap<String, Stored<ClaimSpec>> {
        &self.claims
    }

    /// Claims in the order in which forms ask for them.
    pub fn claims_in_order(&self) -> impl Iterator<Item = &ClaimSpec> {
        self.claims_in_order.iter().filter_map(|name| self.claim(name))
    }

    /// A claim's definition.
    pub fn claim(&self, name: &str) -> Option<&ClaimSpec> {
        self.claims.get(name).map(|c| &c.spec)
    }

    /// Identity scopes in their order.
    pub fn identity_scopes(&self) -> &[Stored<IdentityScopeSpec>] {
        &self.identity_scopes
    }

    /// An identity scope by name.
    pub fn identity_scope(&self, name: &str) -> Option<&IdentityScopeSpec> {
        match self.scopes.get(name)? {
            ScopeIndex::Identity(i) => Some(&self.identity_scopes[*i].spec),
            ScopeIndex::Api(_) => None,
        }
    }

    /// The identity scopes that let a claim out, in their order.
    pub fn scopes_of_claim(&self, claim: &str) -> impl Iterator<Item = &IdentityScopeSpec> {
        self.scopes_of_claim.get(claim).into_iter().flatten().map(|i| &self.identity_scopes[*i].spec)
    }

    /// API connections in their order.
    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    /// An API connection by name.
    pub fn connection(&self, name: &str) -> Option<&Connection> {
        self.connection_names.get(name).map(|i| &self.connections[*i])
    }

    /// The API connection with this resource indicator (RFC 8707), compared as an exact string.
    pub fn connection_of_resource(&self, resource: &str) -> Option<&Connection> {
        self.resources.get(resource).map(|i| &self.connections[*i])
    }

    /// What a user is called towards an application (OpenID Connect Core section 8). Section 8.1 for pairwise names: "The
    /// Sector Identifier can be concatenated with a local account ID and a salt value that is kept secret by the Provider.
    /// The concatenated string is then hashed using an appropriate algorithm."
    pub fn subject_for<'a>(&self, application: &Application, user_id: &'a str) -> Cow<'a, str> {
        self.name_for(application, "sub", user_id)
    }

    /// What a session is called towards an application. One `sid` for all would tell two sectors that they have the same
    /// user before them.
    pub fn session_for<'a>(&self, application: &Application, session_id: &'a str) -> Cow<'a, str> {
        self.name_for(application, "sid", session_id)
    }

    fn name_for<'a>(&self, application: &Application, kind: &str, id: &'a str) -> Cow<'a, str> {
        let spec = application.spec();
        if !spec.is_pairwise() {
            return Cow::Borrowed(id);
        }
        // Saving asks for a sector. One that came without is a sector of its own, and never hears the public name.
        let sector = spec.sector().unwrap_or_else(|| spec.client_id.clone());
        let salted = format!("{}\n{kind}\n{sector}\n{id}", self.pairwise_salt);
        Cow::Owned(digest::sha256_base64url(salted.as_bytes()))
    }

    /// The API connection that an audience names: by its name or by its resource indicator, which are never the same.
    pub fn addressed(&self, audience: &str) -> Option<&Connection> {
        self.connection(audience).or_else(|| self.connection_of_resource(audience))
    }

    /// The connection that an API scope belongs to.
    pub fn api_scope_owner(&self, scope: &str) -> Option<&Connection> {
        match self.scopes.get(scope)? {
            ScopeIndex::Api(i) => Some(&self.connections[*i]),
            ScopeIndex::Identity(_) => None,
        }
    }

    /// A type of authorization details, with the connection that defines it (RFC 9396).
    pub fn detail_type(&self, name: &str) -> Option<(&Connection, &DetailTypeSpec)> {
        let connection = self.detail_types.get(name).map(|i| &self.connections[*i])?;
        Some((connection, connection.detail_type(name)?))
    }

    /// An API scope by name.
    pub fn api_scope(&self, scope: &str) -> Option<&ApiScopeSpec> {
        self.api_scope_owner(scope)?.scopes().iter().find(|s| s.name == scope)
    }

    /// Every application, in no order.
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.values()
    }

    /// An application by `client_id`, compared exactly.
    pub fn application(&self, client_id: &str) -> Option<&Application> {
        self.applications.get(client_id)
    }

    /// An application by row id.
    pub fn application_by_id(&self, id: &str) -> Option<&Application> {
        self.application(self.client_ids.get(id)?)
    }

    /// Somebody else who says who a user is, by `iss`, compared exactly.
    pub fn trusted_issuer(&self, issuer: &str) -> Option<&TrustedIssuer> {
        self.trusted_issuers.iter().find(|one| one.spec().issuer == issuer)
    }

    /// True when some enabled application lists this origin for CORS.
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.origins.contains(origin)
    }

    /// True when some claim goes into access tokens: only then do introspection and issuing for an
    /// API need a user's values.
    pub fn has_access_token_claims(&self) -> bool {
        self.has_access_token_claims
    }
}
