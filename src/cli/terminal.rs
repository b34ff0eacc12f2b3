//! What the terminal can show: colours, characters, width. Decided once, from flags and environment.

use std::env;

use clap::ValueEnum;

use crate::lang::Lang;
use crate::report::Look;

/// The width where nobody says otherwise.
const WIDTH: usize = 100;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that has them, unless `NO_COLOR` says no or `CLICOLOR_FORCE` says yes
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How things are shown on a stream.
pub fn look(colour: Colour, lang: Lang, is_terminal: bool) -> Look {
    Look { colour: has_colour(colour, is_terminal), unicode: has_unicode(), width: width(is_terminal), lang }
}

fn has_colour(colour: Colour, is_terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if set("NO_COLOR") => false,
        Colour::Auto if set("CLICOLOR_FORCE") => true,
        Colour::Auto => is_terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Box characters, unless the locale says that only ASCII is understood.
fn has_unicode() -> bool {
    let terminal = env::var("TERM").unwrap_or_default();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    let understood = locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    understood && terminal != "linux" && terminal != "dumb"
}

fn width(is_terminal: bool) -> usize {
    let asked = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let seen = || terminal_size::terminal_size().filter(|_| is_terminal).map(|(width, _)| usize::from(width.0));
    asked.or_else(seen).unwrap_or(WIDTH).clamp(20, 400)
}
