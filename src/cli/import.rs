//! `govlint import`: somebody else's inventory to manifests, one per line; what is not understood is told.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use clap::Args;

use crate::import::{IMPORTERS, ImportError, named};
use crate::lang::Lang;
use crate::report::plain;

use super::failure::Failure;
use super::{Done, Shown};

/// So many cells that were not understood are named; all are counted.
const NAMED: u64 = 20;

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The format; without a file, its table is printed
    format: Option<String>,
    /// The file to read, - for standard input
    file: Option<PathBuf>,
    /// Where to write the manifests, in place of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Name every cell that was not understood
    #[arg(short, long)]
    verbose: bool,
}

/// Runs the command.
pub fn run(args: &ImportArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let lang = shown.lang;
    let Some(format) = &args.format else {
        for importer in IMPORTERS {
            writeln!(out, "{}  {}", importer.name, importer.about(lang))?;
        }
        return Ok(0);
    };
    let Some(importer) = named(format) else {
        let there = IMPORTERS.iter().map(|importer| importer.name).collect();
        return Err(Failure::UnknownFormat { name: format.clone(), there });
    };
    let Some(path) = &args.file else {
        for mapping in (importer.mappings)() {
            writeln!(out, "{}", mapping.say(lang))?;
        }
        return Ok(0);
    };
    let mut source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).map_err(|error| Failure::CannotRead(path.clone(), error))?;
        Box::new(BufReader::new(file))
    };
    let mut file = match &args.output {
        Some(path) => {
            Some(BufWriter::new(File::create(path).map_err(|error| Failure::CannotWrite(path.clone(), error))?))
        }
        None => None,
    };
    let mut standard = BufWriter::new(out);
    let mut told = 0;
    let name = plain(&super::inputs::name(path));
    let mut unread = |cell: crate::import::Unread| {
        told += 1;
        if args.verbose || told <= NAMED {
            eprintln!("{name}{}{}", lang.pick(": ", "："), cell.say(lang));
        }
    };
    let sink: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => &mut standard,
    };
    let tally = (importer.run)(&mut source, sink, &mut unread).map_err(|error| match error {
        ImportError::Write(error) => Failure::Io(error),
        other => Failure::Import(path.clone(), other),
    })?;
    standard.flush()?;
    if let Some(mut file) = file {
        file.flush()?;
    }
    if told > NAMED && !args.verbose {
        let more = told - NAMED;
        eprintln!(
            "{}",
            match lang {
                Lang::En => format!("and {more} more (-v names every cell that was not understood)"),
                Lang::Zh => format!("另有 {more} 个单元格未能读取（-v 可全部列出）"),
            }
        );
    }
    let (rows, manifests) = (tally.rows, tally.manifests);
    let (stated, blank, imprecise, unread) = (tally.stated(), tally.blank(), tally.imprecise(), tally.unread());
    eprintln!(
        "{}",
        match lang {
            Lang::En => format!(
                "rows read: {rows}, manifests written: {manifests}; cells: {stated} stated, {blank} blank, \
                 {imprecise} dates without a day, {unread} not understood"
            ),
            Lang::Zh => format!(
                "读入 {rows} 行，输出 {manifests} 份清单；单元格：已说明 {stated}，空白 {blank}，缺日的日期 {imprecise}，未能读取 {unread}"
            ),
        }
    );
    if !tally.unknown_columns.is_empty() {
        let columns: Vec<_> = tally.unknown_columns.iter().map(|column| plain(column)).collect();
        let (word, comma) = match lang {
            Lang::En => ("columns that were not read: ", ", "),
            Lang::Zh => ("未读取的列：", "、"),
        };
        eprintln!("{word}{}", columns.join(comma));
    }
    Ok(0)
}
