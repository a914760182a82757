//! Credentials against what is stored. Known and unknown names take the same way and the same time.

use model::spec::ClientAuthentication;

use super::{AuthMethod, Expected, Presented, Used, assertion};
use crate::certificate::Certificate;
use crate::digest;
use crate::error::OAuthError;
use crate::jose::PublicKey;
use crate::tenant::{Application, Connection, SecretHash, Tenant};

/// Compared against when there is nothing to compare with; no secret has this hash.
const NOBODY: &str = "----------------------------------------------------------------";

/// An application that has proved (or, when public, said) who it is.
#[derive(Clone, Copy, Debug)]
pub struct AuthenticatedClient<'t> {
    /// The application.
    pub application: &'t Application,
    /// Row id of the secret that matched; `None` for a public application.
    pub secret_id: Option<&'t str>,
    /// How it authenticated.
    pub method: AuthMethod,
    /// The secret itself, as it came with this request; `None` for a public application, and for one that is
    /// vouched for.
    pub secret: Option<ClientSecret<'t>>,
    /// Thumbprint of the key that it proved to hold with this request (RFC 9449): its tokens are bound to it.
    pub jkt: Option<&'t str>,
    /// Thumbprint of the certificate of its connection, where its tokens are bound to that (RFC 8705 section 3).
    pub x5t: Option<&'t str>,
}

/// A secret in passing. `Debug` hides it.
#[derive(Clone, Copy)]
pub struct ClientSecret<'t>(&'t str);

impl<'t> ClientSecret<'t> {
    /// Its characters, which are the key where a dialect signs with it: not what they decode to.
    pub fn as_bytes(self) -> &'t [u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for ClientSecret<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// An API connection that has proved who it is.
#[derive(Clone, Copy, Debug)]
pub struct AuthenticatedConnection<'t> {
    /// The connection.
    pub connection: &'t Connection,
    /// Row id of the secret that matched; `None` for one that signs.
    pub secret_id: Option<&'t str>,
}

/// Authenticates an application by what it signed. The second part of the answer counts once: see [`Used`].
///
/// # Errors
/// `invalid_client`.
pub fn by_assertion<'t>(
    tenant: &'t Tenant,
    presented: &'t Presented,
    expected: &Expected<'_>,
) -> Result<(AuthenticatedClient<'t>, Used), OAuthError> {
    let assertion = presented.assertion.as_deref().ok_or_else(failed)?;
    let method = presented.method;
    // One method for each application, also between these two.
    let is_set = |application: &&Application| match application.spec().token_endpoint_auth_method {
        ClientAuthentication::PrivateKeyJwt => method == AuthMethod::PrivateKeyJwt,
        ClientAuthentication::SecretJwt => method == AuthMethod::ClientSecretJwt,
        ClientAuthentication::Secret | ClientAuthentication::TlsClientAuth | ClientAuthentication::SelfSignedTls => {
            false
        }
    };
    let Some(application) = tenant.application(&presented.client_id).filter(is_set) else {
        assertion::check_nobodys(assertion, expected);
        return Err(failed());
    };
    let (used, secret_id) = assertion::check(assertion, application, expected)?;
    in_use(tenant, application)?;
    Ok((AuthenticatedClient { application, secret_id, method, secret: None, jkt: None, x5t: None }, used))
}

/// Authenticates an application by its secret, or a public one by its name.
///
/// # Errors
/// `invalid_client`, in the same words for an unknown application and for a wrong secret.
pub fn application<'t>(
    tenant: &'t Tenant,
    presented: &'t Presented,
    now: i64,
) -> Result<AuthenticatedClient<'t>, OAuthError> {
    let application = tenant.application(&presented.client_id);
    let matched = matching_secret(application.map_or(&[], |a| &a.secrets), presented.secret.as_deref(), now);
    let application = application.ok_or_else(failed)?;
    // One method for each application: a secret that is still there opens nothing any more.
    if application.spec().token_endpoint_auth_method != ClientAuthentication::Secret || presented.method.is_assertion()
    {
        return Err(failed());
    }
    let confidential = application.spec().kind.is_confidential();
    let secret_id = match (confidential, presented.method, matched) {
        (true, AuthMethod::None, _) | (true, _, None) => return Err(failed()),
        (true, _, Some(id)) => Some(id),
        (false, AuthMethod::None, _) => None,
        (false, ..) => return Err(OAuthError::invalid_client("a public application must not send a secret")),
    };
    in_use(tenant, application)?;
    let secret = secret_id.and(presented.secret.as_deref()).map(ClientSecret);
    Ok(AuthenticatedClient { application, secret_id, method: presented.method, secret, jkt: None, x5t: None })
}

