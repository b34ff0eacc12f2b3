//! The command line: one file per command.
//!
//! Nothing imports this module. Commands write to standard output, mistakes of the user go to standard error, and the
//! exit code is 0, 1 (the gate failed) or 2 (something could not be done).

mod check;
mod explain;
mod facts;
mod failure;
mod import;
mod init;
mod inputs;
mod manifests;
mod packs;
mod rules;
mod schema;
mod terminal;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::lang::Lang;
use crate::report::Look;
use failure::Failure;
use terminal::Colour;

/// Check AI system manifests against rules derived from AI-governance law.
#[derive(Debug, Parser)]
#[command(name = "govlint", version, about, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    shown: Shown,
}

/// How things are shown.
#[derive(Clone, Copy, Debug, Args)]
struct Shown {
    /// The language of the report
    #[arg(long, global = true, value_name = "en|zh", default_value = "en", value_parser = lang)]
    lang: Lang,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check manifests: files, folders, patterns, or - for standard input
    Check(check::CheckArgs),
    /// Show what a rule asks, and what it comes to on a manifest
    Explain(explain::ExplainArgs),
    /// List, show and account for the rules
    Rules(rules::RulesArgs),
    /// List the facts that a manifest can state
    Facts(facts::FactsArgs),
    /// Write a manifest to begin with
    Init(init::InitArgs),
    /// Print a JSON Schema
    Schema(schema::SchemaArgs),
    /// Turn somebody else's inventory into manifests, one per line
    Import(import::ImportArgs),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What a command comes to.
type Done = Result<u8, Failure>;

/// Runs the command line.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let shown = cli.shown;
    let gate = matches!(cli.command, Command::Check(_));
    match run(cli) {
        Ok(code) => ExitCode::from(code),
        // Whoever stopped reading has seen enough; but a gate that was not heard to the end has not been passed.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::from(if gate { 2 } else { 0 })
        }
        Err(Failure::Drawn(drawn)) => {
            eprint!("{drawn}");
            ExitCode::from(2)
        }
        Err(failure) => {
            eprintln!("{}{}", shown.lang.pick("error: ", "错误："), failure.say(shown.lang));
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Done {
    let shown = cli.shown;
    let out = &mut io::stdout().lock();
    match cli.command {
        Command::Check(args) => check::run(&args, shown, out),
        Command::Explain(args) => explain::run(&args, shown, out),
        Command::Rules(args) => rules::run(&args, shown, out),
        Command::Facts(args) => facts::run(&args, shown, out),
        Command::Init(args) => init::run(&args, shown, out),
        Command::Schema(args) => schema::run(&args, out),
        Command::Import(args) => import::run(&args, shown, out),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "govlint", &mut script);
            out.write_all(&script)?;
            Ok(0)
        }
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|error: crate::lang::UnknownLang| error.to_string())
}

impl Shown {
    fn look(self, stream: &impl io::IsTerminal) -> Look {
        terminal::look(self.color, self.lang, stream.is_terminal())
    }

    /// How things are shown in a file: without colours, whatever is asked of the terminal.
    fn look_in_a_file(self) -> Look {
        terminal::look(Colour::Never, self.lang, false)
    }
}
