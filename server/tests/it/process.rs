//! `tessera serve` as a process: what it prints, and how it stops (docs/security.md 76, 84).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::binary::Folder;

struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Served {
    fn start(folder: &Folder, more: &[&str]) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let listen = address.to_string();
        let mut arguments = vec!["serve", "--listen", &listen];
        arguments.extend(more);
        let mut child =
            folder.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut first = String::new();
        out.read_line(&mut first).expect("a line");
        assert!(first.contains(&listen), "{first}");
        Self { child, out, address }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost:8080\r\nconnection: close\r\n\r\n").expect("writes");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("reads");
        text
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().expect("kill").success());
    }

    fn stop(&mut self) -> Option<i32> {
        self.child.wait().expect("ends").code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_first_start_prints_a_set_up_link_on_a_line_of_its_own() {
    let folder = Folder::new();
    let mut served = Served::start(&folder, &[]);
    assert_eq!(served.line(), "Console: http://localhost:8080/console");
    let link = served.line();
    let start = "Set-up link (valid 24 hours): http://localhost:8080/console/setup?token=";
    assert!(link.strip_prefix(start).is_some_and(|token| token.len() >= 43), "{link}");
    assert!(served.get("/healthz").starts_with("HTTP/1.1 200"));
    served.signal("INT");
    assert_eq!(served.stop(), Some(0));
    let mut log = String::new();
    served.child.stderr.take().expect("piped").read_to_string(&mut log).expect("a log");
    let token = link.rsplit('=').next().expect("a token");
    assert!(log.contains("started") && !log.contains(token), "{log}");
}

#[test]
fn sigterm_makes_it_unready_and_then_ends_it() {
    let folder = Folder::new();
    let mut served = Served::start(&folder, &["--stop-delay", "2"]);
    assert!(served.get("/readyz").starts_with("HTTP/1.1 200"));
    served.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    assert!(served.get("/readyz").starts_with("HTTP/1.1 503"));
    assert!(served.get("/healthz").starts_with("HTTP/1.1 200"));
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn a_request_under_way_is_finished() {
    let folder = Folder::new();
    let mut served = Served::start(&folder, &["--stop-delay", "0"]);
    let mut stream = served.connect();
    let body = "grant_type=client_credentials";
    let head = "POST /s/system/connect/token HTTP/1.1\r\nhost: localhost:8080\r\n\
                content-type: application/x-www-form-urlencoded\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{}", body.len(), &body[..5]).expect("writes");
    std::thread::sleep(Duration::from_millis(200));
    served.signal("TERM");
    std::thread::sleep(Duration::from_millis(500));
    assert!(TcpStream::connect(served.address).is_err());
    stream.write_all(&body.as_bytes()[5..]).expect("writes");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("reads");
    assert!(text.starts_with("HTTP/1.1 4") && text.contains("\"error\""), "{text}");
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn slow_headers_and_slow_bodies_are_cut() {
    let folder = Folder::new();
    let served = Served::start(&folder, &["--header-timeout", "1", "--request-timeout", "1"]);
    let began = Instant::now();
    let mut silent = served.connect();
    let mut slow = served.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: loc").expect("writes");
    let mut body = served.connect();
    let head = b"POST /s/system/connect/token HTTP/1.1\r\nhost: localhost:8080\r\ncontent-length: 10\r\n\
                 content-type: application/x-www-form-urlencoded\r\n\r\na";
    body.write_all(head).expect("writes");
    for stream in [&mut silent, &mut slow, &mut body] {
        let mut text = String::new();
        let _ = stream.read_to_string(&mut text);
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 408"), "{text}");
    }
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[test]
fn large_headers_are_refused() {
    let folder = Folder::new();
    let served = Served::start(&folder, &[]);
    let mut stream = served.connect();
    let _ = write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost:8080\r\nx: {}\r\n\r\n", "a".repeat(100_000));
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    assert!(text.is_empty() || text.starts_with("HTTP/1.1 431"), "{text}");
    assert!(served.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn the_log_has_paths_and_ids_but_no_queries() {
    let folder = Folder::new();
    let mut served = Served::start(&folder, &["--log-format", "json"]);
    let answer = served.get("/s/system/connect/authorize?client_id=x&state=canary-in-query");
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).expect("an id").to_owned();
    served.get("/s/system/login?login_hint=canary-in-query");
    served.signal("INT");
    assert_eq!(served.stop(), Some(0));
    let mut log = String::new();
    served.child.stderr.take().expect("piped").read_to_string(&mut log).expect("a log");
    assert!(!log.contains("canary-in-query"), "{log}");
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect();
    assert!(
        lines.iter().any(|line| line["span"]["id"] == id && line["path"] == "/s/system/connect/authorize"),
        "{log}"
    );
}
