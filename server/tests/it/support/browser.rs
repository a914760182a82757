//! A browser without eyes: keeps cookies, sends `Origin`, follows redirects within the server.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Builder;

use super::app::{encode, form};
use super::{Reply, TestApp};

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    app: TestApp,
    /// Cookies by name.
    pub cookies: BTreeMap<String, String>,
    /// Where the last page stood: path and query.
    pub here: String,
}

impl Browser {
    /// Fresh.
    pub fn new(app: TestApp) -> Self {
        Self { app, cookies: BTreeMap::new(), here: "/".to_owned() }
    }

    /// Opens an address; redirects are not followed.
    pub async fn get(&mut self, path: &str) -> Reply {
        let request = Request::get(self.local(path)).header("sec-fetch-site", "same-origin");
        self.here = self.local(path);
        self.send(request, String::new()).await
    }

    /// Opens an address and follows every redirect that stays on the server.
    pub async fn open(&mut self, path: &str) -> Reply {
        let reply = self.get(path).await;
        self.follow(reply).await
    }

    /// Submits a form of the page that is open; redirects are not followed.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let origin = self.app.origin().to_owned();
        let request = form(&self.local(path)).header("origin", origin).header("sec-fetch-site", "same-origin");
        self.here = self.local(path);
        self.send(request, encode(fields)).await
    }

    /// Submits a form with files; redirects are not followed.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Reply {
        let origin = self.app.origin().to_owned();
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, content) in files {
            let head = format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"../a.svg\"\r\n");
            body.extend(format!("{head}Content-Type: image/svg+xml\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--X--\r\n");
        let request = Request::post(self.local(path)).header("content-type", "multipart/form-data; boundary=X");
        let request = request.header("origin", origin).header("content-length", body.len());
        self.here = self.local(path);
        self.send(request, body).await
    }

    /// Submits a form and follows.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.post(path, fields).await;
        self.follow(reply).await
    }

    /// Follows redirects until one leaves the server or there is a page.
    pub async fn follow(&mut self, mut reply: Reply) -> Reply {
        for _ in 0..10 {
            let to = reply.header("location").to_owned();
            let stays = to.starts_with('/') || to.starts_with(&format!("{}/", self.app.origin()));
            if !reply.status.is_redirection() || !stays {
                return reply;
            }
            reply = self.get(&to).await;
        }
        panic!("redirected in circles, last to {}", reply.header("location"));
    }

    fn local(&self, path: &str) -> String {
        path.strip_prefix(self.app.origin()).unwrap_or(path).to_owned()
    }

    async fn send(&mut self, request: Builder, body: impl Into<Body>) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) };
        let reply = self.app.send(request.body(body.into()).expect("request")).await;
        for line in reply.header_lines("set-cookie") {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("name=value");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        reply
    }
}
