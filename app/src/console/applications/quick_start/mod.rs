//! Code to copy, with this application's real values. Secrets come from the environment.

mod browser;
mod curl;
mod dotnet;
mod node;
mod python;
mod spring;

use leptos::prelude::*;
use model::spec::{ApplicationSpec, ApplicationType, ClientAuthentication, GrantType};

use crate::islands::CopyButton;
use crate::tr;

/// The section: one sample open at a time, with or without a script.
#[component]
pub fn QuickStart(
    /// The application.
    spec: ApplicationSpec,
    /// The subscription's issuer.
    issuer: String,
) -> AnyView {
    let signs_in = spec.grant_types.contains(&GrantType::AuthorizationCode);
    let in_browser = signs_in && spec.kind == ApplicationType::SinglePage;
    let secret = spec.kind.is_confidential().then(|| {
        let words = match spec.token_endpoint_auth_method {
            ClientAuthentication::Secret => tr!("quick-start-secret"),
            ClientAuthentication::SecretJwt => tr!("quick-start-secret-jwt"),
            ClientAuthentication::PrivateKeyJwt => tr!("quick-start-key"),
            ClientAuthentication::TlsClientAuth | ClientAuthentication::SelfSignedTls => {
                tr!("quick-start-certificate")
            }
        };
        view! { " " {words} }
    });
    let missing = [
        (signs_in && spec.redirect_uris.is_empty()).then(|| tr!("quick-start-no-redirect")),
        (in_browser && spec.cors_origins.is_empty()).then(|| tr!("quick-start-no-origin")),
    ];
    let missing = missing.into_iter().flatten().map(|text| view! { <p class="notice notice-warning">{text}</p> });
    let samples = samples(&Values::of(&spec, &issuer)).into_iter().enumerate().map(|(i, (title, code))| {
        view! {
            <details class="sample" name="quick-start" open={i == 0}>
                <summary>{title.clone()}</summary>
                <div class="sample-header">
                    <CopyButton value=code.clone() label=tr!("copy") done=tr!("copied") what=title.clone() />
                </div>
                <pre class="code-block" tabindex="0" role="group" aria-label=title>
                    <code>{code}</code>
                </pre>
            </details>
        }
    });
    view! {
        <section class="card stack" id="quick-start" aria-labelledby="quick-start-heading">
            <h2 id="quick-start-heading">{tr!("quick-start-title")}</h2>
            <p class="muted">{tr!("quick-start-text")} {secret}</p>
            {missing.collect_view()}
            <div>{samples.collect_view()}</div>
        </section>
    }
    .into_any()
}

/// What samples are made of.
struct Values<'a> {
    spec: &'a ApplicationSpec,
    issuer: &'a str,
    redirect_uri: &'a str,
    /// Of the redirect URI.
    path: String,
    scopes: Vec<&'a str>,
}

impl<'a> Values<'a> {
    fn of(spec: &'a ApplicationSpec, issuer: &'a str) -> Self {
        let redirect_uri = spec.redirect_uris.first().map_or("", String::as_str);
        let scopes = spec.allowed_identity_scopes.iter().chain(&spec.allowed_api_scopes);
        Self { spec, issuer, redirect_uri, path: path(redirect_uri), scopes: scopes.map(String::as_str).collect() }
    }

    /// A server on this machine: libraries insist on https unless told otherwise.
    fn is_insecure(&self) -> bool {
        self.issuer.starts_with("http://")
    }

    fn is_confidential(&self) -> bool {
        self.spec.kind.is_confidential()
    }

    fn discovery(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.issuer)
    }
}

/// Path of an http address, without its query.
fn path(uri: &str) -> String {
    let rest = uri.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or("/").to_owned()
}

