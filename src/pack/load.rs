//! From the files of a folder to a pack, or to everything that is wrong with them.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::condition::Scope;
use super::error::{Mistake, PackError};
use super::instrument::{self, languages, shared};
use super::model::{Instrument, Pack, Rule};
use super::read::{FileReader, Proof, head};
use super::rule;
use super::uses;
use crate::json::{self, Document, Limits, Source, Span};
use crate::lang::Lang;
use crate::manifest::{BUILT_IN, Manifest, ManifestSchema, Origin};
use crate::source::SourceFile;

const INSTRUMENT: &str = "instrument.json";
const EXAMPLE: &str = "example.json";

/// A file of a pack before it is read.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Its name for people.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads the pack in a folder.
///
/// # Errors
/// Everything that is wrong with it; a pack with an error is never half loaded.
pub fn folder(schema: &ManifestSchema, folder: &Path) -> Result<Pack, Vec<PackError>> {
    let name = |path: &Path| path.display().to_string().replace('\\', "/");
    let unreadable = |path: &Path, error: &std::io::Error| {
        vec![without_place(&name(path), Mistake::Unreadable(format!("cannot be read: {error}")))]
    };
    let (mut files, mut strangers) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match ending {
            _ if hidden => {}
            Some("json") => {
                let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
                files.push(PackFile { name: name(&path), bytes });
            }
            Some("md") => {}
            // Whatever it is, its author may take it for rules that are checked.
            _ => strangers.push(without_place(&name(&path), stranger())),
        }
    }
    if !strangers.is_empty() {
        return Err(strangers);
    }
    if files.is_empty() {
        return Err(vec![without_place(&name(folder), no_instrument())]);
    }
    load(schema, files, Proof::Full)
}

fn stranger() -> Mistake {
    Mistake::Unreadable("is no part of a pack, which holds *.json files, and *.md files for people".to_owned())
}

/// Reads a pack from its files.
///
/// # Errors
/// Everything that is wrong with it; a pack with an error is never half loaded.
pub fn load(schema: &ManifestSchema, mut files: Vec<PackFile>, proof: Proof) -> Result<Pack, Vec<PackError>> {
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let digest = digest(&files);
    let errors = RefCell::new(Vec::new());
    let (sources, documents) = parse(files, &errors);
    let readable = errors.borrow().is_empty();
    let pack = if readable { assemble(schema, &sources, &documents, digest, proof, &errors) } else { None };
    match pack {
        Some(pack) if errors.borrow().is_empty() => Ok(pack),
        _ => Err(distinct(errors.into_inner())),
    }
}

fn parse(files: Vec<PackFile>, errors: &RefCell<Vec<PackError>>) -> (Vec<Arc<SourceFile>>, Vec<Document>) {
    let (mut sources, mut documents) = (Vec::new(), Vec::new());
    for file in files {
        match json::read(file.bytes, &Limits::default()) {
            Ok(document) => {
                sources.push(SourceFile::whole(file.name, Arc::clone(document.source())));
                documents.push(document);
            }
            Err(failure) => {
                let source = SourceFile::whole(file.name, Arc::clone(&failure.source));
                errors.borrow_mut().extend(failure.errors.iter().map(|error| PackError {
                    file: Arc::clone(&source),
                    span: error.span,
                    second: error.second().map(|(span, what)| (span, what.to_owned())),
                    kind: Mistake::NotJson(error.to_string(), error.help().map(std::borrow::Cow::into_owned)),
                }));
            }
        }
    }
    (sources, documents)
}

