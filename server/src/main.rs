//! The binary `tessera`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A request makes some hundred small allocations: `docs/adr/0041-allocator.md` has what this one is worth.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::main().await.into()
}
