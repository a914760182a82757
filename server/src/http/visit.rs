//! From a request to what a page is given.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::end_user::Brand;
use app::visit::{Files, Visit};
use axum::extract::Request;
use axum::http::{Extensions, HeaderMap, Uri};
use model::FormData;

use super::address::Tenancy;
use super::arrival::Arrival;
use super::cookies::Jar;
use super::form::{self, Unreadable};
use super::site::Site;
use super::{locale, notice};

/// What a renderer needs of a request after the page has consumed it.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who is asking, under which id.
    pub arrival: Arc<Arrival>,
    /// Inside an issuer.
    pub tenancy: Option<Tenancy>,
    /// What the browser has.
    pub jar: Jar,
    /// The page's language.
    pub locale: app::i18n::Locale,
    /// How the subscription presents itself, where it is known: errors stand under it.
    pub brand: Option<Brand>,
}

impl Context {
    /// Of any request; a query that cannot be read counts as none.
    pub fn of(request: &Request) -> Self {
        Self::from_parts(request.uri(), request.headers(), request.extensions())
    }

    /// The same, where the body is elsewhere.
    pub fn from_parts(uri: &Uri, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let arrival = Arrival::of_request(extensions);
        let jar = Jar::read(headers);
        let chosen = jar.get(&arrival.names.language());
        let locale = locale::choose(&query(uri).unwrap_or_default(), chosen, headers);
        Self { arrival, tenancy: extensions.get().cloned(), jar, locale, brand: None }
    }

    /// Looks up the branding of the subscription, for an error page.
    pub async fn find_brand(&mut self, site: &Site) {
        if let Some(tenancy) = &self.tenancy {
            let found = site.ctx.snapshots.get(&site.ctx, &tenancy.slug).await;
            self.brand = found.ok().map(|snap| Brand::of(&snap, &tenancy.base));
        }
    }

    /// Where the way on leads from an error: nowhere, when there is no such subscription.
    pub fn home(&self) -> Option<String> {
        match &self.tenancy {
            Some(tenancy) => self.brand.as_ref().map(|_| format!("{}/account", tenancy.base)),
            None => Some("/console".to_owned()),
        }
    }

    /// Path of the issuer; empty in the console.
    pub fn base(&self) -> &str {
        self.tenancy.as_ref().map_or("", |tenancy| tenancy.base.as_str())
    }

    /// The subscription; empty in the console.
    pub fn slug(&self) -> &str {
        self.tenancy.as_ref().map_or("", |tenancy| tenancy.slug.as_str())
    }

    /// The session cookie of this page's subscription.
    pub fn session<'a>(&'a self, site: &Site) -> Option<&'a str> {
        self.jar.get(&site.cookies.session(&self.tenancy.as_ref()?.slug))
    }
}

/// The fields of a query.
///
/// # Errors
/// When it is no text.
pub fn query(uri: &Uri) -> Result<FormData, Unreadable> {
    form::fields(uri.query().unwrap_or_default().as_bytes())
}

/// What a page is given.
///
/// # Errors
/// A query that is no text.
pub fn read(
    site: &Site,
    context: &Context,
    request: &Request,
    mut params: BTreeMap<String, String>,
) -> Result<Visit, Unreadable> {
    let jar = &context.jar;
    let mut cookies = BTreeMap::new();
    let mut note =
        |name: &str, value: Option<&str>| value.map(|value| cookies.insert(name.to_owned(), value.to_owned()));
    note("console", jar.get(&site.cookies.console()));
    note("session", context.session(site));
    if let Some(tenancy) = &context.tenancy {
        params.insert("slug".to_owned(), tenancy.slug.clone());
    }
    Ok(Visit {
        ctx: site.ctx.clone(),
        params,
        query: query(request.uri())?,
        here: context.arrival.here.clone(),
        base: context.base().to_owned(),
        cookies,
        locale: context.locale,
        client: context.arrival.client.clone(),
        admin: None,
        files: Files::default(),
        notice: notice::open(&site.ctx, site.cookies, jar, &context.arrival.here),
    })
}
