//! The failure doctor: what a refused request was, against what was expected, found by the reference
//! that the failure page shows. Viewers look, owners mend.

use model::Role;
use model::difference::{Difference, difference, nearest};
use model::spec::ApplicationSpec;
use serde_json::{Map, Value};
use store::Conn;
use store::applications::Application;

use super::applications;
use super::place::{enter, enter_to_people};
use crate::actor::Actor;
use crate::change::Done;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// The code of a request whose redirect URI is not registered.
pub const UNREGISTERED: &str = "unregistered-redirect-uri";
/// Ends the kinds of events that are about refused requests.
const REFUSED: &str = "_refused";

/// A refused request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureView {
    /// As the failure page shows it.
    pub reference: String,
    /// Unix seconds.
    pub at: i64,
    /// `authorization_refused`, `token_refused`, …
    pub kind: String,
    /// Code of the problem.
    pub error: String,
    /// For a developer, as the application was told.
    pub description: String,
    /// Where the request came from.
    pub address: String,
    /// As received.
    pub client_id: String,
    /// Row id and name of the application of that `client_id`, while there is one.
    pub application: Option<(String, String)>,
    /// As received, where it was refused.
    pub redirect_uri: Option<String>,
    /// Redirect URIs of the application, as of now.
    pub registered: Vec<String>,
    /// Between what was received and the registered URI nearest to it.
    pub difference: Option<Difference>,
}

impl FailureView {
    /// True when the redirect URI that was refused could be registered.
    pub fn can_be_allowed(&self) -> bool {
        let Some(uri) = &self.redirect_uri else { return false };
        self.application.is_some() && !self.registered.contains(uri)
    }

    /// What an owner types before a redirect URI is added: its host, or its scheme where it has none.
    pub fn host(&self) -> String {
        let uri = self.redirect_uri.as_deref().unwrap_or_default();
        let parsed = url::Url::parse(uri).ok();
        parsed.map(|url| url.host_str().unwrap_or(url.scheme()).to_owned()).unwrap_or_default()
    }
}

/// One refused request.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, reference: &str) -> Result<FailureView> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let id = &subscription.object.id;
    let found = store::events::by_reference(&mut conn, id, &reference.trim().to_uppercase()).await?;
    let event = found.into_iter().find(|event| event.kind.ends_with(REFUSED)).ok_or(Error::NotFound)?;
    let data: Map<String, Value> = event.data.decode()?;
    let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let application = match &event.application_id {
        Some(application_id) => find(&mut conn, id, application_id).await?,
        None => None,
    };
    let error = text("error");
    let redirect_uri = Some(text("redirect_uri")).filter(|uri| error == UNREGISTERED && !uri.is_empty());
    let registered = application.as_ref().map(|a| a.object.spec.redirect_uris.clone()).unwrap_or_default();
    let expected = redirect_uri.as_deref().and_then(|uri| nearest(uri, registered.iter().map(String::as_str)));
    Ok(FailureView {
        difference: redirect_uri.as_deref().zip(expected).map(|(uri, expected)| difference(uri, expected)),
        reference: event.reference.unwrap_or_default(),
        at: event.at,
        kind: event.kind,
        description: text("description"),
        address: text("address"),
        client_id: text("client_id"),
        application: application.map(|a| (a.object.id, a.object.spec.name)),
        error,
        redirect_uri,
        registered,
    })
}

/// Registers the redirect URI that was refused. It sends people and codes to wherever it points, so only
/// an owner may; the host is typed before (see [`FailureView::host`]).
pub async fn allow_redirect_uri(ctx: &Ctx, actor: &Actor, slug: &str, reference: &str) -> Result<Done> {
    let mut conn = ctx.read().await?;
    enter(&mut conn, actor, slug, Role::Owner).await?;
    drop(conn);
    let failure = get(ctx, actor, slug, reference).await?;
    let (Some((id, _)), Some(uri)) = (&failure.application, &failure.redirect_uri) else {
        return Err(Error::NotFound);
    };
    let stored = applications::get(ctx, actor, slug, id).await?.stored;
    if stored.spec.redirect_uris.contains(uri) {
        return Ok(Done::default());
    }
    let mut redirect_uris = stored.spec.redirect_uris.clone();
    redirect_uris.push(uri.clone());
    let spec = ApplicationSpec { redirect_uris, ..stored.spec };
    let saved = applications::update(ctx, actor, slug, id, stored.version, spec).await;
    saved.map(|saved| saved.done).map_err(|error| match error {
        // The rules for registered URIs are told at a field that this page does not have.
        Error::Invalid(mut errors) => {
            errors.0.iter_mut().for_each(|error| error.field.clear());
            Error::Invalid(errors)
        }
        other => other,
    })
}

async fn find(conn: &mut Conn, subscription_id: &str, id: &str) -> Result<Option<Application>> {
    let found = store::applications::find(conn, id).await?;
    Ok(found.filter(|application| application.subscription_id == subscription_id))
}
