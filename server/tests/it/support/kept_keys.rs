//! Private keys that tests keep for each other. They are real ones, but an RSA key takes a tenth of a second to make,
//! and nearly every test needs two.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use model::spec::SigningAlg;
use service::keys::{KeySource, new_pkcs8};

/// How many keys of each algorithm this process took.
static TAKEN: Mutex<BTreeMap<&str, usize>> = Mutex::new(BTreeMap::new());

/// Never gives a process the same key twice.
pub fn kept_keys() -> KeySource {
    KeySource::new(|alg| {
        let file = file_of_next(alg);
        if let Ok(der) = std::fs::read(&file) {
            return Ok(der);
        }
        let der = new_pkcs8(alg)?;
        keep(&file, &der).expect("a file in the target folder");
        Ok(der)
    })
}

fn file_of_next(alg: SigningAlg) -> PathBuf {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let count = taken.entry(alg.as_str()).or_default();
    *count += 1;
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("keys").join(format!("{}-{count}.der", alg.as_str()))
}

/// Other tests may be at the same file: each writes its own and moves it into place.
fn keep(file: &Path, der: &[u8]) -> std::io::Result<()> {
    let own = file.with_extension(std::process::id().to_string());
    std::fs::create_dir_all(file.parent().expect("a folder"))?;
    std::fs::write(&own, der)?;
    std::fs::rename(own, file)
}
