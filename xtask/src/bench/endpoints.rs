//! How fast the endpoints of the protocol are: against what the machine allows (`tessera-limits`) and against npm's
//! `oidc-provider`, all of them on this machine in this run, one after the other.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::load::{self, CONNECTIONS, Load, STARTS};
use super::server::Server;
use crate::run::{cargo, ok, output, program, say};
use crate::{npm, paths, server_build};

/// Each is measured so many times; the median counts.
const ROUNDS: usize = 3;
/// Refresh tokens to begin with: one for each connection, and some that `wrk` asks for and never sends.
const TOKENS: usize = CONNECTIONS * 2;
/// Of all clients: it guards nothing but a folder under `target`.
const SECRET: &str = "a-secret-for-measurements-of-32-bytes";
const PASSWORD: &str = "nine patient owls count requests";

/// Something to measure, and how often a second it happened in each round.
struct Work {
    name: &'static str,
    load: Load<'static>,
    /// Requests for one piece of work.
    requests: f64,
    /// Name of what it is compared with, and the ratio that it is to reach.
    goals: Vec<(&'static str, f64)>,
    seen: Vec<f64>,
}

impl Work {
    fn median(&self) -> f64 {
        let mut seen = self.seen.clone();
        seen.sort_by(f64::total_cmp);
        seen.get(seen.len() / 2).copied().unwrap_or_default() / self.requests
    }
}

/// Measures, and prints a table.
pub fn run() -> Result<()> {
    load::ready()?;
    server_build::release()?;
    say("building tessera-limits (release)");
    ok(cargo().args(["build", "--release", "--bin", "tessera-limits"]))?;
    npm::install("server/bench/peer")?;
    let folder = paths::root().join("target/bench/endpoints");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;

    let limits = Server::start("/healthz", |port| {
        let mut command = program(paths::at("target/release/tessera-limits"));
        command.arg(format!("127.0.0.1:{port}"));
        command
    })?;
    let peer = Server::start("/.well-known/openid-configuration", |port| {
        let mut command = program("node");
        // It warns that its configuration is one for development.
        command.args(["server/bench/peer/provider.mjs", &port.to_string(), SECRET]).stderr(Stdio::null());
        command
    })?;
    // A file that exists already is what a start is measured on.
    drop(tessera(&folder)?);
    let server = tessera(&folder)?;
    let idle = server.memory()?.0;
    configure(&folder)?;
    let prepared = prepare(&server)?;

    let mut works = works(&limits, &peer, &server, &prepared);
    for round in 1..=ROUNDS {
        say(&format!("round {round} of {ROUNDS}"));
        for work in &mut works {
            work.seen.push(work.load.run().with_context(|| work.name)?);
        }
    }
    print(&works);
    println!("start to first answer, on an existing file: {} ms", server.started_in.as_millis());
    println!("memory: {idle} MB idle, {} MB at its highest", server.memory()?.1);
    Ok(())
}

fn tessera(folder: &Path) -> Result<Server> {
    Server::start("/healthz", |port| {
        let mut command = program(paths::at("target/release/tessera"));
        command.arg("serve").env("TESSERA_LISTEN", format!("127.0.0.1:{port}"));
        command.env("TESSERA_PUBLIC_URL", format!("http://127.0.0.1:{port}")).envs(place(folder));
        command.stderr(Stdio::null());
        command
    })
}

fn place(folder: &Path) -> [(&'static str, String); 5] {
    let folder = folder.display();
    [
        ("TESSERA_DATABASE_URL", format!("sqlite:{folder}/tessera.db")),
        ("TESSERA_DATA_DIR", folder.to_string()),
        ("TESSERA_MASTER_KEY_FILE", format!("{folder}/master.key")),
        ("TESSERA_LOG", "warn".to_owned()),
        // One machine stands for everybody.
        ("TESSERA_PAGE_REQUESTS_PER_SECOND", "0".to_owned()),
    ]
}

/// An application for each kind of token.
fn configure(folder: &Path) -> Result<()> {
    let service = |client_id: &str, more: Value| {
        let mut application = json!({
            "client_id": client_id, "name": client_id, "type": "service", "secret": format!("value:{SECRET}"),
            "grant_types": ["client_credentials"], "allowed_identity_scopes": [], "allowed_api_scopes": ["api"],
        });
        merge(&mut application, more);
        application
    };
    let web = |client_id: &str, format: &str| {
        json!({
            "client_id": client_id, "name": client_id, "type": "web", "secret": format!("value:{SECRET}"),
            "redirect_uris": ["https://bench.example/callback"],
            "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange"],
            "exchange_targets": ["api"], "access_token_format": format,
            "allowed_identity_scopes": ["openid", "profile", "email"], "allowed_api_scopes": ["api"],
        })
    };
    let file = json!({ "subscriptions": [{
        "slug": "bench", "name": "Measurements",
        "api_connections": [{ "name": "api", "display_name": "API", "secret": format!("value:{SECRET}") }],
        "applications": [
            service("rs256", json!({})),
            service("es256", json!({ "access_token_signing_alg": "ES256" })),
            service("eddsa", json!({ "access_token_signing_alg": "EdDSA" })),
            service("hs256", json!({ "dialect": "connect" })),
            service("reference", json!({ "access_token_format": "reference" })),
            web("web", "jwt"), web("web-reference", "reference"),
        ],
        "users": [{ "username": "john", "password": format!("value:{PASSWORD}"), "email": "john@bench.example",
                    "email_verified": true, "claims": { "name": "John Doe" } }],
    }] });
    let path = folder.join("bench.json");
    fs::write(&path, file.to_string())?;
    let mut apply = program(paths::at("target/release/tessera"));
    apply.arg("apply").arg(&path).envs(place(folder)).env("TESSERA_PUBLIC_URL", "http://127.0.0.1");
    output(&mut apply)?;
    // A running server learns of it within a second.
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    Ok(())
}

fn merge(object: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
        if object.contains_key("dialect") {
            object.remove("access_token_format");
        }
    }
}

