//! Random and mutated requests at each endpoint: whatever is sent, no answer says that something broke (no 5xx, and no
//! panic, which is one), and nothing is kept that grows with what strangers send.
//!
//! `make test` sends 2,000 to each endpoint, `make fuzz` 100,000 (`TESSERA_FUZZ_REQUESTS`). A failure prints the
//! request and the seed (`TESSERA_FUZZ_SEED`) that leads to it.

mod dice;
mod message;
mod mutate;
mod seeds;

use std::collections::BTreeMap;

use testing::Running;

use self::dice::Dice;
pub use self::message::Message;
use self::seeds::Seeds;
use crate::support::{Database, Setup, TestApp};

/// Requests after which good ones are made anew: codes are used up and tokens revoked by then.
const FRESH: usize = 50;
/// Requests in a second of the test's clock: limits on attempts are met, and pass.
const PER_SECOND: usize = 5;

/// Makes a test of one endpoint.
macro_rules! fuzz {
    ($($name:ident: $seeds:expr;)+) => { $(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let database = if on_postgres() { Database::postgres().await } else { Database::sqlite() };
            let test = |app: TestApp| -> Running { Box::pin(async move { run(stringify!($name), &app, $seeds).await }) };
            TestApp::run(database, Setup::default(), test).await;
        }
    )+ };
}

fuzz! {
    authorize: Seeds::Authorize;
    pushed_requests: Seeds::Pushed;
    token: Seeds::Token;
    device_authorization: Seeds::DeviceAuthorization;
    backchannel_authentication: Seeds::BackchannelAuthentication;
    introspection: Seeds::Introspection;
    revocation: Seeds::Revocation;
    userinfo: Seeds::UserInfo;
    end_session: Seeds::EndSession;
    metadata: Seeds::Metadata;
    pages: Seeds::Pages;
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

fn on_postgres() -> bool {
    std::env::var_os("TESSERA_FUZZ_POSTGRES").is_some()
}

async fn run(name: &str, app: &TestApp, seeds: Seeds) {
    let requests = usize::try_from(number("TESSERA_FUZZ_REQUESTS", 2_000)).expect("a number of requests");
    let seed = number("TESSERA_FUZZ_SEED", 20_261_123);
    let mut dice = Dice::new(seed, name);
    let world = seeds.world(app).await;
    let mut good = Vec::new();
    let mut answers: BTreeMap<u16, usize> = BTreeMap::new();
    let mut memory = Memory::default();
    for sent in 0..requests {
        if sent % FRESH == 0 {
            good = seeds.make(&world).await;
        }
        if sent % PER_SECOND == 0 {
            app.clock.advance(1);
        }
        let mut message = dice.pick(&good).clone();
        // One in twenty goes as it is: else a bug that refuses everything would look like safety.
        if !dice.one_in(20) {
            mutate::mutate(&mut message, &good, &mut dice);
        }
        memory.note(sent, requests);
        let Some(request) = message.request() else { continue };
        let reply = app.send(request).await;
        let status = reply.status.as_u16();
        assert!(status < 500, "{name}: {status} after {sent} requests with seed {seed}: {message:?}\n{}", reply.body);
        *answers.entry(status).or_default() += 1;
    }
    println!("{name}: {requests} requests, {answers:?}, {memory:?}");
    let good: usize = answers.range(200..400).map(|(_, count)| count).sum();
    assert!(good * 50 > requests, "{name}: next to nothing was accepted: {answers:?}");
    assert!(answers.range(400..500).next().is_some(), "{name}: nothing was refused: {answers:?}");
    memory.assert_flat(name);
}

/// What the process holds, in pages, half-way and at the end.
#[derive(Debug, Default)]
struct Memory {
    half: u64,
    end: u64,
}

impl Memory {
    fn note(&mut self, sent: usize, requests: usize) {
        if sent == requests / 2 {
            self.half = resident();
        } else if sent + 1 == requests {
            self.end = resident();
        }
    }

    /// Where the system does not tell (other than Linux), there is nothing to compare.
    fn assert_flat(&self, name: &str) {
        assert!(self.end * 10 <= self.half * 11, "{name}: memory grew by more than a tenth: {self:?}");
    }
}

/// Resident pages of this process; 0 where `/proc` is not.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default()
}

#[test]
fn the_dice_are_the_same_for_a_seed() {
    let rolls = |seed| {
        let mut dice = Dice::new(seed, "x");
        std::array::from_fn::<usize, 8, _>(|_| dice.below(1_000))
    };
    assert_eq!(rolls(1), rolls(1));
    assert_ne!(rolls(1), rolls(2));
}
