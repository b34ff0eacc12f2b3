//! `govlint check`: manifests in, report out, and the gate's answer as exit code.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use crate::engine::{Outcome, Plan, Severity};
use crate::json::Limits;
use crate::lang::Lang;
use crate::manifest::{Broken, Manifest, Origin};
use crate::report::human::{Group, Human};
use crate::report::json::{ErrorLine, JsonReport, Shape};
use crate::report::{Allow, FailOn, Gate, Look, Making, ManifestReport, Totals, plain, report};
use crate::time::Date;

use super::failure::{Failure, not_read};
use super::inputs::{Format as InputFormat, Text, find, texts};
use super::{Done, Shown, packs};

/// Above so many manifests, the report for people is the totals.
const MANY: u64 = 10;

/// So many manifests with the most findings are named in the totals.
const WORST: usize = 10;

/// Texts are checked in parallel in batches of so many, or of so many bytes.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 16 << 20;

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// A built-in pack, or the folder of one; all built-in packs unless given
    #[arg(long = "pack", value_name = "NAME|FOLDER")]
    packs: Vec<String>,
    /// The day for which to check
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// The least severity that fails the gate
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOnArg,
    /// An outcome that does not fail the gate
    #[arg(long, value_name = "OUTCOME", value_delimiter = ',')]
    allow: Vec<AllowArg>,
    /// Files to leave out
    #[arg(long, value_name = "GLOB")]
    ignore: Vec<String>,
    /// How to read the input, whatever its name
    #[arg(long, value_name = "FORMAT")]
    input: Option<InputFormat>,
    /// How to write the report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Where to write the report, in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the report for people tells together
    #[arg(long, value_name = "BY", default_value = "duty")]
    group: GroupArg,
    /// The most findings to show per manifest in the report for people; all are counted
    #[arg(long, value_name = "N", default_value_t = 50)]
    max_findings: usize,
    /// The most bytes that one manifest may have
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_bytes)]
    max_bytes: u64,
    /// Show no value of a manifest
    #[arg(long)]
    redact: bool,
    /// How many threads to use
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Show every manifest and every finding
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    /// Show only the summary
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// One JSON element a line
    Ndjson,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GroupArg {
    /// One finding for what several instruments ask for
    Duty,
    /// One finding for each rule
    Rule,
}

impl From<GroupArg> for Group {
    fn from(group: GroupArg) -> Self {
        match group {
            GroupArg::Duty => Self::Duty,
            GroupArg::Rule => Self::Rule,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOnArg {
    Error,
    Warning,
    Advice,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AllowArg {
    Unstated,
    Undetermined,
    Review,
    NotApplicable,
}

/// Runs the command.
pub fn run(args: &CheckArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let mistakes = shown.look(&io::stderr());
    let plan = packs::plan(packs::load(&args.packs, mistakes)?);
    let found = find(&args.paths, args.input, &args.ignore)?;
    let mut file = match &args.output {
        Some(path) => {
            Some(BufWriter::new(File::create(path).map_err(|error| Failure::CannotWrite(path.clone(), error))?))
        }
        None => None,
    };
    let look = if file.is_some() { shown.look_in_a_file() } else { shown.look(&io::stdout()) };
    let making = Making {
        as_of: args.as_of.unwrap_or_else(Date::today_utc),
        lang: shown.lang,
        results: args.format != Format::Human,
        settle: args.format == Format::Human,
        redact: args.redact,
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.map_or(0, NonZeroUsize::get)).build();
    let pool = pool.map_err(|error| Failure::Threads(error.to_string()))?;
    let sink: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => out,
    };
    let mut run = Run::new(args, &plan, making, look, mistakes, sink)?;
    for (name, why) in &found.errors {
        run.could_not_read(name, why.say(shown.lang))?;
    }
    let mut texts = found.places.iter().flat_map(|place| texts(place, args.max_bytes)).peekable();
    while texts.peek().is_some() {
        let batch = batch(&mut texts);
        let checked: Vec<_> = pool.install(|| batch.into_par_iter().map(|text| run.checker.check(text)).collect());
        for one in checked {
            run.add(one)?;
        }
    }
    let gate = run.end(found.ignored)?;
    if let Some(mut file) = file {
        file.flush()?;
    }
    Ok(gate.exit_code())
}

fn batch(texts: &mut dyn Iterator<Item = Text>) -> Vec<Text> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(text) = texts.next() else { break };
        bytes += text.bytes.as_ref().map_or(0, Vec::len);
        batch.push(text);
    }
    batch
}

/// One text after it was checked, away from the others.
enum Checked {
    Manifest(Box<ManifestReport>, String),
    Broken { broken: Broken, in_stream: bool },
    Unreadable(String, io::Error),
}

/// What checks one text, whatever the others come to.
#[derive(Clone, Copy)]
struct Checker<'r> {
    args: &'r CheckArgs,
    plan: &'r Plan,
    making: Making,
    human: Human<'r>,
    /// Whether there are already so many manifests that only the totals are shown.
    many: bool,
}

