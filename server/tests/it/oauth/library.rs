//! The configuration that most tests share: a library's website, its API and its readers.

use serde_json::{Value, json};

/// Secret of `my-app`.
pub const SECRET: &str = "my-app-secret-of-at-least-32-bytes";
/// Secret of `museum`.
pub const MUSEUM_SECRET: &str = "museum-secret-of-at-least-32-bytes";
/// Secret of `library-api`.
pub const API_SECRET: &str = "library-api-secret-of-at-least-32-bytes";
/// Secret of `museum-api`.
pub const MUSEUM_API_SECRET: &str = "museum-api-secret-of-at-least-32-bytes";
/// Where codes go.
pub const CALLBACK: &str = "https://library.example/callback";
/// Where people go after signing out.
pub const BYE: &str = "https://library.example/bye";
/// Of users that [`Library::password`] gave one.
pub const PASSWORD: &str = "quiet river under stones";

/// An apply file with one subscription.
#[derive(Clone)]
pub struct Library(Value);

impl Library {
    /// Two readers: `john` has everything, `mary` has no library card. Nobody has a password, since
    /// hashing takes its time.
    pub fn new(slug: &str) -> Self {
        let web = |client_id: &str, secret: &str| {
            json!({
                "client_id": client_id, "name": format!("The {client_id}"), "type": "web",
                "secret": format!("value:{secret}"),
                "redirect_uris": [CALLBACK], "post_logout_redirect_uris": [BYE],
                "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
                "allowed_identity_scopes": ["openid", "profile", "email", "library"],
                "allowed_api_scopes": ["library-api", "books", "museum-api"],
            })
        };
        Self(json!({
            "slug": slug, "name": format!("The {slug}"),
            "claims": [{
                "name": "library_card", "display_name": "Library card", "type": "string",
                "pattern": "^LC-[0-9]{6}$", "unique": true,
            }, { "name": "shelf", "display_name": "Favourite shelf", "type": "string" }],
            "identity_scopes": [{ "name": "library", "display_name": "Library", "claims": ["library_card"] }],
            "api_connections": [
                { "name": "library-api", "display_name": "Library", "secret": format!("value:{API_SECRET}"),
                  "scopes": [{ "name": "books", "display_name": "Your books" }] },
                { "name": "museum-api", "display_name": "Museum", "secret": format!("value:{MUSEUM_API_SECRET}") },
            ],
            "applications": [
                web("my-app", SECRET),
                web("museum", MUSEUM_SECRET),
                { "client_id": "reader", "name": "The reader", "type": "single-page",
                  "redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token"],
                  "allowed_identity_scopes": ["openid", "profile"], "allowed_api_scopes": ["books"] },
            ],
            "users": [
                { "username": "john", "email": "john.doe@email.com", "email_verified": true,
                  "claims": { "name": "John Doe", "given_name": "John", "library_card": "LC-123456" } },
                { "username": "mary", "email": "mary@email.com", "claims": { "name": "Mary Major" } },
            ],
        }))
    }

    /// Other values for keys of the subscription.
    pub fn subscription(mut self, values: &Value) -> Self {
        merge(&mut self.0, values);
        self
    }

    /// Other values for keys of an application.
    pub fn application(mut self, client_id: &str, values: &Value) -> Self {
        merge(self.find("applications", "client_id", client_id), values);
        self
    }

    /// No secret in the file for an application: what is there stays.
    pub fn without_secret(mut self, client_id: &str) -> Self {
        let application = self.find("applications", "client_id", client_id);
        application.as_object_mut().expect("an object").remove("secret");
        self
    }

    /// Other values for keys of an API connection.
    pub fn connection(mut self, name: &str, values: &Value) -> Self {
        merge(self.find("api_connections", "name", name), values);
        self
    }

    /// Other values for keys of a user.
    pub fn user(mut self, username: &str, values: &Value) -> Self {
        merge(self.find("users", "username", username), values);
        self
    }

    /// [`PASSWORD`] for a user.
    pub fn password(self, username: &str) -> Self {
        self.user(username, &json!({ "password": format!("value:{PASSWORD}") }))
    }

    /// Other values for keys of a claim.
    pub fn claim(mut self, name: &str, values: &Value) -> Self {
        merge(self.find("claims", "name", name), values);
        self
    }

    /// Name in addresses.
    pub fn slug(&self) -> &str {
        self.0["slug"].as_str().expect("a slug")
    }

    /// The same for another subscription.
    pub fn named(mut self, slug: &str) -> Self {
        self.0["slug"] = json!(slug);
        self
    }

    /// The file.
    pub fn file(&self) -> String {
        json!({ "subscriptions": [self.0] }).to_string()
    }

    fn find(&mut self, list: &str, key: &str, name: &str) -> &mut Value {
        let mut objects = self.0[list].as_array_mut().expect("a list").iter_mut();
        objects.find(|object| object[key] == name).expect("an object of this name")
    }
}

fn merge(object: &mut Value, values: &Value) {
    for (key, value) in values.as_object().expect("an object") {
        object[key] = value.clone();
    }
}
