//! `tessera admin`: an owner without the browser, and a locked-out one back in.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};

use super::open;
use crate::config::Sources;

#[derive(Subcommand)]
pub enum Command {
    /// Make an owner of the installation
    Create(Create),
    /// Give an administrator a new password, and lift what keeps them out
    Reset(Reset),
}

#[derive(Args)]
pub struct Create {
    /// E-mail address to sign in with
    #[arg(long)]
    email: String,
    /// Name that the console shows
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    password: PasswordStdin,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Args)]
pub struct Reset {
    /// E-mail address of the administrator
    #[arg(long)]
    email: String,
    #[command(flatten)]
    password: PasswordStdin,
    #[command(flatten)]
    sources: Sources,
}

/// A password never stands in the command line, where others on the machine can read it.
#[derive(Args)]
struct PasswordStdin {
    /// Read the password from the first line of standard input
    #[arg(long, required = true)]
    password_stdin: bool,
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Create(create) => {
            let password = read_password(&create.password)?;
            let ctx = open(create.sources).await?;
            service::admin::create_owner(&ctx, &create.email, create.name.as_deref(), &password).await?;
            println!("{} is an owner now. Sign in at {}/console", create.email, ctx.config.public_url);
        }
        Command::Reset(reset) => {
            let password = read_password(&reset.password)?;
            let ctx = open(reset.sources).await?;
            match service::admin::reset(&ctx, &reset.email, &password).await {
                Err(service::Error::NotFound) => bail!("{} is no administrator", reset.email),
                done => done?,
            }
            println!("{} has a new password; all sessions were ended.", reset.email);
        }
    }
    Ok(())
}

fn read_password(asked: &PasswordStdin) -> anyhow::Result<String> {
    ensure!(asked.password_stdin, "the password is read from standard input only: add --password-stdin");
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("Password (it will be visible):");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("reading the password")?;
    let password = line.trim_end_matches(['\r', '\n']);
    ensure!(!password.is_empty(), "standard input held no password");
    Ok(password.to_owned())
}