/// See `server/bench/peer/prepare.mjs`.
fn prepare(server: &Server) -> Result<Value> {
    let count = (TOKENS * STARTS * ROUNDS).to_string();
    let mut node = program("node");
    node.args(["server/bench/peer/prepare.mjs", &server.url("/s/bench"), "john", PASSWORD, SECRET, &count]);
    serde_json::from_str(&output(&mut node)?).context("what prepare.mjs prints")
}

fn work(name: &'static str, goals: &[(&'static str, f64)], load: Load<'static>) -> Work {
    Work { name, load, requests: 1.0, goals: goals.to_vec(), seen: Vec::new() }
}

fn post(url: String, args: &[&str]) -> Load<'static> {
    Load { script: "post", url, args: args.iter().map(|arg| (*arg).to_owned()).collect(), fresh: Vec::new() }
}

fn get(url: String, args: &[&str]) -> Load<'static> {
    Load { script: "get", ..post(url, args) }
}

/// A request for a token of a client's own.
fn grant(client: &str) -> String {
    format!("grant_type=client_credentials&client_id={client}&client_secret={SECRET}&scope=api")
}

fn works(limits: &Server, peer: &Server, server: &Server, prepared: &Value) -> Vec<Work> {
    let mut works = measures(limits, peer);
    works.extend(without_people(server));
    works.extend(with_people(server, prepared));
    works
}

/// What the endpoints are compared with.
fn measures(limits: &Server, peer: &Server) -> Vec<Work> {
    let theirs = |client: &str| post(peer.url("/token"), &[&grant(client)]);
    let token = format!("token={}", peer_token(peer));
    let by_client = format!("Basic {}", basic("reference"));
    vec![
        work("limit: form", &[], post(limits.url("/form"), &["a=b&c=d&e=f&g=h"])),
        work("limit: form and RS256", &[], post(limits.url("/rs256"), &["a=b&c=d&e=f&g=h"])),
        work("limit: document", &[], get(limits.url("/document"), &[])),
        work(THEIR_RS256, &[], theirs("rs256")),
        work(THEIR_ES256, &[], theirs("es256")),
        work(THEIR_OPAQUE, &[], theirs("reference")),
        work(THEIR_INTROSPECTION, &[], post(peer.url("/token/introspection"), &[&token, &by_client])),
        work(THEIR_DISCOVERY, &[], get(peer.url("/.well-known/openid-configuration"), &[])),
    ]
}

const THEIR_RS256: &str = "oidc-provider: client credentials, RS256";
const THEIR_ES256: &str = "oidc-provider: client credentials, ES256";
const THEIR_OPAQUE: &str = "oidc-provider: client credentials, opaque";
const THEIR_INTROSPECTION: &str = "oidc-provider: introspection";
const THEIR_DISCOVERY: &str = "oidc-provider: discovery";

