//! Days and lengths of time, in a few words of either language.
//!
//! It knows dates as a rule writes them, and nothing of the facts that stand on them.

use crate::lang::Lang;
use crate::pack::{DateBase, DateExpr, Offset};
use crate::time::{Beyond, CalendarId, Date, Period, Unit};

use super::spacing::beside;

/// What `not_before` asks, with the day that it comes to where that may be told.
pub fn not_before(date: &DateExpr, limit: Option<Date>, lang: Lang) -> String {
    match date.offset {
        Some(Offset::Plus(length)) if limit.is_none() && is_a_day(length) => {
            beside(lang.pick("later than ", "晚于"), &base(date, lang))
        }
        _ => beside(lang.pick("no earlier than ", "不早于"), &day(date, limit, lang)),
    }
}

/// What `not_after` asks, with the day that it comes to where that may be told.
pub fn not_after(date: &DateExpr, limit: Option<Date>, lang: Lang) -> String {
    match date.offset {
        Some(Offset::Minus(length)) if limit.is_none() && is_a_day(length) => {
            beside(lang.pick("earlier than ", "早于"), &base(date, lang))
        }
        _ => beside(lang.pick("no later than ", "不晚于"), &day(date, limit, lang)),
    }
}

fn is_a_day(length: Period) -> bool {
    length.unit() == Unit::Days && length.count() == 1
}

/// A day that a date is compared with: the day itself and how it is counted.
fn day(date: &DateExpr, limit: Option<Date>, lang: Lang) -> String {
    let counted = expression(date, lang);
    match (limit, &date.base, date.offset) {
        (Some(limit), DateBase::Day(_), None) => limit.to_string(),
        (Some(limit), _, _) if lang == Lang::En => format!("{limit} ({counted})"),
        (Some(limit), _, _) => format!("{limit}（{counted}）"),
        (None, _, _) => counted,
    }
}

/// Whether a day is counted from a value of the manifest.
pub const fn counts_from_a_fact(date: &DateExpr) -> bool {
    matches!(date.base, DateBase::Fact(_))
}

/// A date expression in words.
pub fn expression(date: &DateExpr, lang: Lang) -> String {
    let base = base(date, lang);
    match (date.offset, lang) {
        (None, _) => base,
        (Some(Offset::Plus(length)), Lang::En) => format!("{length} after {base}"),
        (Some(Offset::Minus(length)), Lang::En) => format!("{length} before {base}"),
        (Some(Offset::Plus(length)), Lang::Zh) => format!("{} {}", beside(&base, "之后"), period(length, lang)),
        (Some(Offset::Minus(length)), Lang::Zh) => format!("{} {}", beside(&base, "之前"), period(length, lang)),
    }
}

/// The day from which a date expression counts.
fn base(date: &DateExpr, lang: Lang) -> String {
    match &date.base {
        DateBase::Day(day) => day.to_string(),
        DateBase::AsOf => lang.pick("the run's date", "检查日期").to_owned(),
        DateBase::Fact(path) => path.text.clone(),
    }
}

/// A length of time.
pub fn period(period: Period, lang: Lang) -> String {
    let count = period.count();
    match (lang, period.unit()) {
        (Lang::En, _) => period.to_string(),
        (Lang::Zh, Unit::Days) => format!("{count} 日"),
        (Lang::Zh, Unit::Months) => format!("{count} 个月"),
        (Lang::Zh, Unit::WorkingDays(calendar)) => format!("{count} 个{}工作日", state(calendar)),
    }
}

/// The state whose working days a calendar has, in Chinese.
const fn state(calendar: CalendarId) -> &'static str {
    match calendar {
        CalendarId::Cn => "中国",
    }
}

/// Says that a working-day calendar ended.
pub fn beyond(beyond: &Beyond, lang: Lang) -> String {
    match lang {
        Lang::En => beyond.to_string(),
        Lang::Zh => {
            let years = beyond.years.iter().map(|run| {
                if run.start() == run.end() {
                    format!("{} 年", run.start())
                } else {
                    format!("{} 至 {} 年", run.start(), run.end())
                }
            });
            let years = years.collect::<Vec<_>>().join("、");
            format!("日历 {} 未包含 {years}，该期间按周一至周五计算工作日", beyond.calendar.name())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(base: DateBase, offset: Option<Offset>) -> DateExpr {
        DateExpr { base, offset }
    }

    fn plus(length: &str) -> Option<Offset> {
        Some(Offset::Plus(length.parse().unwrap()))
    }

    fn minus(length: &str) -> Option<Offset> {
        Some(Offset::Minus(length.parse().unwrap()))
    }

    fn first_of_march() -> DateBase {
        DateBase::Day("2026-03-01".parse().unwrap())
    }

    #[test]
    fn periods_read_as_chinese() {
        for (text, chinese) in [("1 day", "1 日"), ("12 months", "12 个月"), ("10 working days CN", "10 个中国工作日")]
        {
            assert_eq!(period(text.parse().unwrap(), Lang::Zh), chinese);
        }
    }

    #[test]
    fn the_runs_date_stands_without_spaces_among_chinese_words() {
        let lately = counted(DateBase::AsOf, minus("10 working days CN"));
        assert_eq!(not_before(&lately, None, Lang::Zh), "不早于检查日期之前 10 个中国工作日");
        assert_eq!(not_before(&lately, None, Lang::En), "no earlier than 10 working days CN before the run's date");
    }

    #[test]
    fn a_day_that_is_told_is_told_with_how_it_is_counted() {
        let limit = "2026-03-13".parse().ok();
        let late = counted(first_of_march(), plus("10 working days CN"));
        assert_eq!(not_after(&late, limit, Lang::Zh), "不晚于 2026-03-13（2026-03-01 之后 10 个中国工作日）");
        assert_eq!(not_after(&late, limit, Lang::En), "no later than 2026-03-13 (10 working days CN after 2026-03-01)");
    }

    #[test]
    fn a_day_after_is_later_and_a_day_before_is_earlier() {
        let (next, last) = (counted(first_of_march(), plus("1 day")), counted(first_of_march(), minus("1 day")));
        assert_eq!(not_before(&next, None, Lang::En), "later than 2026-03-01");
        assert_eq!(not_before(&next, None, Lang::Zh), "晚于 2026-03-01");
        assert_eq!(not_after(&last, None, Lang::En), "earlier than 2026-03-01");
        assert_eq!(not_after(&last, None, Lang::Zh), "早于 2026-03-01");
        assert_eq!(not_before(&last, None, Lang::En), "no earlier than 1 day before 2026-03-01");
        assert_eq!(not_after(&next, None, Lang::En), "no later than 1 day after 2026-03-01");
        let months = counted(first_of_march(), plus("1 month"));
        assert_eq!(not_before(&months, None, Lang::En), "no earlier than 1 month after 2026-03-01");
    }
}
