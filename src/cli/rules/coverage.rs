//! `govlint rules coverage`: every article, its duties, its rules, and why a duty has none.

use std::io::Write;

use unicode_width::UnicodeWidthStr;

use super::head;
use crate::authoring::coverage::Account;
use crate::cli::failure::Failure;
use crate::lang::Lang;
use crate::pack::{Pack, Within};
use crate::report::cite::numeral;
use crate::report::{Look, hanging, table, wrap};

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