fn without_people(server: &Server) -> Vec<Work> {
    let at = |path: &str| server.url(&format!("/s/bench{path}"));
    let own = |client: &str| post(at("/connect/token"), &[&grant(client)]);
    vec![
        work("client credentials, RS256", &[("limit: form and RS256", 0.9), (THEIR_RS256, 1.0)], own("rs256")),
        work("client credentials, ES256", &[("limit: form", 0.0), (THEIR_ES256, 5.0)], own("es256")),
        work("client credentials, EdDSA", &[("limit: form", 0.0)], own("eddsa")),
        work("client credentials, HS256 (stored)", &[("limit: form", 0.0)], own("hs256")),
        work("client credentials, reference", &[("limit: form", 0.0), (THEIR_OPAQUE, 2.5)], own("reference")),
        work(
            "discovery",
            &[("limit: document", 0.8), (THEIR_DISCOVERY, 1.0)],
            get(at("/.well-known/openid-configuration"), &[]),
        ),
        work("JWKS", &[("limit: document", 0.8)], get(at("/jwks.json"), &[])),
    ]
}

fn with_people(server: &Server, prepared: &Value) -> Vec<Work> {
    let at = |path: &str| server.url(&format!("/s/bench{path}"));
    let text = |name: &str| prepared[name].as_str().unwrap_or_default().to_owned();
    let by_api = format!("Basic {}", basic("api"));
    let reference = text("reference");
    let exchange = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&client_id=web&client_secret={SECRET}\
         &subject_token={}&subject_token_type=urn:ietf:params:oauth:token-type:access_token&audience=api",
        text("jwt")
    );
    let tokens = prepared["refresh"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let tokens: Vec<String> = tokens.collect();
    let form = format!("client_id=web&client_secret={SECRET}");
    let callback = "https%3A%2F%2Fbench.example%2Fcallback";
    let authorize = format!(
        "/s/bench/connect/authorize?response_type=code&client_id=web&prompt=none&scope=openid%20profile&redirect_uri={callback}"
    );
    let redeem = format!("{form}&grant_type=authorization_code&redirect_uri={callback}");
    let codes = Load {
        script: "codes",
        url: at("/connect/authorize"),
        args: vec![text("cookie"), authorize, "/s/bench/connect/token".to_owned(), redeem],
        fresh: Vec::new(),
    };
    let refresh = Load {
        script: "refresh",
        url: at("/connect/token"),
        args: vec![format!("{form}&grant_type=refresh_token")],
        fresh: tokens.chunks(TOKENS).map(<[String]>::to_vec).collect(),
    };
    let token = format!("token={reference}");
    vec![
        Work { requests: 2.0, ..work("authorize and code redemption", &[("limit: form and RS256", 0.0)], codes) },
        work("refresh", &[("limit: form and RS256", 0.0)], refresh),
        work("token exchange", &[("limit: form and RS256", 0.0)], post(at("/connect/token"), &[&exchange])),
        work(
            "introspection of a reference token",
            &[("limit: form", 0.25), (THEIR_INTROSPECTION, 5.0)],
            post(at("/connect/introspect"), &[&token, &by_api]),
        ),
        work(
            "UserInfo with a reference token",
            &[("limit: document", 0.25), (THEIR_INTROSPECTION, 5.0)],
            get(at("/connect/userinfo"), &[&format!("Bearer {reference}")]),
        ),
    ]
}

/// A token that the peer gave, to be introspected by its own client.
fn peer_token(peer: &Server) -> String {
    let body = grant("reference");
    let script = "const [u, b] = process.argv.slice(1); const r = await fetch(u, { method: 'POST', body: new \
                  URLSearchParams(b) }); console.log((await r.json()).access_token);";
    let mut node = program("node");
    node.args(["--input-type=module", "-e", script, &peer.url("/token"), &body]);
    output(&mut node).unwrap_or_default()
}

/// Name and secret as RFC 7617 has them.
fn basic(name: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(format!("{name}:{SECRET}"))
}

fn print(works: &[Work]) {
    println!("{:<46} {:>10}  compared with", "", "per second");
    for work in works {
        println!("{:<46} {:>10.0}", work.name, work.median());
        for (other, goal) in &work.goals {
            let Some(other) = works.iter().find(|work| work.name == *other) else { continue };
            let ratio = work.median() / other.median();
            let goal = if *goal > 0.0 { format!(" (to reach: {goal:.2})") } else { String::new() };
            println!("{:<46} {ratio:>10.2}  x {}{goal}", "", other.name);
        }
    }
}
