//! Which rules a command speaks of: what is asked of each on the command line.

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, Rule, Strength, TOPICS, TextStatus, uses};
use crate::time::Date;

/// The words for strengths.
const STRENGTHS: [&str; 4] =
    [Strength::Must.word(), Strength::MustNot.word(), Strength::Should.word(), Strength::Encouraged.word()];

/// The words for kinds of text.
const STATUSES: [&str; 3] = [TextStatus::Text.word(), TextStatus::Secondary.word(), TextStatus::Memory.word()];

/// What is asked of a rule; what is not given is not asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which rules")]
pub struct Choice {
    /// On this topic
    #[arg(long, value_name = "TOPIC", value_parser = TOPICS)]
    topic: Option<String>,
    /// Of this strength
    #[arg(long, value_name = "STRENGTH", value_parser = STRENGTHS)]
    strength: Option<String>,
    /// That settle this; `nothing`: those that only put a question to a person
    #[arg(long, value_name = "WHAT")]
    decides: Option<Settled>,
    /// That rest on this kind of text
    #[arg(long, value_name = "STATUS", value_parser = STATUSES)]
    text_status: Option<String>,
    /// That cite this article
    #[arg(long, value_name = "NUMBER")]
    article: Option<String>,
    /// That read this fact, or one below it
    #[arg(long, value_name = "POINTER")]
    fact: Option<String>,
    /// That are in force on this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    in_force: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Settled {
    Breach,
    Pass,
    Nothing,
}

impl Choice {
    /// Refuses what no rule could fit: a fact that no manifest can state.
    pub fn prove(&self) -> Result<(), Failure> {
        match &self.fact {
            Some(fact) if !BUILT_IN.facts().any(|(_, known)| is_below(&known.pointer, fact)) => {
                Err(Failure::UnknownFact(fact.clone()))
            }
            _ => Ok(()),
        }
    }

    /// The rules of a pack that fit, in order.
    pub fn of<'p>(&self, pack: &'p Pack) -> Vec<&'p Rule> {
        pack.rules.iter().filter(|rule| self.fits(rule)).collect()
    }

    fn fits(&self, rule: &Rule) -> bool {
        let settles = |what| match what {
            Settled::Breach => rule.decides.breach,
            Settled::Pass => rule.decides.pass,
            Settled::Nothing => !rule.decides.breach && !rule.decides.pass,
        };
        let reads = |fact: &String| uses::facts(rule).iter().any(|id| is_below(&BUILT_IN.fact(*id).pointer, fact));
        let lasts = |day: Date| rule.in_force.from <= day && rule.in_force.until.is_none_or(|until| day <= until);
        self.topic.as_ref().is_none_or(|topic| rule.topics.contains(topic))
            && self.strength.as_ref().is_none_or(|word| word == rule.strength.word())
            && self.decides.is_none_or(settles)
            && self.text_status.as_ref().is_none_or(|word| word == rule.text_status.word())
            && self.article.as_ref().is_none_or(|article| rule.cite.iter().any(|cited| cited.article == *article))
            && self.fact.as_ref().is_none_or(reads)
            && self.in_force.is_none_or(lasts)
    }
}

fn is_below(pointer: &str, wanted: &str) -> bool {
    let wanted = wanted.trim_end_matches('/');
    pointer.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn a_fact_is_below_the_objects_around_it_and_no_others() {
        for (wanted, is) in
            [("/audience", true), ("/audience/minors/", true), ("/audience/min", false), ("/system", false)]
        {
            assert_eq!(is_below("/audience/minors/served", wanted), is, "{wanted}");
        }
    }
}
