//! Requests against listeners of this process (docs/security.md 72).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::connect::Connector;
use super::{Bounds, Outgoing, OutgoingError, Rules};
use crate::network::Networks;

/// Answers every connection with the same bytes; tells what was asked.
async fn listener(answer: &str) -> (SocketAddr, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let address = listener.local_addr().expect("an address");
    let (asked, heard) = unbounded_channel();
    let answer = answer.to_owned();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8192];
            let read = stream.read(&mut request).await.unwrap_or(0);
            let _ = asked.send(String::from_utf8_lossy(&request[..read]).into_owned());
            let _ = stream.write_all(answer.as_bytes()).await;
            if answer.contains("slow") {
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
        }
    });
    (address, heard)
}

/// Of an installation in development.
fn development() -> Outgoing {
    let rules = Rules { development: true, opened: Networks::default() };
    Outgoing { rules: Arc::new(rules), connector: Connector::new().expect("TLS") }
}

/// Whose resolver gives these, one for each look-up, and then the last for ever.
fn resolving(rules: Rules, answers: &[SocketAddr]) -> (Outgoing, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let (counter, answers) = (count.clone(), answers.to_vec());
    let lookup = Arc::new(move |_: String, _: u16| {
        let turn = counter.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let answer = vec![answers[turn]];
        Box::pin(async move { Ok(answer) }) as _
    });
    (Outgoing { rules: Arc::new(rules), connector: Connector::with(lookup).expect("TLS") }, count)
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}/keys?x=y")
}

#[tokio::test]
async fn a_document_comes_with_its_age_and_the_request_says_little() {
    let (address, mut heard) =
        listener("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncache-control: max-age=60\r\nset-cookie: a=b\r\n\r\n{}")
            .await;
    let outgoing = development();
    for _ in 0..2 {
        let fetched = outgoing.get(&url(address), Bounds::default()).await.expect("fetched");
        assert_eq!((fetched.status, fetched.body.as_slice(), fetched.max_age), (200, &b"{}"[..], Some(60)));
        let asked = heard.recv().await.expect("asked").to_lowercase();
        assert!(asked.starts_with("get /keys?x=y http/1.1\r\n"), "{asked}");
        assert!(
            asked.contains(&format!("host: {address}\r\n")) && asked.contains("user-agent: tessera\r\n"),
            "{asked}"
        );
        assert!(!asked.contains("cookie"), "{asked}");
    }
}

