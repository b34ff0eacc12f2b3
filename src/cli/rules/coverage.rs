//! `govlint rules coverage`: every article, its duties, its rules, and why a duty has none.

use std::io::Write;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::head;
use crate::authoring::coverage::Account;
use crate::cli::failure::Failure;
use crate::lang::Lang;
use crate::pack::{Pack, TOPICS, Within};
use crate::report::cite::numeral;
use crate::report::{Look, hanging, table, words, wrap};

/// Writes the account of one pack.
pub(super) fn coverage(out: &mut dyn Write, account: &Account, pack: &Pack, look: Look) -> Result<(), Failure> {
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

/// Writes how many rules each instrument has on each topic: instruments in lines, the topics that any has in columns.
pub(super) fn matrix(out: &mut dyn Write, packs: &[Arc<Pack>], json: bool, look: Look) -> Result<u8, Failure> {
    let lang = look.lang;
    let count =
        |pack: &Pack, topic: &str| pack.rules.iter().filter(|rule| rule.topics.iter().any(|own| own == topic)).count();
    if json {
        let of = |pack: &Arc<Pack>| {
            let topics: serde_json::Map<_, _> =
                TOPICS.iter().map(|topic| ((*topic).to_owned(), count(pack, topic).into())).collect();
            serde_json::json!({ "pack": pack.instrument.id, "rules": pack.rules.len(), "topics": topics })
        };
        let all: Vec<_> = packs.iter().map(of).collect();
        let text = serde_json::to_string_pretty(&serde_json::json!({ "packs": all })).expect("numbers can be written");
        writeln!(out, "{text}")?;
        return Ok(0);
    }
    // Instruments are numbered, so that the table of fourteen of them fits a terminal.
    for (number, pack) in (1..).zip(packs) {
        let title = pack.instrument.title.get(lang);
        writeln!(out, "{}", hanging(&format!("{number:>3}  {}  ", pack.instrument.id), title, look.width))?;
    }
    writeln!(out)?;
    let head = std::iter::once(lang.pick("rules on", "规则主题").to_owned());
    let all = lang.pick("all", "合计");
    let mut rows =
        vec![head.chain((1..=packs.len()).map(|number| number.to_string())).chain([all.to_owned()]).collect()];
    for topic in TOPICS {
        let counts: Vec<_> = packs.iter().map(|pack| count(pack, topic)).collect();
        let sum: usize = counts.iter().sum();
        let shown = |count: &usize| if *count == 0 { look.dot().trim().to_owned() } else { count.to_string() };
        if sum > 0 {
            let name = std::iter::once(words::topic(topic, lang).to_owned());
            rows.push(name.chain(counts.iter().map(shown)).chain([sum.to_string()]).collect());
        }
    }
    let sums: Vec<_> = packs.iter().map(|pack| pack.rules.len()).collect();
    let total = [sums.iter().sum::<usize>().to_string()];
    let name = std::iter::once(lang.pick("all rules", "全部规则").to_owned());
    rows.push(name.chain(sums.iter().map(ToString::to_string)).chain(total).collect());
    write!(out, "{}", table(&rows))?;
    let note = lang.pick("A rule on two topics is counted under both.", "涉及两个主题的规则在两处分别计数。");
    writeln!(out, "\n{}", wrap(note, look.width))?;
    Ok(0)
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