impl Checker<'_> {
    /// Checks one text; what it says is drawn here too, since that is most of the work.
    fn check(&self, text: Text) -> Checked {
        let bytes = match text.bytes {
            Ok(bytes) => bytes,
            Err(error) => return Checked::Unreadable(text.name, error),
        };
        let limits = Limits { max_bytes: self.args.max_bytes, ..Limits::default() };
        let origin = Origin { name: text.name, line: text.line, byte: text.byte };
        match Manifest::read(origin, bytes, &limits) {
            Err(broken) => Checked::Broken { broken, in_stream: text.in_stream },
            Ok(manifest) => {
                let report = report(self.plan, &manifest, text.in_stream, self.making);
                let drawn = self.draw(&report);
                Checked::Manifest(Box::new(report), drawn)
            }
        }
    }

    fn draw(&self, report: &ManifestReport) -> String {
        if self.args.format != Format::Human {
            let element = JsonReport::element(self.plan, report, self.making.lang);
            return element.expect("a report has no map with keys that are not strings");
        }
        let shown = self.args.verbose || !(self.args.quiet || self.many);
        match (shown, report.findings.is_empty()) {
            (false, _) => String::new(),
            (true, true) => {
                if self.args.verbose {
                    self.human.line(report)
                } else {
                    String::new()
                }
            }
            (true, false) => {
                let most = if self.args.verbose { usize::MAX } else { self.args.max_findings };
                self.human.manifest(report, most)
            }
        }
    }
}

struct Run<'r> {
    checker: Checker<'r>,
    /// How mistakes are shown, on standard error.
    mistakes: Look,
    totals: Totals,
    json: Option<JsonReport<'r>>,
    out: &'r mut dyn Write,
    /// What is shown of the first manifests, until it is clear that there are not many.
    held: String,
    /// The manifests with the most findings: violations, other findings, the line.
    worst: Vec<(u64, u64, String)>,
}

impl<'r> Run<'r> {
    fn new(
        args: &'r CheckArgs,
        plan: &'r Plan,
        making: Making,
        look: Look,
        mistakes: Look,
        out: &'r mut dyn Write,
    ) -> io::Result<Self> {
        let totals = Totals::new(plan, fail_on(args.fail_on), allow(&args.allow));
        let shape = match args.format {
            Format::Human => None,
            Format::Json => Some(Shape::Document),
            Format::Ndjson => Some(Shape::Lines),
        };
        let json = match shape {
            Some(shape) => Some(JsonReport::begin(out, plan, &totals, making.as_of, making.lang, shape)?),
            None => None,
        };
        let human = Human { plan, look, as_of: making.as_of, redact: args.redact, group: args.group.into() };
        let checker = Checker { args, plan, making, human, many: false };
        Ok(Self { checker, mistakes, totals, json, out, held: String::new(), worst: Vec::new() })
    }

    fn add(&mut self, checked: Checked) -> io::Result<()> {
        match checked {
            Checked::Manifest(report, drawn) => self.manifest(&report, &drawn),
            Checked::Broken { broken, in_stream } => self.broken(&broken, in_stream),
            Checked::Unreadable(name, error) => self.could_not_read(&name, &not_read(&error, self.checker.making.lang)),
        }
    }

    fn manifest(&mut self, report: &ManifestReport, drawn: &str) -> io::Result<()> {
        self.totals.add(report);
        self.checker.many = self.totals.manifests > MANY;
        if let Some(json) = &mut self.json {
            return json.manifest(self.out, drawn);
        }
        if self.checker.args.verbose {
            return self.out.write_all(drawn.as_bytes());
        }
        if self.totals.manifests <= MANY {
            self.held.push_str(drawn);
        } else {
            self.held.clear();
        }
        self.note_worst(report);
        Ok(())
    }

