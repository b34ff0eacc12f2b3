//! `govlint rules`: what somebody runs who reads, writes or tests rules. One file per subcommand.

mod coverage;
mod list;
mod mutate;
mod show;
mod test;

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};

use crate::authoring::coverage::account;
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, Rule};
use crate::report::{Look, hanging};

use super::failure::Failure;
use super::{Done, Shown, packs};

#[derive(Debug, Args)]
pub struct RulesArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// One line per rule
    List {
        /// Built-in packs, or folders; all built-in packs unless given
        packs: Vec<String>,
    },
    /// Everything that a rule, or every rule of a pack, says
    Show {
        /// A rule (PACK/RULE) or a pack
        name: String,
    },
    /// Every article: its duties, its rules, and why a duty has none
    Coverage {
        /// Built-in packs, or folders; all built-in packs unless given
        packs: Vec<String>,
        /// How to write it
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: Format,
    },
    /// Run the tests that stand in rules
    Test(test::TestArgs),
    /// Change rules a little, and see whether their tests notice
    Mutate(mutate::MutateArgs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
}

/// Runs the command.
pub fn run(args: &RulesArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let look = shown.look(&std::io::stderr());
    match &args.command {
        Command::List { packs } => {
            for pack in packs::load(packs, look)? {
                list::list(out, &pack, shown.look(&std::io::stdout()))?;
            }
        }
        Command::Show { name } => show::show(out, name, shown)?,
        Command::Coverage { packs, format } => {
            let packs = packs::load(packs, look)?;
            let accounts: Vec<_> = packs.iter().map(|pack| account(&BUILT_IN, pack)).collect();
            if *format == Format::Json {
                let text = serde_json::to_string_pretty(&serde_json::json!({ "packs": accounts }))
                    .expect("an account can be written");
                writeln!(out, "{text}")?;
            } else {
                for (account, pack) in accounts.iter().zip(&packs) {
                    coverage::coverage(out, account, pack, shown.look(&std::io::stdout()))?;
                }
            }
        }
        Command::Mutate(args) => return mutate::run(out, args, shown),
        Command::Test(args) => return test::run(out, args, shown),
    }
    Ok(0)
}

/// A pack's name and title.
fn head(out: &mut dyn Write, pack: &Pack, look: Look) -> Result<(), Failure> {
    let instrument = &pack.instrument;
    let name = format!("{} {}  ", instrument.id, instrument.version);
    Ok(writeln!(out, "{}", hanging(&name, instrument.title.get(look.lang), look.width))?)
}

/// A rule by its full name, with its pack.
pub fn find(name: &str, shown: Shown) -> Result<(std::sync::Arc<Pack>, usize), Failure> {
    let unknown = |near: Option<String>| Failure::UnknownRule { name: name.to_owned(), near };
    let (pack, rule) = name.rsplit_once('/').ok_or_else(|| unknown(None))?;
    let pack = packs::one(pack, shown.look(&std::io::stderr()))?;
    match pack.rules.iter().position(|known: &Rule| known.id.name == rule) {
        Some(position) => Ok((pack, position)),
        None => {
            let names = pack.rules.iter().map(|known| known.id.name.as_str());
            let near =
                crate::manifest::suggest::nearest(rule, names).map(|near| format!("{}/{near}", pack.instrument.id));
            Err(unknown(near))
        }
    }
}
