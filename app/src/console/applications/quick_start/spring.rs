//! Spring Boot 3 with spring-boot-starter-oauth2-client.

use std::fmt::Write as _;

use super::{Values, literal};

/// Where Spring Security waits for codes unless told otherwise.
const USUAL_PATH: &str = "/login/oauth2/code/";

pub(super) fn sign_in(values: &Values<'_>) -> String {
    let [issuer, client_id, redirect_uri] = [values.issuer, &values.spec.client_id, values.redirect_uri].map(literal);
    let scopes: Vec<String> = values.scopes.iter().map(|scope| literal(scope)).collect();
    let scopes = scopes.join(", ");
    let mut notes = String::new();
    if !values.path.starts_with(USUAL_PATH) {
        let _ = write!(
            notes,
            "# Spring waits at {USUAL_PATH}* for the code. For this redirect URI, in the security configuration:\n\
             # http.oauth2Login(login -> login.redirectionEndpoint(at -> at.baseUri({})))\n",
            literal(&values.path)
        );
    }
    if values.spec.require_pkce {
        notes.push_str(
            "# PKCE is required: Spring Security 6 sends it for applications with a secret when the request\n\
             # resolver is given OAuth2AuthorizationRequestCustomizers.withPkce().\n",
        );
    }
    format!(
        "# application.yml, with spring-boot-starter-oauth2-client
{notes}spring:
  security:
    oauth2:
      client:
        registration:
          tessera:
            client-id: {client_id}
            client-secret: ${{CLIENT_SECRET}}
            authorization-grant-type: authorization_code
            redirect-uri: {redirect_uri}
            scope: [{scopes}]
        provider:
          tessera:
            issuer-uri: {issuer}"
    )
}
