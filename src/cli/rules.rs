//! `govlint rules`: list, show, and the account of every duty.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use unicode_width::UnicodeWidthStr;

use crate::authoring::coverage::{Account, account};
use crate::authoring::explain;
use crate::lang::Lang;
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, Rule, Within};
use crate::report::cite::numeral;
use crate::report::{Look, hanging, table, words, wrap};

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
                list(out, &pack, shown.look(&std::io::stdout()))?;
            }
        }
        Command::Show { name } => show(out, name, shown)?,
        Command::Coverage { packs, format } => {
            let packs = packs::load(packs, look)?;
            let accounts: Vec<_> = packs.iter().map(|pack| account(&BUILT_IN, pack)).collect();
            if *format == Format::Json {
                let text = serde_json::to_string_pretty(&serde_json::json!({ "packs": accounts }))
                    .expect("an account can be written");
                writeln!(out, "{text}")?;
            } else {
                for (account, pack) in accounts.iter().zip(&packs) {
                    coverage(out, account, pack, shown.look(&std::io::stdout()))?;
                }
            }
        }
    }
    Ok(0)
}

fn list(out: &mut dyn Write, pack: &Pack, look: Look) -> Result<(), Failure> {
    let lang = look.lang;
    head(out, pack, look)?;
    let words = |rule: &Rule| (rule.id.to_string(), words::strength(rule.strength, lang));
    let named = pack.rules.iter().map(words).collect::<Vec<_>>();
    let widest = named.iter().map(|(id, _)| id.width()).max().unwrap_or(0);
    let widest_word = named.iter().map(|(_, word)| word.width()).max().unwrap_or(0);
    for ((id, word), rule) in named.iter().zip(&pack.rules) {
        let (after_id, after_word) = (" ".repeat(widest - id.width()), " ".repeat(widest_word - word.width()));
        writeln!(out, "  {id}{after_id}  {word}{after_word}  {}", rule.title.get(lang))?;
    }
    Ok(())
}

/// A pack's name and title.
fn head(out: &mut dyn Write, pack: &Pack, look: Look) -> Result<(), Failure> {
    let instrument = &pack.instrument;
    let name = format!("{} {}  ", instrument.id, instrument.version);
    Ok(writeln!(out, "{}", hanging(&name, instrument.title.get(look.lang), look.width))?)
}

fn show(out: &mut dyn Write, name: &str, shown: Shown) -> Result<(), Failure> {
    let look = shown.look(&std::io::stdout());
    if let Ok((pack, rule)) = find(name, shown) {
        return Ok(write!(out, "{}", explain::rule(&pack, &pack.rules[rule], look))?);
    }
    let pack = packs::one(name, shown.look(&std::io::stderr())).map_err(|failure| match failure {
        Failure::UnknownPack { name, .. } => Failure::UnknownName(name),
        other => other,
    })?;
    for rule in &pack.rules {
        writeln!(out, "{}", explain::rule(&pack, rule, look))?;
    }
    Ok(())
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

fn coverage(out: &mut dyn Write, account: &Account, pack: &Pack, look: Look) -> Result<(), Failure> {
    let lang = look.lang;
    head(out, pack, look)?;
    writeln!(out)?;
    let head = [lang.pick("article", "条款"), lang.pick("duties", "要求"), lang.pick("rules", "规则")];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for article in &account.articles {
        rows.push(vec![article.article.clone(), article.duties.to_string(), article.rules.len().to_string()]);
    }
    let lines = table(&rows);
    let mut lines = lines.lines();
    writeln!(
        out,
        "{}  {}",
        lines.next().unwrap_or_default(),
        lang.pick("what a manifest cannot show, and why", "清单无法说明的内容及原因")
    )?;
    for (line, article) in lines.zip(&account.articles) {
        let mut before = format!("{line}  ");
        for reason in &article.reasons {
            let place = place(&reason.within, lang);
            let partly = if reason.partly { lang.pick("(in part) ", "（部分）") } else { "" };
            let reason = format!("{place}{partly}{}", reason.text.get(lang));
            writeln!(out, "{}", hanging(&before, &reason, look.width))?;
            before = " ".repeat(before.width());
        }
        if article.reasons.is_empty() {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "\n{}", wrap(&sums(account, lang), look.width))?;
    let listed = |status: usize, word| (status > 0).then(|| format!("{status} {word}"));
    let texts = [
        listed(account.text_status.text, lang.pick("on the official text", "条依据官方文本")),
        listed(account.text_status.secondary, lang.pick("on descriptions by others", "条依据他人转述")),
        listed(account.text_status.memory, lang.pick("on memory", "条依据记忆")),
    ];
    let texts = texts.into_iter().flatten().collect::<Vec<_>>().join(lang.pick(", ", "，"));
    let rest = format!("{}{texts}{}", lang.pick("The rules rest: ", "规则依据："), lang.pick(".", "。"));
    writeln!(out, "{}\n", wrap(&rest, look.width))?;
    Ok(())
}

/// Where in its article a duty stands, before what is said of it; parts are the account's own letters.
fn place(within: &Within, lang: Lang) -> String {
    let paragraph = within.paragraph.map(|number| match lang {
        Lang::En => format!("para. {number}"),
        Lang::Zh => format!("第{}款", numeral(number)),
    });
    let item = within.item.as_ref().map(|item| match lang {
        Lang::En => format!("item {item}"),
        Lang::Zh => format!("第{}项", item.parse().map_or_else(|_| item.clone(), numeral)),
    });
    let part = within.part.as_ref().map(|part| format!("({part})"));
    let named: Vec<_> = [paragraph, item, part].into_iter().flatten().collect();
    match lang {
        _ if named.is_empty() => String::new(),
        Lang::En => format!("{}: ", named.join(" ")),
        Lang::Zh => format!("{}：", named.concat()),
    }
}

fn sums(account: &Account, lang: Lang) -> String {
    let Account { duties, checked, not_checkable, unaccounted, rules, bare_booleans, .. } = account;
    let articles = account.articles.len();
    match lang {
        Lang::En => format!(
            "{articles} articles, {duties} duties: {checked} checked by {rules} rules, {not_checkable} not checkable, {unaccounted} unaccounted for; \
             {bare_booleans} rules rest on bare booleans alone"
        ),
        Lang::Zh => format!(
            "共 {articles} 条、{duties} 项要求：{checked} 项由 {rules} 条规则检查，{not_checkable} 项无法检查，{unaccounted} 项未作交代；{bare_booleans} 条规则仅依据布尔值"
        ),
    }
}
