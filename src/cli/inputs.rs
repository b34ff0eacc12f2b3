//! From arguments to texts: files, folders in sorted order, patterns, streams of one manifest a line.
//!
//! Nothing is dropped silently: what cannot be read, and what matches nothing, is an error of the run.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use super::failure::Failure;
use crate::lang::Lang;

/// How inputs are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One manifest a file
    Json,
    /// One manifest a line
    Ndjson,
}

/// A place to read manifests from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of one manifest.
    File(PathBuf),
    /// A file of one manifest a line.
    Stream(PathBuf),
    /// Standard input.
    Stdin(Format),
}

/// What the arguments come to.
#[derive(Debug, Default)]
pub struct Found {
    /// The places, in order.
    pub places: Vec<Place>,
    /// Arguments that name nothing that could be checked, and why.
    pub errors: Vec<(String, Nothing)>,
    /// How many files git ignores.
    pub ignored: usize,
}

/// Why an argument names nothing that could be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// A folder without manifests.
    NoManifests,
    /// A pattern without files.
    NoMatch,
    /// All of it is left out.
    LeftOut,
    /// A folder, or a file in one, that cannot be looked at.
    Closed,
    /// A configuration, which is not understood yet.
    Configuration,
}

impl Nothing {
    /// A few words for people.
    pub const fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::NoManifests => {
                lang.pick("the folder has no manifests (*.json, *.ndjson)", "文件夹中没有清单（*.json、*.ndjson）")
            }
            Self::NoMatch => lang.pick("the pattern matches no file", "没有与该模式匹配的文件"),
            Self::LeftOut => {
                lang.pick("nothing there is left to check (--ignore)", "其中没有需要检查的文件（--ignore）")
            }
            Self::Closed => lang.pick("it cannot be looked at", "无法查看"),
            Self::Configuration => {
                lang.pick("this version of govlint does not read configurations", "此版本的 govlint 不读取配置文件")
            }
        }
    }
}

/// The files of a configuration that is not understood yet, found above inputs.
pub const CONFIGURATION: &str = "govlint.json";

/// Finds what arguments name.
///
/// # Errors
/// Where a pattern of `--ignore` does not read.
pub fn find(arguments: &[String], format: Option<Format>, ignore: &[String]) -> Result<Found, Failure> {
    let left_out = patterns(ignore)?;
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for argument in arguments {
        let places = if argument == "-" {
            vec![Place::Stdin(format.unwrap_or(Format::Json))]
        } else {
            let paths = expand(argument, &mut found)?;
            let kept = paths.into_iter().filter(|path| !left_out.is_match(path));
            kept.map(|path| place(path, format)).collect()
        };
        if places.is_empty() && !found.errors.iter().any(|(name, _)| name == argument) {
            found.errors.push((argument.clone(), Nothing::LeftOut));
        }
        found.places.extend(places.into_iter().filter(|place| seen.insert(format!("{place:?}"))));
    }
    configuration(&mut found);
    Ok(found)
}

fn place(path: PathBuf, format: Option<Format>) -> Place {
    let by_name =
        if path.extension().is_some_and(|extension| extension == "ndjson") { Format::Ndjson } else { Format::Json };
    match format.unwrap_or(by_name) {
        Format::Json => Place::File(path),
        Format::Ndjson => Place::Stream(path),
    }
}

fn expand(argument: &str, found: &mut Found) -> Result<Vec<PathBuf>, Failure> {
    let path = Path::new(argument);
    if path.is_dir() {
        let paths = walk(path, &is_manifest, found);
        if paths.is_empty() {
            found.errors.push((argument.to_owned(), Nothing::NoManifests));
        }
        return Ok(paths);
    }
    if path.exists() || !argument.contains(['*', '?', '[', '{']) {
        return Ok(vec![as_written(path)]);
    }
    let pattern = patterns(&[argument.to_owned()])?;
    let base = base(argument);
    let paths = if base.exists() { walk(&base, &|path| pattern.is_match(path), found) } else { Vec::new() };
    if paths.is_empty() {
        found.errors.push((argument.to_owned(), Nothing::NoMatch));
    }
    Ok(paths)
}

