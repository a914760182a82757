//! npm's oidc-client-ts, version 3.

use std::fmt::Write as _;

use super::{Values, literal};

pub(super) fn sign_in(values: &Values<'_>) -> String {
    let scopes = values.scopes.join(" ");
    let [authority, client_id, redirect_uri, scopes] =
        [values.issuer, &values.spec.client_id, values.redirect_uri, &scopes].map(literal);
    let mut more = String::new();
    if let Some(uri) = values.spec.post_logout_redirect_uris.first() {
        let _ = write!(more, "\n  post_logout_redirect_uri: {},", literal(uri));
    }
    format!(
        "import {{ UserManager }} from 'oidc-client-ts'

const users = new UserManager({{
  authority: {authority},
  client_id: {client_id},
  redirect_uri: {redirect_uri},{more}
  scope: {scopes},
}})

// Send the browser to the sign-in.
await users.signinRedirect()

// On the page of the redirect URI.
const user = await users.signinCallback()
console.log(user.profile, user.access_token)

// Sign out, here and there.
await users.signoutRedirect()"
    )
}
