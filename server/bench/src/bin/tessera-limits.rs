//! What the machine allows: servers that do nothing but what no server can do without, to compare Tessera with.

use std::sync::Arc;

use anyhow::Context as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Form, Router};

/// Bytes of an answer with a token, and of a metadata document.
const TOKEN: usize = 900;
const DOCUMENT: usize = 3_200;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listen = std::env::args().nth(1).context("tessera-limits ADDRESS")?;
    let key = Arc::new(KeyPair::generate(KeySize::Rsa2048).context("a key")?);
    let router = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/document", get(|| async { json(filled(DOCUMENT)) }))
        .route("/form", post(|Form(fields): Form<Vec<(String, String)>>| async move { answer(&fields, TOKEN) }))
        .route("/rs256", post(signed))
        .with_state(key);
    let listener = tokio::net::TcpListener::bind(listen).await?;
    Ok(axum::serve(listener, router).await?)
}

/// One RSA signature of 2048 bits, by a key that was parsed before.
async fn signed(State(key): State<Arc<KeyPair>>, Form(fields): Form<Vec<(String, String)>>) -> impl IntoResponse {
    let text = filled(TOKEN - 342);
    let mut signature = vec![0; key.public_modulus_len()];
    #[expect(clippy::disallowed_methods, reason = "an argument that aws-lc-rs ignores for this padding")]
    let unused = aws_lc_rs::rand::SystemRandom::new();
    key.sign(&RSA_PKCS1_SHA256, &unused, text.as_bytes(), &mut signature).expect("signs");
    answer(&fields, TOKEN + usize::from(signature[0] == 0))
}

fn answer(fields: &[(String, String)], length: usize) -> impl IntoResponse + use<> {
    json(filled(length + fields.len()))
}

fn filled(length: usize) -> String {
    "x".repeat(length)
}

fn json(text: String) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text)
}