/// The folder of a pattern up to its first wildcard.
fn base(pattern: &str) -> PathBuf {
    let fixed = pattern.split('/').take_while(|part| !part.contains(['*', '?', '[', '{']));
    let base = fixed.collect::<Vec<_>>().join("/");
    match base.as_str() {
        "" if pattern.starts_with('/') => PathBuf::from("/"),
        "" => PathBuf::from("."),
        _ => PathBuf::from(base),
    }
}

/// The files of a folder that are wanted, sorted. Those that git ignores are counted; what cannot be looked at is an
/// error, since there may be manifests in it.
fn walk(folder: &Path, wanted: &dyn Fn(&Path) -> bool, found: &mut Found) -> Vec<PathBuf> {
    let list = |heed_git: bool| {
        let mut walk = WalkBuilder::new(folder);
        walk.hidden(true)
            .ignore(false)
            .git_global(heed_git)
            .git_ignore(heed_git)
            .git_exclude(heed_git)
            .parents(heed_git);
        walk.sort_by_file_path(Path::cmp);
        let (mut files, mut closed) = (Vec::new(), Vec::new());
        for entry in walk.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| !kind.is_dir()) => {
                    files.push(as_written(entry.path()))
                }
                Ok(_) => {}
                Err(error) => closed.push(place_of(&error)),
            }
        }
        files.retain(|path| wanted(path));
        (files, closed)
    };
    let ((kept, closed), (all, _)) = (list(true), list(false));
    found.ignored += all.len().saturating_sub(kept.len());
    found.errors.extend(closed.into_iter().map(|path| (path, Nothing::Closed)));
    kept
}

/// The path that an error is about.
fn place_of(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => name(path),
        ignore::Error::WithDepth { err, .. } => place_of(err),
        other => other.to_string(),
    }
}

fn is_manifest(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.ends_with(".ndjson") || (name.ends_with(".json") && !name.starts_with("govlint"))
}

fn patterns(patterns: &[String]) -> Result<GlobSet, Failure> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern.strip_prefix("./").unwrap_or(pattern)).literal_separator(true).build();
        let bad = |why: globset::Error| Failure::BadPattern { pattern: pattern.clone(), why: why.kind().to_string() };
        set.add(glob.map_err(bad)?);
    }
    set.build().map_err(|error| Failure::BadPattern { pattern: patterns.join(" "), why: error.to_string() })
}

/// A configuration above an input is an error until it is understood: ignoring it would check by other rules than its
/// owner means.
fn configuration(found: &mut Found) {
    let mut folders = HashSet::new();
    for place in &found.places {
        let start = match place {
            Place::File(path) | Place::Stream(path) => path.parent().map(Path::to_path_buf).unwrap_or_default(),
            Place::Stdin(_) => PathBuf::new(),
        };
        let absolute = if start.as_os_str().is_empty() { PathBuf::from(".") } else { start };
        let Ok(absolute) = absolute.canonicalize() else { continue };
        for folder in absolute.ancestors() {
            if !folders.insert(folder.to_path_buf()) {
                break;
            }
            let path = folder.join(CONFIGURATION);
            if path.exists() {
                found.errors.push((name(&path), Nothing::Configuration));
            }
        }
    }
}

/// One text to check.
#[derive(Debug)]
pub struct Text {
    /// The file's name for people.
    pub name: String,
    /// The line at which the text begins, from 1.
    pub line: u64,
    /// The byte at which the text begins.
    pub byte: u64,
    /// Whether it is one of several in its file.
    pub in_stream: bool,
    /// The bytes, or why there are none.
    pub bytes: io::Result<Vec<u8>>,
}

