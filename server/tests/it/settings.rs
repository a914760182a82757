//! A flag, an environment variable, a key of `tessera.toml`: in that order of strength; and refusals.

use crate::support::binary::Folder;

/// The public URL that `tessera check` names.
fn public_url(out: &str) -> &str {
    let line = out.lines().find(|line| line.contains("public URL")).unwrap_or_default();
    line.split("public URL ").nth(1).and_then(|rest| rest.split(',').next()).unwrap_or_default()
}

#[test]
fn a_flag_beats_the_environment_and_the_environment_beats_the_file() {
    let folder = Folder::new();
    assert_eq!(public_url(&folder.run(&["check"]).expect(0).out), "http://localhost:8080");
    folder.write("tessera.toml", "public_url = \"http://localhost:1111\"\n");
    assert_eq!(public_url(&folder.run(&["check"]).expect(0).out), "http://localhost:1111");
    let mut command = folder.command(&["check"]);
    let out = command.env("TESSERA_PUBLIC_URL", "http://localhost:2222").output().expect("runs").stdout;
    assert_eq!(public_url(&String::from_utf8_lossy(&out)), "http://localhost:2222");
    let mut command = folder.command(&["check", "--public-url", "http://localhost:3333"]);
    let out = command.env("TESSERA_PUBLIC_URL", "http://localhost:2222").output().expect("runs").stdout;
    assert_eq!(public_url(&String::from_utf8_lossy(&out)), "http://localhost:3333");
}

#[test]
fn an_empty_environment_variable_is_no_setting() {
    let folder = Folder::new();
    folder.write("tessera.toml", "public_url = \"http://localhost:1111\"\n");
    let mut command = folder.command(&["check"]);
    let out = command.env("TESSERA_PUBLIC_URL", "").output().expect("runs").stdout;
    assert_eq!(public_url(&String::from_utf8_lossy(&out)), "http://localhost:1111");
}

#[test]
fn an_unknown_key_of_the_file_is_refused_by_name() {
    let folder = Folder::new();
    folder.write("tessera.toml", "listen = \"127.0.0.1:0\"\npublic_ulr = \"x\"\n");
    let ran = folder.run(&["serve"]).expect(1);
    assert!(ran.err.contains("tessera.toml: line 2") && ran.err.contains("`public_ulr`"), "{}", ran.err);
}

#[test]
fn a_public_url_without_tls_that_is_not_loopback_does_not_start() {
    let ran = Folder::new().run(&["serve", "--public-url", "http://id.example.com"]).expect(1);
    for word in ["TESSERA_PUBLIC_URL", "--public-url", "https"] {
        assert!(ran.err.contains(word), "{}", ran.err);
    }
}

#[test]
fn a_wrong_value_is_named_and_mended() {
    for (flag, value, expected) in [
        ("--listen", "localhost", "127.0.0.1:8080"),
        ("--issuer", "https://id.example.com", "{subscription}"),
        ("--database-url", "mysql://x", "postgres://"),
        ("--trusted-proxies", "proxy", "10.0.0.0/8"),
        ("--outgoing-networks", "intranet", "10.0.0.0/8"),
        ("--log-format", "xml", "text or json"),
        ("--max-body", "many", "whole number"),
        ("--stop-timeout", "0", "from 1"),
    ] {
        let ran = Folder::new().run(&["serve", flag, value]).expect(1);
        assert!(ran.err.contains(flag) && ran.err.contains(expected), "{flag}: {}", ran.err);
    }
}

#[test]
fn a_password_in_a_setting_is_never_shown() {
    let folder = Folder::new();
    let secret = "hunter2-canary";
    for arguments in
        [["check", "--database-url", "mysql://u:hunter2-canary@h/d"], ["serve", "--database-url", "hunter2-canary"]]
    {
        let ran = folder.run(&arguments).expect(1);
        assert!(!ran.out.contains(secret) && !ran.err.contains(secret), "{ran:?}");
    }
    let mut command = folder.command(&["serve", "--help"]);
    let out = command.env("TESSERA_DATABASE_URL", secret).output().expect("runs");
    assert!(!String::from_utf8_lossy(&out.stdout).contains(secret));
}

#[test]
fn help_lists_every_setting() {
    let ran = Folder::new().run(&["serve", "--help"]).expect(0);
    for (key, variable) in server::config::given::SETTINGS {
        let flag = format!("--{}", key.replace('_', "-"));
        assert!(ran.out.contains(&flag) && ran.out.contains(variable), "{key}\n{}", ran.out);
    }
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let ran = Folder::new().run(&["serve", "--config", "other.toml"]).expect(1);
    assert!(ran.err.contains("other.toml"), "{}", ran.err);
}

#[test]
fn check_names_a_variable_that_is_no_setting() {
    let mut command = Folder::new().command(&["check"]);
    // The folder is gone by now; only the variable matters here.
    let out = command
        .current_dir(std::env::temp_dir())
        .env("TESSERA_LISEN", "127.0.0.1:1")
        .env("TESSERA_DATA_DIR", "/nonexistent/x");
    let out = out.output().expect("runs");
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stdout).contains("TESSERA_LISEN is no setting"));
}