    fn note_worst(&mut self, report: &ManifestReport) {
        let failed = report.outcomes.of(Outcome::Fail);
        let others = report.findings.len() as u64 - failed;
        let last = self.worst.last().map_or((0, 0), |(failed, others, _)| (*failed, *others));
        if self.worst.len() == WORST && (failed, others) <= last {
            return;
        }
        self.worst.push((failed, others, self.checker.human.line(report)));
        self.worst.sort_by_key(|(failed, others, _)| std::cmp::Reverse((*failed, *others)));
        self.worst.truncate(WORST);
    }

    fn broken(&mut self, broken: &Broken, in_stream: bool) -> io::Result<()> {
        self.totals.errors += 1;
        let human = Human { look: self.mistakes, ..self.checker.human };
        io::stderr().write_all(human.broken(broken, in_stream).as_bytes())?;
        let Some(json) = &mut self.json else { return Ok(()) };
        for problem in &broken.problems {
            let at = broken.file.region(problem.span);
            let kind = if self.checker.args.redact { problem.kind.clone().redacted() } else { problem.kind.clone() };
            let error = ErrorLine {
                path: Some(broken.file.name.clone()),
                message: kind.say(self.checker.making.lang),
                line: Some(at.line),
                column: Some(at.column),
            };
            json.error(self.out, &error)?;
        }
        Ok(())
    }

    fn could_not_read(&mut self, name: &str, why: &str) -> io::Result<()> {
        self.totals.errors += 1;
        let (word, then) = match self.checker.making.lang {
            Lang::En => ("error: ", ": "),
            Lang::Zh => ("错误：", "："),
        };
        writeln!(io::stderr(), "{word}{}{then}{why}", plain(name))?;
        match &mut self.json {
            Some(json) => json.error(
                self.out,
                &ErrorLine { path: Some(name.to_owned()), message: why.to_owned(), line: None, column: None },
            ),
            None => Ok(()),
        }
    }

    fn end(mut self, ignored: usize) -> io::Result<Gate> {
        let gate = self.totals.gate();
        if ignored > 0 {
            let sentence = match self.checker.making.lang {
                Lang::En if ignored == 1 => "1 file that git ignores was left out".to_owned(),
                Lang::En => format!("{ignored} files that git ignores were left out"),
                Lang::Zh => format!("已略过 {ignored} 个被 git 忽略的文件"),
            };
            writeln!(io::stderr(), "{sentence}")?;
        }
        if let Some(json) = self.json.take() {
            json.end(self.out, &self.totals)?;
            self.out.flush()?;
            return Ok(gate);
        }
        self.out.write_all(self.held.as_bytes())?;
        if self.totals.manifests > MANY && !self.checker.args.quiet {
            write!(self.out, "{}", self.checker.human.table(&self.totals))?;
            self.worst()?;
        }
        self.out.write_all(self.checker.human.summary(&self.totals).as_bytes())?;
        self.out.flush()?;
        Ok(gate)
    }

    fn worst(&mut self) -> io::Result<()> {
        self.worst.retain(|(failed, others, _)| failed + others > 0);
        if self.worst.is_empty() {
            return Ok(());
        }
        let look = self.checker.human.look;
        writeln!(
            self.out,
            "{}",
            look.lang.pick("The most findings (all of them with -v):", "发现最多的清单（-v 可显示全部）：")
        )?;
        for (_, _, line) in &self.worst {
            write!(self.out, "  {line}")?;
        }
        writeln!(self.out)
    }
}

fn fail_on(fail_on: FailOnArg) -> FailOn {
    match fail_on {
        FailOnArg::Error => FailOn::At(Severity::Error),
        FailOnArg::Warning => FailOn::At(Severity::Warning),
        FailOnArg::Advice => FailOn::At(Severity::Advice),
        FailOnArg::Never => FailOn::Never,
    }
}

fn allow(allowed: &[AllowArg]) -> Allow {
    Allow {
        unstated: allowed.contains(&AllowArg::Unstated),
        undetermined: allowed.contains(&AllowArg::Undetermined),
        review: allowed.contains(&AllowArg::Review),
        not_applicable: allowed.contains(&AllowArg::NotApplicable),
    }
}