/// Authenticates an application by the certificate of its connection. `keys` are its registered ones.
///
/// RFC 8705 section 2.1: the certificate is one that an authority vouches for, with the name that was registered; section
/// 2.2: it is one of those that were registered.
///
/// # Errors
/// `invalid_client`.
pub fn by_certificate<'t>(
    tenant: &'t Tenant,
    presented: &Presented,
    certificate: Option<&Certificate>,
    keys: &[PublicKey],
) -> Result<AuthenticatedClient<'t>, OAuthError> {
    let application = tenant.application(&presented.client_id).ok_or_else(failed)?;
    let spec = application.spec();
    // One method for each application: whatever came beside the name opens nothing.
    if presented.method != AuthMethod::None || !spec.token_endpoint_auth_method.by_certificate() {
        return Err(failed());
    }
    let refused = |text: &'static str| Err(OAuthError::invalid_client(text));
    let Some(certificate) = certificate else {
        return refused("the application authenticates with its TLS certificate, and none came");
    };
    let method = if spec.token_endpoint_auth_method == ClientAuthentication::TlsClientAuth {
        if !certificate.is_trusted {
            return refused("no authority that is trusted for clients vouches for the TLS certificate");
        }
        if !spec.tls_client_auth.as_ref().is_some_and(|name| certificate.is_called(name)) {
            return refused("the TLS certificate has not the name that is registered for the application");
        }
        AuthMethod::TlsClientAuth
    } else {
        if !keys.iter().any(|key| key.is_of_certificate(&certificate.thumbprint)) {
            return refused("the TLS certificate is none of those that are registered for the application (x5c)");
        }
        AuthMethod::SelfSignedTls
    };
    in_use(tenant, application)?;
    Ok(AuthenticatedClient { application, secret_id: None, method, secret: None, jkt: None, x5t: None })
}

/// An application that the server itself acts for, as in the console's playground: it authenticates with
/// the secret that nobody but the application knows.
///
/// # Errors
/// `invalid_client` for one that is disabled.
pub fn vouched<'t>(tenant: &Tenant, application: &'t Application) -> Result<AuthenticatedClient<'t>, OAuthError> {
    in_use(tenant, application)?;
    let confidential = application.spec().kind.is_confidential();
    let method = if confidential { AuthMethod::ClientSecretBasic } else { AuthMethod::None };
    Ok(AuthenticatedClient { application, secret_id: None, method, secret: None, jkt: None, x5t: None })
}

/// Authenticates an API connection.
///
/// # Errors
/// `invalid_client`, in the same words for an unknown connection and for a wrong secret.
pub fn connection<'t>(
    tenant: &'t Tenant,
    presented: &Presented,
    now: i64,
) -> Result<AuthenticatedConnection<'t>, OAuthError> {
    let connection = tenant.connection(&presented.client_id);
    let matched = matching_secret(connection.map_or(&[], Connection::secrets), presented.secret.as_deref(), now);
    match (connection, matched) {
        // One method for each: a secret that is still there opens nothing where there are keys.
        (Some(connection), Some(secret_id)) if tenant.is_enabled() && !connection.spec().has_keys() => {
            Ok(AuthenticatedConnection { connection, secret_id: Some(secret_id) })
        }
        _ => Err(failed()),
    }
}

/// Authenticates an API connection by what it signed, with keys of its own. The second part of the answer counts once.
///
/// # Errors
/// `invalid_client`.
pub fn connection_by_assertion<'t>(
    tenant: &'t Tenant,
    presented: &Presented,
    expected: &Expected<'_>,
) -> Result<(AuthenticatedConnection<'t>, Used), OAuthError> {
    let assertion = presented.assertion.as_deref().ok_or_else(failed)?;
    let connection = tenant.connection(&presented.client_id).filter(|one| one.spec().has_keys());
    let connection = connection.filter(|_| tenant.is_enabled()).ok_or_else(failed)?;
    let used = assertion::check_connections(assertion, connection.name(), expected)?;
    Ok((AuthenticatedConnection { connection, secret_id: None }, used))
}

fn in_use(tenant: &Tenant, application: &Application) -> Result<(), OAuthError> {
    if application.is_enabled() && tenant.is_enabled() {
        return Ok(());
    }
    Err(OAuthError::invalid_client("the application is disabled"))
}

fn failed() -> OAuthError {
    OAuthError::invalid_client(
        "client authentication failed: unknown client, missing or wrong credentials, or another method than the \
         application is set to",
    )
}

/// The live secret that a presented one is. Every stored hash is compared, found or not.
fn matching_secret<'t>(secrets: &'t [SecretHash], presented: Option<&str>, now: i64) -> Option<&'t str> {
    let hash = digest::sha256_hex(presented.unwrap_or_default().as_bytes());
    let mut matched = None;
    for secret in secrets {
        let live = secret.expires_at.is_none_or(|end| now < end);
        if digest::same(&secret.hash_hex, &hash) && live {
            matched = Some(secret.id.as_str());
        }
    }
    if secrets.is_empty() && digest::same(NOBODY, &hash) {
        return None;
    }
    matched.filter(|_| presented.is_some())
}
