//! `tessera check`: looks at everything a start needs, and says how to mend what is wrong.

use std::path::Path;

use service::Ctx;
use service::installation::Outside;

use crate::config::given::SETTINGS;
use crate::config::{Settings, Sources};

use super::failure;

/// What was found, as lines for a terminal.
#[derive(Default)]
struct Report {
    problems: usize,
}

impl Report {
    fn good(text: &str) {
        println!("ok       {text}");
    }

    fn note(text: &str) {
        println!("note     {text}");
    }

    fn problem(&mut self, text: &str) {
        self.problems += 1;
        println!("problem  {text}");
    }
}

/// Exit code 0 when nothing is wrong. Changes no configuration; brings the database up to date as
/// every start does.
pub async fn run(sources: Sources) -> u8 {
    let mut report = Report::default();
    unknown_variables(&mut report);
    match Settings::load(sources) {
        Ok(settings) => look(&settings, &mut report).await,
        Err(error) => report.problem(&error.to_string()),
    }
    match report.problems {
        0 => println!("Nothing is wrong."),
        1 => println!("1 problem."),
        many => println!("{many} problems."),
    }
    u8::from(report.problems > 0)
}

async fn look(settings: &Settings, report: &mut Report) {
    Report::good(&format!(
        "settings: public URL {}, issuers like {}",
        settings.public_url.as_str(),
        settings.issuer.issuer("example")
    ));
    if !settings.public_url.is_https() {
        Report::note("the public URL is http on a loopback host: fine to try things out, not for other people");
    }
    listen(settings, report).await;
    writable(&settings.data_dir, report);
    match crate::open(settings, Outside::default()).await {
        Ok(ctx) => {
            Report::good("database and master key");
            administrators(&ctx, report).await;
        }
        Err(error) => report.problem(&failure::sentence(&error)),
    }
}

/// A name that is no setting is most likely a misspelt one.
fn unknown_variables(report: &mut Report) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let known = name == "TESSERA_CONFIG" || SETTINGS.iter().any(|(_, variable)| *variable == name);
        if name.starts_with("TESSERA_") && !known {
            report.problem(&format!("{name} is no setting: `tessera serve --help` lists them all"));
        }
    }
}

async fn listen(settings: &Settings, report: &mut Report) {
    match tokio::net::TcpListener::bind(settings.listen).await {
        Ok(_) => Report::good(&format!("address {} is free", settings.listen)),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Report::note(&format!("address {} is in use: by a running tessera, or by something else", settings.listen));
        }
        Err(error) => report.problem(&format!("TESSERA_LISTEN: cannot listen on {}: {error}", settings.listen)),
    }
}

fn writable(folder: &Path, report: &mut Report) {
    let made = crate::config::master_key::create_folder(folder);
    let probe = folder.join(".tessera-check");
    match made.and_then(|()| std::fs::write(&probe, b"")).and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => Report::good(&format!("folder {} is writable", folder.display())),
        Err(error) => report.problem(&format!("TESSERA_DATA_DIR: cannot write in {}: {error}", folder.display())),
    }
}

async fn administrators(ctx: &Ctx, report: &mut Report) {
    match service::admin::owners_exist(ctx).await {
        Ok(true) => Report::good("an owner exists"),
        Ok(false) => Report::note(
            "there is no owner yet: open the set-up link that `tessera serve` prints, or use `tessera admin create`",
        ),
        Err(error) => report.problem(&failure::sentence(&error.into())),
    }
}