#[tokio::test]
async fn a_form_is_posted_and_the_status_is_the_answer() {
    let (address, mut heard) = listener("HTTP/1.1 204 No Content\r\n\r\n").await;
    let status = development().post_form(&url(address), &[("logout_token", "a b&c")], Bounds::default()).await;
    assert_eq!(status.expect("posted"), 204);
    let asked = heard.recv().await.expect("asked");
    assert!(asked.starts_with("POST /keys?x=y HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("content-type: application/x-www-form-urlencoded\r\n"), "{asked}");
    assert!(asked.ends_with("\r\n\r\nlogout_token=a+b%26c"), "{asked}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, mut heard) = listener("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let redirect = format!("HTTP/1.1 302 Found\r\nlocation: http://{elsewhere}/\r\ncontent-length: 0\r\n\r\n");
    let (address, _asked) = listener(&redirect).await;
    let outgoing = development();
    assert_eq!(outgoing.get(&url(address), Bounds::default()).await.expect("fetched").status, 302);
    assert_eq!(outgoing.post_form(&url(address), &[], Bounds::default()).await.expect("posted"), 302);
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn a_large_answer_is_cut_off() {
    let bounds = Bounds { size: 1000, ..Bounds::default() };
    let announced = format!("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n{}", "x".repeat(1001));
    let unannounced = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1001));
    let chunked =
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n{}\r\n0\r\n\r\n", "x".repeat(1001));
    for answer in [announced, chunked] {
        let (address, _heard) = listener(&answer).await;
        let refused = development().get(&url(address), bounds).await;
        assert!(matches!(refused, Err(OutgoingError::TooLarge(1000))), "{refused:?}");
    }
    let (address, _heard) = listener(&unannounced).await;
    assert!(development().get(&url(address), bounds).await.is_err());
    let (address, _heard) = listener(&format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(20_000))).await;
    let refused = development().get(&url(address), bounds).await;
    assert!(matches!(refused, Err(OutgoingError::Http(_))), "{refused:?}");
}

#[tokio::test]
async fn a_slow_answer_is_not_waited_for() {
    let bounds = Bounds { time: Duration::from_millis(200), ..Bounds::default() };
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nslow";
    for answer in ["", "HTTP/1.1 200 OK\r\nslow", head] {
        let (address, _heard) = listener(if answer.is_empty() { "slow" } else { answer }).await;
        let started = std::time::Instant::now();
        let refused = development().get(&url(address), bounds).await;
        assert!(refused.is_err() && started.elapsed() < Duration::from_secs(3), "{refused:?}");
    }
    let (address, _heard) = listener(head).await;
    let refused = development().get(&url(address), bounds).await;
    assert!(matches!(refused, Err(OutgoingError::TooSlow(_))), "{refused:?}");
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_after_its_look_up() {
    let (address, mut heard) = listener("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let inside = ["127.0.0.1:443", "10.0.0.1:443", "169.254.169.254:443", "[::1]:443", "[::ffff:10.0.0.1]:443"];
    let inside = inside.map(|inside| inside.parse().expect("an address"));
    for inside in inside.into_iter().chain([address]) {
        let (outgoing, _) = resolving(Rules::default(), &[inside]);
        let refused = outgoing.get("https://app.example/", Bounds::default()).await;
        let Err(OutgoingError::Closed { address, .. }) = refused else { panic!("{refused:?}") };
        assert_eq!(address, inside.ip());
        let refused = outgoing.post_form("https://app.example/", &[], Bounds::default()).await;
        assert!(matches!(refused, Err(OutgoingError::Closed { .. })), "{refused:?}");
    }
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn what_is_named_localhost_and_leads_elsewhere_is_refused() {
    let rules = Rules { development: true, opened: Networks::parse("10.0.0.0/8").expect("networks") };
    for elsewhere in ["10.0.0.1:80", "8.8.8.8:80"] {
        let (outgoing, _) = resolving(rules.clone(), &[elsewhere.parse().expect("an address")]);
        let refused = outgoing.get("http://app.localhost/", Bounds::default()).await;
        assert!(matches!(refused, Err(OutgoingError::Closed { .. })), "{elsewhere}: {refused:?}");
    }
}

#[tokio::test]
async fn a_name_is_looked_up_once_so_a_changed_answer_comes_too_late() {
    let (checked, mut heard) = listener("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let (rebound, mut never) = listener("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let (outgoing, count) = resolving(Rules { development: true, ..Rules::default() }, &[checked, rebound]);
    outgoing.get("http://app.localhost/", Bounds::default()).await.expect("fetched");
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert!(heard.recv().await.is_some_and(|asked| asked.contains("host: app.localhost\r\n")));
    assert!(never.try_recv().is_err());
}

#[tokio::test]
async fn an_opened_network_is_reached_by_tls_only() {
    let (address, _heard) = listener("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let rules = Rules { development: false, opened: Networks::parse("127.0.0.0/8").expect("networks") };
    let (outgoing, _) = resolving(rules, &[address]);
    let refused = outgoing.get(&url(address), Bounds::default()).await;
    assert!(matches!(refused, Err(OutgoingError::Url(_))), "{refused:?}");
    // It is reached, and speaks no TLS.
    let refused = outgoing.get("https://app.example/", Bounds::default()).await;
    assert!(matches!(refused, Err(OutgoingError::Tls(_))), "{refused:?}");
}
