//! `govlint rules`: what somebody runs who reads, writes or tests rules. One file per subcommand.

mod check;
mod choice;
mod coverage;
mod list;
mod mutate;
mod show;
mod test;
mod timeline;

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};

use crate::authoring::coverage::account;
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, Rule};
use crate::report::{Look, hanging};

use super::failure::Failure;
use super::{Done, Shown, packs};
use choice::Choice;

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
        #[command(flatten)]
        choice: Choice,
    },
    /// One line per rule that has every word of a text in what it says or reads
    Search {
        /// The words, in either language
        text: String,
        /// Built-in packs, or folders; all built-in packs unless given
        packs: Vec<String>,
        #[command(flatten)]
        choice: Choice,
    },
    /// Everything that a rule, or every rule of a pack, says
    Show {
        /// A rule (PACK/RULE) or a pack
        name: String,
        #[command(flatten)]
        choice: Choice,
    },
    /// Every article: its duties, its rules, and why a duty has none
    Coverage {
        /// Built-in packs, or folders; all built-in packs unless given
        packs: Vec<String>,
        /// How many rules each instrument has on each topic, in place of the articles
        #[arg(long)]
        matrix: bool,
        /// How to write it
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: Format,
    },
    /// What starts, falls due or ends when: in the rules, or for systems
    Timeline(timeline::TimelineArgs),
    /// Prove what is wrong with rules: what never applies, is always met, contradicts or repeats another
    Check(check::CheckArgs),
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
        Command::List { packs, choice } => {
            return list::list(out, &packs::load(packs, look)?, choice, shown.look(&std::io::stdout()));
        }
        Command::Search { text, packs, choice } => {
            return list::search(out, &packs::load(packs, look)?, text, choice, shown.look(&std::io::stdout()));
        }
        Command::Show { name, choice } => show::show(out, name, choice, shown)?,
        Command::Coverage { packs, matrix, format } => {
            let packs = packs::load(packs, look)?;
            if *matrix {
                return coverage::matrix(out, &packs, *format == Format::Json, shown.look(&std::io::stdout()));
            }
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
        Command::Timeline(args) => return timeline::run(args, shown, out),
        Command::Check(args) => return check::run(args, shown, out),
        Command::Mutate(args) => return mutate::run(args, shown, out),
        Command::Test(args) => return test::run(args, shown, out),
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
