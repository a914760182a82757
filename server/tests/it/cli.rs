//! The command line, through the real binary.

use crate::support::binary::Folder;

const PASSWORD: &str = "quiet river under stones\n";

fn configuration(name: &str) -> String {
    format!("{{ \"subscriptions\": [ {{ \"slug\": \"mysub\", \"name\": \"{name}\" }} ] }}")
}

#[test]
fn a_wrong_command_is_a_usage_error() {
    let ran = Folder::new().run(&["serv"]).expect(2);
    assert!(ran.err.contains("serve"), "{}", ran.err);
    Folder::new().run(&["admin", "create", "--email", "a@b.example"]).expect(2);
}

#[test]
fn apply_twice_is_a_no_op_and_export_gives_it_back() {
    let folder = Folder::new();
    folder.write("a.json", &configuration("My subscription"));
    let dry = folder.run(&["apply", "a.json", "--dry-run"]).expect(0);
    assert!(dry.out.contains("+ ") && dry.out.contains("mysub") && dry.out.contains("Nothing was done"), "{}", dry.out);
    let first = folder.run(&["apply", "a.json"]).expect(0);
    assert!(first.out.contains("+ ") && first.out.contains("Done: created"), "{}", first.out);
    let second = folder.run(&["apply", "a.json"]).expect(0);
    assert!(second.out.contains("Nothing to do"), "{}", second.out);
    let one = folder.run(&["export"]).expect(0);
    let two = folder.run(&["export", "--subscription", "mysub"]).expect(0);
    assert_eq!(one.out, two.out);
    folder.write("b.json", &one.out);
    assert!(folder.run(&["apply", "b.json", "--prune"]).expect(0).out.contains("Nothing to do"));
}

#[test]
fn a_change_shows_old_and_new() {
    let folder = Folder::new();
    folder.write("a.json", &configuration("One"));
    folder.run(&["apply", "a.json"]).expect(0);
    folder.write("a.json", &configuration("Two"));
    let ran = folder.run(&["apply", "a.json"]).expect(0);
    assert!(ran.out.contains("~ ") && ran.out.contains("One") && ran.out.contains("Two"), "{}", ran.out);
}

#[test]
fn a_wrong_file_names_place_and_reason_and_changes_nothing() {
    let folder = Folder::new();
    folder.write("a.json", "{ \"subscriptions\": [\n { \"slug\": \"mysub\", \"name\": \"N\", \"colour\": 1 } ] }");
    let ran = folder.run(&["apply", "a.json"]).expect(1);
    for part in ["a.json", "line 2", "subscriptions[0].colour", "unknown field"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    folder.write("b.json", "{ \"subscriptions\": [ { \"slug\": \"Not A Label\", \"name\": \"N\" } ] }");
    let ran = folder.run(&["apply", "b.json"]).expect(1);
    assert!(ran.err.contains("slug"), "{}", ran.err);
    folder.run(&["apply", "absent.json"]).expect(1);
    folder.run(&["export", "--subscription", "mysub"]).expect(1);
}

#[test]
fn an_owner_is_made_once_and_let_back_in() {
    let folder = Folder::new();
    let create = ["admin", "create", "--email", "owner@example.com", "--name", "Olivia Owner", "--password-stdin"];
    let ran = folder.run_with_input(&create, PASSWORD).expect(0);
    assert!(ran.out.contains("owner@example.com"), "{}", ran.out);
    let again = folder.run_with_input(&create, PASSWORD).expect(1);
    assert!(!again.err.is_empty() && !again.err.contains("problem-"), "{}", again.err);
    let reset = ["admin", "reset", "--email", "owner@example.com", "--password-stdin"];
    folder.run_with_input(&reset, "another quiet river\n").expect(0);
    let stranger = ["admin", "reset", "--email", "nobody@example.com", "--password-stdin"];
    assert!(folder.run_with_input(&stranger, PASSWORD).expect(1).err.contains("nobody@example.com"));
}

#[test]
fn a_weak_or_missing_password_is_refused() {
    let folder = Folder::new();
    let create = ["admin", "create", "--email", "owner@example.com", "--password-stdin"];
    let ran = folder.run_with_input(&create, "short\n").expect(1);
    assert!(ran.err.contains("15") && !ran.err.contains("short\n"), "{}", ran.err);
    folder.run_with_input(&create, "\n").expect(1);
    folder.run_with_input(&create, "").expect(1);
}

#[test]
fn check_finds_nothing_wrong_in_an_empty_folder() {
    let folder = Folder::new();
    let ran = folder.run(&["check"]).expect(0);
    assert!(ran.out.contains("Nothing is wrong") && ran.out.contains("no owner yet"), "{}", ran.out);
}

#[test]
fn another_master_key_is_refused_by_every_command() {
    let folder = Folder::new();
    folder.run(&["check"]).expect(0);
    folder.write("data/master.key", &"00".repeat(32));
    for command in [&["check"][..], &["export"][..], &["serve", "--listen", "127.0.0.1:0"][..]] {
        let ran = folder.run(command).expect(1);
        assert!(format!("{}{}", ran.out, ran.err).contains("master key"), "{ran:?}");
    }
    std::fs::remove_file(folder.path().join("data/master.key")).expect("removed");
    let ran = folder.run(&["export"]).expect(1);
    assert!(ran.err.contains("backup"), "{}", ran.err);
    assert!(!folder.path().join("data/master.key").exists());
}
