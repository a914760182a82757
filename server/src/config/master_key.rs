//! The file of the master key: 64 hexadecimal characters, made on the first start, mode 0600.
//!
//! Whether one may be made is `service::installation`'s to say: never once the database holds
//! something sealed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use service::random::Random;

/// Reads the key, or makes one where that is allowed.
///
/// # Errors
/// Names the file, and how to mend it. Never shows what is in it.
pub fn read_or_create(path: &Path, may_create: bool, random: &Random) -> Result<[u8; 32]> {
    match read(path)? {
        Some(key) => Ok(key),
        None if may_create => create(path, random),
        None => bail!(
            "the master key {} is missing, and the database holds secrets sealed under it: \
             put the file back from your backup, or name it with TESSERA_MASTER_KEY_FILE",
            path.display()
        ),
    }
}

fn read(path: &Path) -> Result<Option<[u8; 32]>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("reading the master key {}", path.display())),
    };
    warn_if_open(path);
    let key = from_hex(text.trim());
    key.map(Some).with_context(|| format!("the master key {} is not 64 hexadecimal characters", path.display()))
}

/// Written aside and linked into place, so that of several starters exactly one makes the key and
/// none reads half of it.
fn create(path: &Path, random: &Random) -> Result<[u8; 32]> {
    let doing = || format!("making the master key {}", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_folder(folder).with_context(doing)?;
    let text = service::crypto::hex(&random.bytes::<32>()?);
    let aside = folder.join(format!(".master-key-{}", service::crypto::hex(&random.bytes::<8>()?)));
    let made = write_private(&aside, &text).and_then(|()| match fs::hard_link(&aside, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    fs::remove_file(&aside).or_else(|error| if made.is_err() { Ok(()) } else { Err(error) }).with_context(doing)?;
    made.with_context(doing)?;
    let key = read(path)?;
    ensure!(key.is_some(), "{}: it vanished at once", doing());
    key.with_context(doing)
}

/// Makes a folder that only its owner can look into; leaves one alone that exists.
///
/// # Errors
/// The system's.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(unix)]
fn warn_if_open(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0) {
        tracing::warn!(file = %path.display(), "others on this machine may read the master key: chmod 600 it");
    }
}

#[cfg(not(unix))]
fn warn_if_open(_: &Path) {}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    if rest.is_empty() { bytes.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("tessera-master-key-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn is_made_once_and_read_again() {
        let folder = folder("once");
        let path = folder.join("deep/master.key");
        let random = Random::default();
        let made = read_or_create(&path, true, &random).expect("made");
        assert_eq!(read_or_create(&path, true, &random).expect("read"), made);
        assert_eq!(read_or_create(&path, false, &random).expect("read"), made);
        assert_eq!(fs::read_dir(folder.join("deep")).expect("folder").count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).expect("meta").permissions().mode() & 0o777, 0o600);
        }
        fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn is_not_made_where_something_is_sealed() {
        let folder = folder("sealed");
        let error = read_or_create(&folder.join("master.key"), false, &Random::default()).expect_err("refused");
        assert!(error.to_string().contains("backup"));
        assert!(!folder.exists());
    }

    #[test]
    fn another_content_is_refused_without_showing_it() {
        let folder = folder("content");
        create_folder(&folder).expect("folder");
        let path = folder.join("master.key");
        fs::write(&path, "not a key").expect("written");
        let error = format!("{:#}", read_or_create(&path, true, &Random::default()).expect_err("refused"));
        assert!(error.contains("64 hexadecimal") && !error.contains("not a key"), "{error}");
        fs::remove_dir_all(folder).expect("removed");
    }
}
