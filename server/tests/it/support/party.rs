//! A relying party that listens: it answers what it was told to, and remembers what it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// See the module.
#[derive(Clone, Debug)]
pub struct Party {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    answers: Vec<u16>,
    body: Vec<u8>,
    received: Vec<(String, String)>,
    heads: Vec<String>,
}

impl Party {
    /// Answers with these statuses, one after the other, and then with 200.
    pub async fn answering(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let address = listener.local_addr().expect("an address");
        let answers = statuses.iter().rev().copied().collect();
        let party = Self { address, state: Arc::new(Mutex::new(State { answers, ..State::default() })) };
        let listening = party.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                listening.answer(stream).await;
            }
        });
        party
    }

    async fn answer(&self, mut stream: TcpStream) {
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !is_whole(&request) {
            // A TLS handshake (RFC 8446 section 5.1), which nobody answers here.
            if request.first() == Some(&22) {
                return;
            }
            match stream.read(&mut buffer).await {
                Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
                _ => return,
            }
        }
        let request = String::from_utf8_lossy(&request).into_owned();
        let (head, body) = request.split_once("\r\n\r\n").unwrap_or_default();
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let (status, answer) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.received.push((path, body.to_owned()));
            state.heads.push(head.to_owned());
            (state.answers.pop().unwrap_or(200), state.body.clone())
        };
        let length = answer.len();
        let head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
        let _ = stream.write_all(&[head.as_bytes(), &answer].concat()).await;
    }

    /// From now on every answer has this body.
    pub fn publish(&self, body: &impl ToString) {
        self.publish_bytes(body.to_string().into_bytes());
    }

    /// The same for what is no text.
    pub fn publish_bytes(&self, body: impl Into<Vec<u8>>) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).body = body.into();
    }

    /// An address of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Request line and headers of every request so far.
    pub fn heads(&self) -> Vec<String> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).heads.clone()
    }

    /// Path and body of every request so far.
    pub fn received(&self) -> Vec<(String, String)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).received.clone()
    }

    /// A field of every form so far.
    pub fn forms(&self, name: &str) -> Vec<String> {
        let value = |body: &str| {
            let mut fields = form_urlencoded::parse(body.as_bytes());
            fields.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        self.received().iter().map(|(_, body)| value(body)).collect()
    }
}

/// With all of the body that its headers announce.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let mut length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.find_map(|(_, value)| value.trim().parse().ok()).unwrap_or(0);
    body.len() >= length
}
