//! A request that can be changed bit by bit before it is one.

use axum::body::Body;
use axum::extract::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::app::encode;

/// See the module.
#[derive(Clone, Debug)]
pub struct Message {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub fields: Vec<(String, String)>,
    /// The fields stand in the address.
    pub in_query: bool,
    /// Changes what was encoded: a byte at a place, counted from the front and in circles.
    pub bent: Vec<(usize, u8)>,
}

impl Message {
    pub fn get(path: String, fields: &[(&str, &str)]) -> Self {
        Self { method: "GET", in_query: true, ..Self::post(path, fields) }
    }

    pub fn post(path: String, fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut message = Self { method: "POST", path, headers: Vec::new(), fields, in_query: false, bent: Vec::new() };
        message.set("content-type", "application/x-www-form-urlencoded");
        message
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.as_bytes().to_vec()));
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub fn basic(self, (name, secret): (&str, &str)) -> Self {
        self.with("authorization", &format!("Basic {}", STANDARD.encode(format!("{name}:{secret}"))))
    }

    /// `None` for what cannot even be written down as a request.
    pub fn request(&self) -> Option<Request> {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let mut encoded = encode(&fields).into_bytes();
        for (at, byte) in &self.bent {
            let length = encoded.len().max(1);
            if let Some(place) = encoded.get_mut(at % length) {
                *place = *byte;
            }
        }
        let mut uri = self.path.clone().into_bytes();
        let body = if self.in_query {
            uri.push(b'?');
            uri.extend(encoded);
            Vec::new()
        } else {
            encoded
        };
        let mut request = Request::builder().method(self.method).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(name, value.as_slice());
        }
        request.body(Body::from(body)).ok()
    }
}
