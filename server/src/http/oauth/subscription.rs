//! The subscription whose issuer a request is for, as an argument of a handler.

use std::sync::Arc;

use app::end_user::Brand;
use app::visit::PageError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use oidc::certificate::Certificate;
use oidc::error::OAuthError;
use service::snapshot::Snapshot;
use service::tokens::Failure;

use crate::http::address::Tenancy;
use crate::http::arrival::Arrival;
use crate::http::render;
use crate::http::site::Site;
use crate::http::visit::Context;

/// Its configuration of this moment, and who is calling.
pub struct Subscription {
    /// What decisions look at.
    pub snap: Arc<Snapshot>,
    /// Who is calling.
    pub arrival: Arc<Arrival>,
}

impl FromRequestParts<Site> for Subscription {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        Self::find(parts, site).await.map_err(|error| render::service_error(&error))
    }
}

/// The same for an endpoint that browsers come to: errors are pages.
pub struct Visited {
    /// The subscription.
    pub subscription: Subscription,
    /// What renderers need.
    pub context: Context,
}

impl FromRequestParts<Site> for Visited {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let mut context = Context::from_parts(&parts.uri, &parts.headers, &parts.extensions);
        match Subscription::find(parts, site).await {
            Ok(subscription) => {
                context.brand = Some(Brand::of(&subscription.snap, context.base()));
                Ok(Self { subscription, context })
            }
            Err(error) => Err(render::page_error(site, &context, &PageError::Service(error))),
        }
    }
}

impl Subscription {
    async fn find(parts: &Parts, site: &Site) -> service::Result<Self> {
        let tenancy = parts.extensions.get::<Tenancy>().ok_or(service::Error::NotFound)?;
        let snap = site.ctx.snapshots.get(&site.ctx, &tenancy.slug).await?;
        Ok(Self { snap, arrival: Arrival::of_request(&parts.extensions) })
    }

    /// Realm of challenges: the issuer.
    pub fn realm(&self) -> &str {
        self.snap.tenant.issuer()
    }

    /// Of the client, if its connection has one.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.arrival.certificate.as_deref()
    }

    /// An error of the protocol.
    pub fn refuse(&self, error: &OAuthError) -> Response {
        render::oauth_error(error, self.realm())
    }

    /// What a token endpoint gives instead of an answer.
    pub fn failure(&self, failure: &Failure) -> Response {
        match failure {
            Failure::OAuth(error) => self.refuse(error),
            Failure::Service(error) => render::service_error(error),
        }
    }
}
