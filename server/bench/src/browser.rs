//! An administrator's browser, without a network: keeps cookies, sends `Origin`, follows redirects.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use http_body_util::BodyExt as _;
use server::config::Settings;
use tower::ServiceExt as _;

/// Redirects in a row that are still believed to lead somewhere.
const HOPS: usize = 10;

/// See the module.
pub struct Browser {
    router: Router,
    origin: String,
    host: String,
    cookies: BTreeMap<String, String>,
    here: String,
}

/// A page.
pub struct Reply {
    /// Of the last answer.
    pub status: StatusCode,
    /// Its text.
    pub body: String,
    /// From the request until the whole text was there.
    pub took: Duration,
    location: Option<String>,
}

impl Browser {
    /// Fresh.
    pub fn new(router: Router, settings: &Settings) -> Self {
        let origin = settings.public_url.as_str().to_owned();
        let host = settings.public_url.authority().to_owned();
        Self { router, origin, host, cookies: BTreeMap::new(), here: "/".to_owned() }
    }

    /// Opens an address and follows redirects.
    pub async fn open(&mut self, path: &str) -> anyhow::Result<Reply> {
        let reply = self.get(path).await?;
        self.follow(reply).await
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<Reply> {
        self.send(path, None).await
    }

    /// Submits the form of the page that is open, and follows.
    pub async fn submit(&mut self, fields: &[(&str, &str)]) -> anyhow::Result<Reply> {
        let reply = self.post(&self.here.clone(), fields).await?;
        self.follow(reply).await
    }

    /// Posts a form to an address.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Reply> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(path, Some(body)).await
    }

    async fn follow(&mut self, mut reply: Reply) -> anyhow::Result<Reply> {
        for _ in 0..HOPS {
            let Some(to) = reply.location.clone().filter(|_| reply.status.is_redirection()) else {
                return Ok(reply);
            };
            reply = self.get(&to).await?;
        }
        bail!("redirected in circles, last to {}", self.here)
    }

    async fn send(&mut self, path: &str, form: Option<String>) -> anyhow::Result<Reply> {
        path.strip_prefix(&self.origin).unwrap_or(path).clone_into(&mut self.here);
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let method = if form.is_some() { "POST" } else { "GET" };
        let request = Request::builder()
            .method(method)
            .uri(&self.here)
            .header(header::HOST, &self.host)
            .header(header::ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookies.join("; "))
            .body(Body::from(form.unwrap_or_default()))?;
        let begun = Instant::now();
        let response = self.router.clone().oneshot(request).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.context("reading the answer")?.to_bytes();
        let took = begun.elapsed();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str()?;
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').context("a cookie has a name")?;
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        Ok(Reply { status: parts.status, body: String::from_utf8_lossy(&body).into_owned(), took, location })
    }
}

impl Reply {
    /// The part of the text between two others.
    pub fn between(&self, before: &str, after: &str) -> anyhow::Result<&str> {
        let rest = self.body.split_once(before).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.split_once(after)).map(|(found, _)| found).with_context(|| format!("no {before}"))
    }

    /// Refuses anything but a page.
    pub fn page(self, path: &str) -> anyhow::Result<Self> {
        ensure!(self.status == StatusCode::OK, "{path} answers {}", self.status);
        Ok(self)
    }
}
