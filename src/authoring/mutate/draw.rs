//! A mutant that survived, on a terminal: the place in the rule, and what it changes there.

use crate::engine::Severity;
use crate::pack::Pack;
use crate::report::{Block, Excerpts, Look, hanging, plain};

use super::Mutant;

/// Draws a survivor, ended by an empty line.
pub fn survivor(pack: &Pack, mutant: &Mutant, excerpts: &Excerpts, look: Look) -> String {
    let lang = look.lang;
    let kind = &mutant.change.kind;
    let block = Block {
        severity: Severity::Error,
        headline: format!("{}  {}", mutant.subject.name(pack), plain(&kind.unnoticed(lang))),
        excerpts: Some(excerpts),
        labels: vec![(mutant.change.span, lang.pick("here", "此处").to_owned())],
        lines: Vec::new(),
    };
    let mut drawn = block.draw(look);
    drawn.truncate(drawn.trim_end().len());
    drawn.push('\n');
    let sides = [("-", "\u{1b}[31m", &mutant.change.before), ("+", "\u{1b}[32m", &mutant.change.after)];
    for (sign, colour, written) in sides {
        let Some(written) = written else { continue };
        let side = hanging(&format!("    {sign} "), &plain(written), look.width);
        drawn += &if look.colour { format!("{colour}{side}\u{1b}[0m\n") } else { side + "\n" };
    }
    let word = lang.pick("help:", "建议：");
    let mut help = hanging(&format!("    {word}{}", lang.gap()), &plain(&kind.hint(lang)), look.width);
    if look.colour {
        help = help.replacen(word, &format!("\u{1b}[36m{word}\u{1b}[0m"), 1);
    }
    drawn + &help + "\n\n"
}
