//! A mutant that survived, on a terminal: the place in the rule, and what it changes there.

use crate::authoring::one_line::one_line;
use crate::authoring::test::written;
use crate::engine::Severity;
use crate::lang::Lang;
use crate::pack::Pack;
use crate::report::{Block, Excerpts, Look, hanging, plain};

use super::{Mutant, Subject, Suggestion};

/// Draws a survivor, ended by an empty line.
pub fn survivor(
    pack: &Pack,
    (mutant, suggestion): (&Mutant, Option<&Suggestion>),
    excerpts: &Excerpts,
    look: Look,
) -> String {
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
    drawn += &(help + "\n");
    let told = match suggestion {
        Some(suggestion) => test(pack, mutant, suggestion, look),
        None => {
            let sentence = look.lang.pick(
                "No manifest was found that tells the change from the rule, and none was ruled out.",
                "未找到能够区分变异与原规则的清单，也未能证明不存在。",
            );
            hanging("    ", sentence, look.width) + "\n"
        }
    };
    drawn + &told + "\n"
}

/// A test that would notice the mutant.
fn test(pack: &Pack, mutant: &Mutant, suggestion: &Suggestion, look: Look) -> String {
    let rule = match mutant.subject {
        Subject::Rule(_) => String::new(),
        _ => format!("{}{}", look.lang.pick(" of ", "："), pack.rules[suggestion.rule].id),
    };
    let (found, instead) = (written(&suggestion.found), written(&suggestion.instead));
    let sentence = match look.lang {
        Lang::En => {
            format!("This test{rule} would notice it, if the law means {found} here; with the change it is {instead}:")
        }
        Lang::Zh if rule.is_empty() => format!("如此处应为 {found}，以下测试可发现该变异（变异后为 {instead}）："),
        Lang::Zh => format!("如此处应为 {found}，在规则{rule} 中加入以下测试可发现该变异（变异后为 {instead}）："),
    };
    let written = hanging("      ", &plain(&one_line(&suggestion.test())), look.width);
    format!("{}\n{written}\n", hanging("    ", &plain(&sentence), look.width))
}
