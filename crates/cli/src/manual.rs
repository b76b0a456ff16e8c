//! Completion scripts and manual pages, made from the command line's own definition.

use std::io::{self, Write};

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::session::Outcome;

/// Prints the completion script of a shell.
pub fn completions(shell: Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "chancery", &mut script);
    print(&script)
}

/// Prints the manual page of the program or of one command.
pub fn man(command: Option<&str>) -> anyhow::Result<Outcome> {
    let mut program = Cli::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name);
            let found =
                found.with_context(|| format!("there is no command {name:?}; see chancery --help"))?;
            found.clone()
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    print(&text)
}

fn print(bytes: &[u8]) -> anyhow::Result<Outcome> {
    io::stdout().write_all(bytes)?;
    Ok(Outcome::All)
}