/// A string literal of JavaScript, and of Python, C#, JSON and YAML as well.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Titles and code that fit the application's type and grants.
fn samples(values: &Values<'_>) -> Vec<(String, String)> {
    let spec = values.spec;
    let mut samples = Vec::new();
    if spec.grant_types.contains(&GrantType::AuthorizationCode) {
        match spec.kind {
            ApplicationType::SinglePage => samples.push((tr!("quick-start-browser"), browser::sign_in(values))),
            ApplicationType::Web => samples.extend([
                (tr!("quick-start-node"), node::sign_in(values)),
                (tr!("quick-start-python"), python::sign_in(values)),
                (tr!("quick-start-spring"), spring::sign_in(values)),
                (tr!("quick-start-dotnet"), dotnet::sign_in(values)),
            ]),
            _ => samples.push((tr!("quick-start-node"), node::sign_in(values))),
        }
    }
    if spec.grant_types.contains(&GrantType::ClientCredentials) {
        samples.push((tr!("quick-start-curl-own"), curl::client_credentials(values)));
        samples.push((tr!("quick-start-node-own"), node::client_credentials(values)));
    }
    if spec.grant_types.contains(&GrantType::DeviceCode) {
        samples.push((tr!("quick-start-curl-device"), curl::device(values)));
    }
    samples.push((tr!("quick-start-curl-discovery"), curl::discovery(values)));
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web() -> ApplicationSpec {
        ApplicationSpec {
            client_id: "a'b\"c".into(),
            redirect_uris: vec!["https://app.example/oauth/callback?x=1".into()],
            allowed_identity_scopes: vec!["openid".into(), "profile".into()],
            allowed_api_scopes: vec!["books".into()],
            grant_types: vec![GrantType::AuthorizationCode, GrantType::ClientCredentials],
            ..ApplicationSpec::default()
        }
    }

    #[test]
    fn names_cannot_leave_their_quotes() {
        let spec = web();
        let values = Values::of(&spec, "https://i.example");
        for code in [
            node::sign_in(&values),
            browser::sign_in(&values),
            python::sign_in(&values),
            spring::sign_in(&values),
            dotnet::sign_in(&values),
        ] {
            assert!(code.contains(r#""a'b\"c""#), "{code}");
        }
        assert!(curl::client_credentials(&values).contains(r#"'client_id=a'\''b"c'"#));
    }

    #[test]
    fn each_sample_has_the_values_of_this_application_and_no_secret() {
        let spec = web();
        for (_, code) in samples(&Values::of(&spec, "https://i.example/s/x")) {
            assert!(code.contains("https://i.example/s/x"), "{code}");
            assert!(!code.contains("value:") && !code.contains("undefined"), "{code}");
        }
        let values = Values::of(&spec, "https://i.example");
        assert_eq!(values.path, "/oauth/callback");
        assert!(dotnet::sign_in(&values).contains(r#"CallbackPath = "/oauth/callback""#));
        assert!(python::sign_in(&values).contains(r#"@app.get("/oauth/callback")"#));
        assert!(spring::sign_in(&values).contains("redirectionEndpoint"));
    }

    #[test]
    fn only_what_fits_the_type_and_the_grants_is_shown() {
        let titles = |spec: &ApplicationSpec| samples(&Values::of(spec, "https://i.example")).len();
        assert_eq!(titles(&web()), 7);
        let spa = ApplicationSpec {
            kind: ApplicationType::SinglePage,
            grant_types: vec![GrantType::AuthorizationCode],
            ..web()
        };
        assert_eq!(titles(&spa), 2);
        assert!(!browser::sign_in(&Values::of(&spa, "https://i.example")).contains("SECRET"));
        let service = ApplicationSpec {
            kind: ApplicationType::Service,
            grant_types: vec![GrantType::ClientCredentials],
            ..web()
        };
        assert_eq!(titles(&service), 3);
        let device = ApplicationSpec {
            kind: ApplicationType::Device,
            grant_types: vec![GrantType::DeviceCode, GrantType::RefreshToken],
            redirect_uris: Vec::new(),
            ..web()
        };
        assert_eq!(titles(&device), 2);
        let code = curl::device(&Values::of(&device, "https://i.example"));
        assert!(code.contains("scope=openid profile books") && !code.contains("CLIENT_SECRET"), "{code}");
        let confidential = ApplicationSpec { kind: ApplicationType::Web, ..device };
        assert!(curl::device(&Values::of(&confidential, "https://i.example")).contains("CLIENT_SECRET"));
    }
}