fn assemble(
    schema: &ManifestSchema,
    sources: &[Arc<SourceFile>],
    documents: &[Document],
    digest: String,
    proof: Proof,
    errors: &RefCell<Vec<PackError>>,
) -> Option<Pack> {
    let position = |name: &str| sources.iter().position(|source| source.name.rsplit('/').next() == Some(name));
    let Some(main) = position(INSTRUMENT) else {
        let name = sources.first().map_or_else(String::new, |source| source.name.clone());
        errors.borrow_mut().push(without_place(&name, no_instrument()));
        return None;
    };
    let languages = languages(documents[main].root());
    let reader = |file: usize| FileReader {
        file,
        source: &sources[file],
        languages: &languages,
        proof,
        errors,
        named: Cell::new(0),
    };
    let main_reader = reader(main);
    let root = documents[main].root();
    let instrument = instrument::read(&main_reader, schema, root)?;
    let scope = Scope::root(schema, shared(&main_reader, root));
    let example = position(EXAMPLE);
    let mut rules = Vec::new();
    for file in (0..sources.len()).filter(|file| *file != main && Some(*file) != example) {
        rules.extend(rule::file(&reader(file), &scope, &instrument, documents[file].root()));
    }
    if rules.is_empty() && errors.borrow().is_empty() {
        main_reader.report(head(root), Mistake::NoRules("the pack"));
    }
    in_order(&instrument, &mut rules);
    unique(&main_reader, sources, &rules);
    uses::conditions_are_used(&main_reader, root, &instrument, &rules);
    if let Some(file) = example {
        example_is_a_manifest(schema, &reader(file));
    }
    let example =
        example.map_or_else(|| serde_json::json!({ "manifest": "1" }), |file| documents[file].root().to_value());
    Some(Pack { instrument, rules, digest, files: sources.to_vec(), example })
}

/// Reports what is wrong with a pack's example, which is a manifest of the built-in schema unless packs are read
/// against another.
fn example_is_a_manifest(schema: &ManifestSchema, cx: &FileReader<'_>) {
    if !std::ptr::eq(schema, &*BUILT_IN) {
        return;
    }
    let text = cx.source.source.text().as_bytes().to_vec();
    if let Err(broken) = Manifest::read(Origin::file(&cx.source.name), text, &Limits::default()) {
        for problem in broken.problems {
            cx.report(problem.span, Mistake::BadExample(problem.kind.say(Lang::En)));
        }
    }
}

/// Puts rules in the order of the instrument's articles.
fn in_order(instrument: &Instrument, rules: &mut [Rule]) {
    let number = |rule: &Rule| {
        let article = rule.cite.first().map(|citation| citation.article.as_str());
        instrument.articles.iter().position(|listed| Some(listed.number.as_str()) == article)
    };
    rules.sort_by_key(number);
}

fn unique(cx: &FileReader<'_>, sources: &[Arc<SourceFile>], rules: &[Rule]) {
    for (position, rule) in rules.iter().enumerate() {
        let Some(earlier) = rules[..position].iter().find(|earlier| earlier.id == rule.id) else { continue };
        let name = rule.id.name.clone();
        let (file, same_file) = (&sources[earlier.place.file], earlier.place.file == rule.place.file);
        let line = file.region(earlier.place.span).line;
        let other = (!same_file).then(|| format!("{}, line {line}", file.name.rsplit('/').next().unwrap_or_default()));
        let mut errors = cx.errors.borrow_mut();
        errors.push(PackError {
            file: Arc::clone(&sources[rule.place.file]),
            span: Span { start: rule.place.span.start, end: rule.place.span.start + 1 },
            second: same_file.then(|| {
                (Span { start: earlier.place.span.start, end: earlier.place.span.start + 1 }, "the other".to_owned())
            }),
            kind: Mistake::Twice { what: "rules", name, other },
        });
    }
}

/// SHA-256 over each file's name, length and bytes.
fn digest(files: &[PackFile]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        let name = file.name.rsplit('/').next().unwrap_or_default();
        hasher.update(format!("{name}\0{}\0", file.bytes.len()));
        hasher.update(&file.bytes);
    }
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A shared condition is read wherever it is named; what is wrong with it is told once.
fn distinct(errors: Vec<PackError>) -> Vec<PackError> {
    let mut kept: Vec<PackError> = Vec::new();
    for error in errors {
        let same = |other: &PackError| {
            other.file.name == error.file.name && other.span == error.span && other.kind == error.kind
        };
        if !kept.iter().any(same) {
            kept.push(error);
        }
    }
    kept.sort_by(|a, b| (&a.file.name, a.span.start).cmp(&(&b.file.name, b.span.start)));
    kept
}

fn no_instrument() -> Mistake {
    Mistake::Unreadable(format!("the pack has no `{INSTRUMENT}`"))
}

fn without_place(name: &str, kind: Mistake) -> PackError {
    let empty = SourceFile::whole(name, Arc::new(Source::new(Arc::from(""))));
    PackError { file: empty, span: Span { start: 0, end: 0 }, second: None, kind }
}
