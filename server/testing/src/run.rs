//! How a test runs.

use std::panic::resume_unwind;
use std::pin::Pin;

/// A test that was begun. Boxed: what is generic over a test is compiled once for each of them, and there are a thousand.
pub type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs it on a runtime of its own, whose two workers let things happen at the same time.
///
/// # Panics
/// As the test does.
pub fn run(test: Running) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

/// Waits for the end of a test, and cleans up however it ended.
///
/// # Panics
/// As the test does, afterwards.
pub async fn until_the_end(test: Running, clean_up: impl Future<Output = ()>) {
    let ended = tokio::spawn(test).await;
    clean_up.await;
    if let Err(failure) = ended {
        resume_unwind(failure.into_panic());
    }
}