/// The texts of one place, one after the other.
pub fn texts(place: &Place, max_bytes: u64) -> Box<dyn Iterator<Item = Text>> {
    match place {
        Place::File(path) => Box::new(std::iter::once(whole(name(path), File::open(path), max_bytes))),
        Place::Stdin(Format::Json) => {
            Box::new(std::iter::once(whole("<stdin>".to_owned(), Ok(io::stdin().lock()), max_bytes)))
        }
        Place::Stdin(Format::Ndjson) => {
            Box::new(Lines::new("<stdin>".to_owned(), Box::new(io::stdin().lock()), max_bytes))
        }
        Place::Stream(path) => match File::open(path).and_then(not_a_folder) {
            Ok(file) => Box::new(Lines::new(name(path), Box::new(BufReader::with_capacity(1 << 16, file)), max_bytes)),
            Err(error) => Box::new(std::iter::once(whole(name(path), Err::<File, _>(error), max_bytes))),
        },
    }
}

fn not_a_folder(file: File) -> io::Result<File> {
    if file.metadata()?.is_dir() { Err(io::Error::from(io::ErrorKind::IsADirectory)) } else { Ok(file) }
}

/// A path as people write it: without a `./` before it, so that each file has one name.
fn as_written(path: &Path) -> PathBuf {
    path.strip_prefix(".").map_or_else(|_| path.to_path_buf(), Path::to_path_buf)
}

/// A path as people write it.
pub fn name(path: &Path) -> String {
    let name = path.display().to_string();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

fn whole(name: String, source: io::Result<impl Read>, max_bytes: u64) -> Text {
    let bytes = source.and_then(|source| {
        let mut bytes = Vec::new();
        // One byte more than is allowed, so that the reader sees that it is too much.
        source.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes)
    });
    Text { name, line: 1, byte: 0, in_stream: false, bytes }
}

/// A stream of one text a line, read line by line.
struct Lines {
    name: String,
    source: Box<dyn BufRead>,
    max_bytes: u64,
    line: u64,
    byte: u64,
    texts: u64,
    ended: bool,
}

impl Lines {
    fn new(name: String, source: Box<dyn BufRead>, max_bytes: u64) -> Self {
        Self { name, source, max_bytes, line: 0, byte: 0, texts: 0, ended: false }
    }

    fn text(&mut self, byte: u64, bytes: io::Result<Vec<u8>>) -> Text {
        self.texts += 1;
        Text { name: self.name.clone(), line: self.line.max(1), byte, in_stream: true, bytes }
    }

    /// Reads one line; of a line that is too long, only so much as shows that it is.
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let most = self.max_bytes.saturating_add(2);
        let mut taken = self.source.by_ref().take(most).read_until(b'\n', &mut bytes)? as u64;
        if taken == 0 {
            return Ok(None);
        }
        if taken == most && bytes.last() != Some(&b'\n') {
            taken += skip_line(&mut *self.source)?;
        }
        self.byte += taken;
        self.line += 1;
        Ok(Some(bytes))
    }
}

/// Skips to the end of a line without keeping it.
fn skip_line(source: &mut dyn BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), false),
        };
        source.consume(used);
        skipped += used as u64;
        if ended {
            return Ok(skipped);
        }
    }
}

impl Iterator for Lines {
    type Item = Text;

    fn next(&mut self) -> Option<Text> {
        loop {
            if self.ended {
                return None;
            }
            let byte = self.byte;
            match self.read() {
                Ok(Some(mut bytes)) => {
                    while bytes.last().is_some_and(|last| matches!(last, b'\n' | b'\r')) {
                        bytes.pop();
                    }
                    // A line of nothing holds nothing; a stream of such lines alone is an empty text.
                    if bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
                        return Some(self.text(byte, Ok(bytes)));
                    }
                }
                Ok(None) => {
                    self.ended = true;
                    return (self.texts == 0).then(|| self.text(0, Ok(Vec::new())));
                }
                Err(error) => {
                    self.ended = true;
                    return Some(self.text(byte, Err(error)));
                }
            }
        }
    }
}
