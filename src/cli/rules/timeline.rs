//! `govlint rules timeline`: what starts, falls due or ends when, in the rules or for systems.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::Format;
use crate::authoring::timeline::{What, changes, milestones};
use crate::cli::failure::Failure;
use crate::cli::{Done, Shown, manifests, packs};
use crate::engine::{Outcome, Plan, RuleNumber};
use crate::lang::Lang;
use crate::report::human::outcome;
use crate::report::{Look, hanging, wrap};
use crate::time::{Date, Period, Unit};

/// How many systems of a change are named.
const MOST_NAMED: usize = 5;

/// How far is looked ahead unless it is said, in months.
const MONTHS: u32 = 24;

#[derive(Debug, Args)]
pub struct TimelineArgs {
    /// Manifests: files, folders, patterns; without any, the days that the rules themselves name
    paths: Vec<String>,
    /// Built-in packs, or folders; all built-in packs unless given
    #[arg(long = "pack", value_name = "NAME|FOLDER")]
    packs: Vec<String>,
    /// The day from which to look ahead; today unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// The last day to look at; two years on unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Date>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// Runs the command.
pub(super) fn run(args: &TimelineArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let look = shown.look(&std::io::stdout());
    let packs = packs::load(&args.packs, shown.look(&std::io::stderr()))?;
    if args.paths.is_empty() {
        let mut days = milestones(&packs);
        days.retain(|milestone| args.as_of.is_none_or(|from| milestone.day >= from));
        days.retain(|milestone| args.until.is_none_or(|until| milestone.day <= until));
        if args.format == Format::Json {
            return print_json(out, &json!({ "milestones": days }));
        }
        for milestone in &days {
            let count = milestone.rules.len();
            let named = if milestone.all || count > MOST_NAMED { String::new() } else { milestone.rules.join(", ") };
            let what = happens(milestone.what, count, milestone.all, look.lang);
            let named = if named.is_empty() { named } else { format!("{}{named}", look.lang.pick(": ", "：")) };
            writeln!(
                out,
                "{}",
                hanging(&format!("{}  ", milestone.day), &format!("{}  {what}{named}", milestone.pack), look.width)
            )?;
        }
        if days.is_empty() {
            writeln!(out, "{}", look.lang.pick("The rules name no such day.", "规则中没有这样的日期。"))?;
        }
        return Ok(0);
    }
    let from = args.as_of.unwrap_or_else(Date::today_utc);
    let until = args.until.unwrap_or_else(|| months_on(from));
    if until < from {
        return Err(Failure::EndsBeforeItBegins { from, until });
    }
    let plan = packs::plan(packs);
    let mut all = Timeline { plan: &plan, from, until, manifests: 0, days: BTreeMap::new() };
    let errors = manifests::each(&args.paths, &plan, from, shown, |name, manifest| {
        all.manifests += 1;
        for change in changes(&plan, manifest.root(), from, until) {
            let key = (change.rule, change.from, change.to);
            let who = Who { file: name.to_owned(), item: change.item };
            all.days.entry(change.day).or_default().entry(key).or_default().push(who);
        }
    })?;
    if args.format == Format::Json {
        print_json(out, &all.json(errors))?;
    } else {
        write!(out, "{}", all.human(look))?;
    }
    Ok(if errors > 0 { 2 } else { 0 })
}

/// Whose outcome changes.
struct Who {
    file: String,
    item: Option<String>,
}

/// What changes on a day: whose outcome, by rule, from what, to what.
type Day = BTreeMap<(RuleNumber, Outcome, Outcome), Vec<Who>>;

/// The changes of all manifests, by day and by what changes.
struct Timeline<'p> {
    plan: &'p Plan,
    from: Date,
    until: Date,
    manifests: u64,
    days: BTreeMap<Date, Day>,
}

impl Timeline<'_> {
    fn human(&self, look: Look) -> String {
        let lang = look.lang;
        let arrow = if look.unicode { "→" } else { "->" };
        let mut out = String::new();
        let mut count = 0;
        for (day, changes) in &self.days {
            out += &format!("{day}\n");
            for ((rule, was, is), who) in changes {
                count += who.len();
                let (_, rule) = self.plan.rule(*rule);
                let names: Vec<_> = who.iter().take(MOST_NAMED).map(Who::name).collect();
                let more = who.len() - names.len();
                let more = match lang {
                    _ if more == 0 => String::new(),
                    Lang::En => format!(" and {more} more"),
                    Lang::Zh => format!(" 等 {} 个", who.len()),
                };
                let names = format!("{}{more}", names.join(lang.pick(", ", "、")));
                let change =
                    format!("{} {arrow} {}{}{names}", outcome(*was, lang), outcome(*is, lang), lang.pick(": ", "："));
                out += &(hanging(&format!("  {}  ", rule.id), rule.title.get(lang), look.width) + "\n");
                out += &(hanging("      ", &change, look.width) + "\n");
            }
        }
        let Self { from, until, manifests, .. } = self;
        let days = self.days.len();
        let sums = match lang {
            Lang::En => format!(
                "{} on {} for {}, {from} to {until}",
                counted(count, "change", "changes"),
                counted(days, "day", "days"),
                counted(usize::try_from(*manifests).unwrap_or(usize::MAX), "manifest", "manifests"),
            ),
            Lang::Zh => format!("{from} 至 {until}：{manifests} 份清单在 {days} 个日期共有 {count} 项变化"),
        };
        let gap = if out.is_empty() { "" } else { "\n" };
        out + gap + &wrap(&sums, look.width) + "\n"
    }

    fn json(&self, errors: u64) -> serde_json::Value {
        let mut changes = Vec::new();
        for (day, of_day) in &self.days {
            for ((rule, was, is), who) in of_day {
                let who: Vec<_> = who.iter().map(|who| json!({ "file": who.file, "item": who.item })).collect();
                let rule = self.plan.rule(*rule).1.id.to_string();
                changes.push(json!({ "day": day, "rule": rule, "from": was.word(), "to": is.word(), "who": who }));
            }
        }
        json!({ "from": self.from, "until": self.until, "manifests": self.manifests, "errors": errors, "changes": changes })
    }
}

impl Who {
    /// The file's name without folder and ending, and the item.
    fn name(&self) -> String {
        let stem =
            Path::new(&self.file).file_stem().map_or(self.file.clone(), |stem| stem.to_string_lossy().into_owned());
        self.item.as_ref().map_or(stem.clone(), |item| format!("{stem} [{item}]"))
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn happens(what: What, count: usize, all: bool, lang: Lang) -> String {
    let word = match what {
        What::Starts => lang.pick("first day in force", "施行首日"),
        What::FallsDue => lang.pick("last day to comply", "合规期限末日"),
        What::Ends => lang.pick("last day in force", "施行末日"),
    };
    match lang {
        Lang::En if all => format!("{word} of all {count} rules"),
        Lang::En => format!("{word} of {}", counted(count, "rule", "rules")),
        Lang::Zh if all => format!("全部 {count} 条规则的{word}"),
        Lang::Zh => format!("{count} 条规则的{word}"),
    }
}

fn months_on(from: Date) -> Date {
    Period::new(MONTHS, Unit::Months).expect("two years are a period").after(from).date
}

fn print_json(out: &mut dyn Write, value: &serde_json::Value) -> Result<u8, Failure> {
    writeln!(out, "{}", serde_json::to_string_pretty(value).expect("it has no map with keys that are not strings"))?;
    Ok(0)
}
