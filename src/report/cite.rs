//! How a law is cited, in either language.

use crate::lang::Lang;
use crate::pack::{Citation, Division, Instrument, Within};

/// A citation as it stands in a sentence: `M-25-21, sec. 4(b)(i) para. 1`, `《…》第十七条第一款`.
pub fn cite(instrument: &Instrument, citation: &Citation, lang: Lang) -> String {
    let listed = instrument.articles.iter().find(|article| article.number == citation.article);
    let article = match listed.and_then(|article| article.cited_as.as_ref()) {
        Some(own) => own.get(lang).to_owned(),
        None => article(instrument, &citation.article, lang),
    };
    article + &within(&citation.within, lang)
}

/// An article with its instrument's title.
fn article(instrument: &Instrument, number: &str, lang: Lang) -> String {
    let title = instrument.short_title.get(lang);
    let word = match (instrument.division, lang) {
        (Division::Article, Lang::En) => "art.",
        (Division::Section, Lang::En) => "sec.",
        (Division::Article, Lang::Zh) => "条",
        (Division::Section, Lang::Zh) => "节",
    };
    match (lang, number.parse()) {
        (Lang::En, _) => format!("{title}, {word} {number}"),
        (Lang::Zh, Ok(number)) => format!("{title}第{}{word}", numeral(number)),
        (Lang::Zh, Err(_)) => format!("{title} 第 {number} {word}"),
    }
}

/// A place in an article, after the article's number.
fn within(within: &Within, lang: Lang) -> String {
    let paragraph = within.paragraph.map(|number| match lang {
        Lang::En => format!(" para. {number}"),
        Lang::Zh => format!("第{}款", numeral(number)),
    });
    let item = within.item.as_ref().map(|item| match lang {
        Lang::En => format!(" item {item}"),
        Lang::Zh => item.parse().map_or_else(|_| format!(" {item}"), |number| format!("第{}项", numeral(number))),
    });
    [paragraph, item].into_iter().flatten().collect()
}

/// When an instrument or rule came into force, as a citation's end.
pub fn in_force(from: crate::time::Date, lang: Lang) -> String {
    match lang {
        Lang::En => format!("in force since {from}"),
        Lang::Zh => format!("自 {from} 起施行"),
    }
}

/// When an instrument or rule comes into force, wherever the day lies.
pub fn in_force_from(from: crate::time::Date, lang: Lang) -> String {
    match lang {
        Lang::En => format!("in force from {from}"),
        Lang::Zh => in_force(from, lang),
    }
}

/// A number from 1 to 999 as Chinese statutes write it.
pub fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: u32| DIGITS[(value % 10) as usize];
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", if number == 10 { "" } else { digit(number) }),
        20..=99 => format!("{}十{}", digit(number / 10), if number.is_multiple_of(10) { "" } else { digit(number) }),
        100..=999 => {
            let rest = match number % 100 {
                0 => String::new(),
                low @ 1..=9 => format!("零{}", digit(low)),
                tens @ 10..=19 => format!("一{}", numeral(tens)),
                tens => numeral(tens),
            };
            format!("{}百{rest}", digit(number / 100))
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numerals_are_those_of_statutes() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (17, "十七"),
            (20, "二十"),
            (35, "三十五"),
            (100, "一百"),
            (105, "一百零五"),
            (110, "一百一十"),
            (213, "二百一十三"),
        ];
        for (number, numeral) in cases {
            assert_eq!(super::numeral(number), numeral);
        }
    }
}
