//! What a leaf asks, in a few words of either language.

use serde_json::Value;

use crate::engine::Truth;
use crate::engine::reference::{EvaluatedCheck, EvaluatedLeaf};
use crate::json::NodeRef;
use crate::lang::Lang;
use crate::pack::{Age, Check, Condition, DateExpr, Strength};

use super::days;
use super::spacing::beside;

/// What a leaf asks, or the opposite where it stands under `not`. Where values may not be shown, no day is told that
/// is counted from one.
pub fn asked(leaf: &EvaluatedLeaf<'_>, negated: bool, redact: bool, lang: Lang) -> String {
    let wanted = if negated { Truth::True } else { Truth::False };
    let broken: Vec<_> = leaf.checks.iter().filter(|check| check.truth == wanted).collect();
    let checks = if broken.is_empty() { leaf.checks.iter().collect() } else { broken };
    let value = leaf.fact.state.value().map(NodeRef::to_value).filter(|_| !negated && !redact);
    let parts = checks
        .into_iter()
        .map(|check| missing(check, value.as_ref(), lang).unwrap_or_else(|| one(check, redact, lang)));
    let parts: Vec<_> = parts.collect();
    let joined = parts.join(lang.pick(" and ", "，且"));
    if negated { self::negated(&joined, lang) } else { joined }
}

/// The contrary of what is asked, as one says it: a list without something, not "not a list that has it". Of several
/// things that are asked together the contrary is that one of them fails, so they are only denied as a whole.
fn negated(words: &str, lang: Lang) -> String {
    let [list, without, filled, empty, not] = match lang {
        Lang::En => ["a list that has ", "a list without ", "a list that is not empty", "an empty list", "not "],
        Lang::Zh => ["列表含有 ", "列表不含 ", "非空列表", "空列表", "非 "],
    };
    let together = [" and ", "，且", " 和 "].iter().any(|and| words.contains(and));
    match words.strip_prefix(list) {
        _ if together => format!("{}{words}{}", lang.pick("not (", "非（"), lang.pick(")", "）")),
        Some(rest) => format!("{without}{rest}"),
        None if words == filled => empty.to_owned(),
        None if words == empty => filled.to_owned(),
        None => format!("{not}{words}"),
    }
}

/// Of a list that must have several words, those that it lacks.
fn missing(check: &EvaluatedCheck<'_>, value: Option<&Value>, lang: Lang) -> Option<String> {
    let Check::Schema(schema) = check.check else { return None };
    let (wanted, there) = (contained(schema.value.get("allOf")?)?, value?.as_array()?);
    let lacking: Vec<_> = wanted.into_iter().filter(|word| !there.contains(word)).map(self::value).collect();
    Some(match lang {
        Lang::En => format!("a list that also has {}", enumerated(&lacking, " and ", lang)),
        Lang::Zh => format!("列表还应含有 {}", enumerated(&lacking, " 和 ", lang)),
    })
}

/// The words that a list must have, where all parts of a conjunction ask for one.
fn contained(parts: &Value) -> Option<Vec<&Value>> {
    parts.as_array()?.iter().map(|part| part.get("contains")?.get("const")).collect()
}

/// Words in a row, the last joined by a word of its own.
fn enumerated(words: &[String], last: &str, lang: Lang) -> String {
    match words.split_last() {
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{}{last}{end}", rest.join(lang.pick(", ", "、"))),
        None => String::new(),
    }
}

/// What one check asks.
fn one(check: &EvaluatedCheck<'_>, redact: bool, lang: Lang) -> String {
    let limit = |date: &DateExpr| check.limit.filter(|_| !(redact && days::counts_from_a_fact(date)));
    match check.check {
        Check::Stated => lang.pick("to be stated", "须说明").to_owned(),
        Check::Schema(schema) => self::schema(&schema.value, lang),
        Check::NotBefore(date) => days::not_before(date, limit(date), lang),
        Check::NotAfter(date) => days::not_after(date, limit(date), lang),
        Check::MaxAge(age) => {
            let limit = match age {
                Age::Period(limit) => days::period(*limit, lang),
                Age::Fact(path) => path.text.clone(),
            };
            if lang == Lang::En { format!("no more than {limit} ago") } else { format!("距今不超过 {limit}") }
        }
    }
}

/// How strongly the law asks.
pub const fn strength(strength: Strength, lang: Lang) -> &'static str {
    let chinese = match strength {
        Strength::Must => "应当",
        Strength::MustNot => "不得",
        Strength::Should => "宜",
        Strength::Encouraged => "鼓励",
    };
    lang.pick(strength.word(), chinese)
}

/// What a rule is about.
pub fn topic(topic: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return topic;
    }
    match topic {
        "user-choice" => "用户选择",
        "transparency" => "透明度",
        "accountability" => "责任落实",
        "risk-assessment" => "风险评估",
        "filing" => "备案与登记",
        "labelling" => "内容标识",
        "content-safety" => "内容安全",
        "data-governance" => "数据治理",
        "privacy" => "隐私保护",
        "intellectual-property" => "知识产权",
        "fairness" => "公平",
        "minors" => "未成年人",
        "elderly" => "老年人",
        "workers" => "劳动者",
        "consumers" => "消费者",
        "security" => "安全",
        "human-oversight" => "人工监督",
        "complaints" => "投诉与申诉",
        "ethics" => "伦理",
        "incident-response" => "事件处置",
        "record-keeping" => "记录留存",
        "competition" => "竞争",
        "staff-and-training" => "人员与培训",
        "sustainability" => "可持续",
        other => other,
    }
}

/// A schema in words, for the keywords of a leaf.
pub fn schema(schema: &Value, lang: Lang) -> String {
    let Some(members) = schema.as_object() else { return schema.to_string() };
    let parts = members.iter().map(|(keyword, operand)| self::keyword(keyword, operand, lang));
    parts.collect::<Vec<_>>().join(lang.pick(" and ", "，且"))
}

fn keyword(keyword: &str, operand: &Value, lang: Lang) -> String {
    let value = self::value(operand);
    let en = lang == Lang::En;
    match keyword {
        "const" => value,
        "enum" => {
            let values: Vec<_> = operand.as_array().into_iter().flatten().map(self::value).collect();
            enumerated(&values, lang.pick(" or ", " 或 "), lang)
        }
        "minimum" if en => format!("at least {value}"),
        "maximum" if en => format!("at most {value}"),
        "exclusiveMinimum" if en => format!("more than {value}"),
        "exclusiveMaximum" if en => format!("less than {value}"),
        "minimum" => format!("不小于 {value}"),
        "maximum" => format!("不大于 {value}"),
        "exclusiveMinimum" => format!("大于 {value}"),
        "exclusiveMaximum" => format!("小于 {value}"),
        "minItems" if operand == 1 => lang.pick("a list that is not empty", "非空列表").to_owned(),
        "minItems" => {
            if en {
                format!("at least {value} items")
            } else {
                format!("至少 {value} 项")
            }
        }
        "maxItems" if operand == 0 => lang.pick("an empty list", "空列表").to_owned(),
        "maxItems" => {
            if en {
                format!("at most {value} items")
            } else {
                format!("至多 {value} 项")
            }
        }
        "minLength" => {
            if en {
                format!("at least {value} characters")
            } else {
                format!("至少 {value} 个字符")
            }
        }
        "maxLength" => {
            if en {
                format!("at most {value} characters")
            } else {
                format!("至多 {value} 个字符")
            }
        }
        "contains" => {
            let inner = self::schema(operand, lang);
            if en { format!("a list that has {inner}") } else { format!("列表含有 {inner}") }
        }
        "items" => {
            let inner = self::schema(operand, lang);
            if en { format!("each item {inner}") } else { format!("每项均为 {inner}") }
        }
        "not" => negated(&self::schema(operand, lang), lang),
        "allOf" if contained(operand).is_some() => {
            let words: Vec<_> = contained(operand).into_iter().flatten().map(self::value).collect();
            match lang {
                Lang::En => format!("a list that has {}", enumerated(&words, " and ", lang)),
                Lang::Zh => format!("列表含有 {}", enumerated(&words, " 和 ", lang)),
            }
        }
        "allOf" | "anyOf" => {
            let parts: Vec<_> = operand.as_array().into_iter().flatten().map(|part| self::schema(part, lang)).collect();
            let both = lang.pick(" and ", "，且");
            parts.join(if keyword == "allOf" { both } else { lang.pick(" or ", " 或 ") })
        }
        "pattern" => {
            if en {
                format!("text like {value}")
            } else {
                format!("形如 {value} 的文本")
            }
        }
        "uniqueItems" => lang.pick("no item twice", "无重复项").to_owned(),
        other => format!("{other} {value}"),
    }
}

fn value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A condition in words.
pub fn condition(condition: &Condition, lang: Lang) -> String {
    let join = |parts: &[Condition], en: &str, zh: &str| {
        let parts = parts.iter().map(|part| bracketed(part, lang));
        match lang {
            Lang::En => parts.collect::<Vec<_>>().join(en),
            Lang::Zh => parts.reduce(|before, part| before + &beside(zh, &part)).unwrap_or_default(),
        }
    };
    match condition {
        Condition::All(parts) => join(parts, " and ", "，且"),
        Condition::Any(parts) => join(parts, " or ", "，或"),
        Condition::Not(part) => beside(lang.pick("not ", "并非"), &bracketed(part, lang)),
        Condition::Named { meaning, .. } => self::condition(meaning, lang),
        Condition::Each(walk) => match lang {
            Lang::En => format!("for each item of {}: {}", walk.array.text, self::condition(&walk.hold, lang)),
            Lang::Zh => format!("{} 的每一项：{}", walk.array.text, self::condition(&walk.hold, lang)),
        },
        Condition::Some(walk) => match lang {
            Lang::En => format!("for some item of {}: {}", walk.array.text, self::condition(&walk.hold, lang)),
            Lang::Zh => format!("{} 的某一项：{}", walk.array.text, self::condition(&walk.hold, lang)),
        },
        Condition::Leaf(leaf) => {
            let checks: Vec<_> = leaf.checks.iter().map(|check| predicate(check, lang)).collect();
            format!("{} {}", leaf.fact.text, checks.join(lang.pick(" and ", "，且")))
        }
    }
}

/// A part of a condition, in brackets where it says more than one thing.
fn bracketed(part: &Condition, lang: Lang) -> String {
    let words = condition(part, lang);
    let plain = match part {
        Condition::Named { meaning, .. } => meaning.as_ref(),
        part => part,
    };
    match plain {
        Condition::All(_) | Condition::Any(_) | Condition::Each(_) | Condition::Some(_) => in_brackets(&words, lang),
        Condition::Leaf(leaf) if leaf.checks.len() > 1 => in_brackets(&words, lang),
        _ => words,
    }
}

fn in_brackets(words: &str, lang: Lang) -> String {
    if lang == Lang::En { format!("({words})") } else { format!("（{words}）") }
}

/// What a check says of its fact, with the verb.
fn predicate(check: &Check, lang: Lang) -> String {
    let schema = if let Check::Schema(schema) = check { schema.value.as_object() } else { None };
    let only = schema.filter(|keywords| keywords.len() == 1).and_then(|keywords| keywords.iter().next());
    let words = || one(&unevaluated(check), false, lang);
    match (only.map(|(keyword, operand)| (keyword.as_str(), operand)), lang) {
        (Some(("contains", item)), Lang::En) => format!("lists {}", self::schema(item, lang)),
        (Some(("contains", item)), Lang::Zh) => format!("含有 {}", self::schema(item, lang)),
        (Some(("minItems", least)), _) if least == 1 => lang.pick("is not empty", "不为空").to_owned(),
        (Some(("not", item)), Lang::En) => format!("is not {}", self::schema(item, lang)),
        (Some(("not", item)), Lang::Zh) => format!("不为 {}", self::schema(item, lang)),
        (_, Lang::En) if *check == Check::Stated => "is stated".to_owned(),
        (_, Lang::Zh) if *check == Check::Stated => "已说明".to_owned(),
        (Some(("items", item)), Lang::En) => format!("lists only {}", self::schema(item, lang)),
        (Some(("maxItems", most)), Lang::En) if most == 0 => "is empty".to_owned(),
        (Some(("maxItems", most)), Lang::Zh) if most == 0 => "为空".to_owned(),
        (Some(("minItems" | "maxItems" | "uniqueItems", _)), Lang::En) => format!("has {}", words()),
        (_, Lang::En) => format!("is {}", words()),
        (Some(("const" | "enum" | "pattern", _)), Lang::Zh) => format!("为 {}", words()),
        (_, Lang::Zh) => words(),
    }
}

/// A check before any manifest is looked at.
fn unevaluated(check: &Check) -> EvaluatedCheck<'_> {
    EvaluatedCheck { check, truth: Truth::Unknown, other: None, limit: None, beyond: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_a_chinese_name() {
        for name in crate::pack::TOPICS {
            assert!(!topic(name, Lang::Zh).is_ascii(), "{name}");
        }
    }

    #[test]
    fn a_contrary_is_said_as_one_says_it() {
        assert_eq!(negated("a list that has off-switch", Lang::En), "a list without off-switch");
        assert_eq!(negated("列表含有 off-switch", Lang::Zh), "列表不含 off-switch");
        assert_eq!(negated("a list that is not empty", Lang::En), "an empty list");
        assert_eq!(negated("filed", Lang::En), "not filed");
        assert_eq!(negated("a list that has a or b", Lang::En), "a list without a or b");
    }

    #[test]
    fn the_contrary_of_several_things_is_not_the_contrary_of_the_first() {
        assert_eq!(
            negated("a list that has a and at most 3 items", Lang::En),
            "not (a list that has a and at most 3 items)"
        );
        assert_eq!(negated("列表含有 a，且至多 3 项", Lang::Zh), "非（列表含有 a，且至多 3 项）");
        assert_eq!(negated("列表含有 a 和 b", Lang::Zh), "非（列表含有 a 和 b）");
    }

    /// The exception of a built-in rule, in words.
    fn exception(id: &str, lang: Lang) -> String {
        let packs = crate::pack::built_in::all(&crate::manifest::BUILT_IN);
        let rule = packs.iter().flat_map(|pack| &pack.rules).find(|rule| rule.id.name == id);
        condition(rule.unwrap().unless.as_ref().unwrap(), lang)
    }

    #[test]
    fn what_says_two_things_stands_in_brackets_among_others() {
        assert_eq!(
            exception("24.1.a", Lang::En),
            "/markets/CN/started_on is no later than 2022-02-28 or (./introduced_on is later than \
             /markets/CN/started_on and is no more than 10 working days CN ago)"
        );
        assert_eq!(
            exception("24.1.a", Lang::Zh),
            "/markets/CN/started_on 不晚于 2022-02-28，或（./introduced_on 晚于 /markets/CN/started_on，\
             且距今不超过 10 个中国工作日）"
        );
        assert_eq!(
            exception("24.1.b", Lang::Zh),
            "./introduced_on 晚于 /markets/CN/started_on，且距今不超过 10 个中国工作日"
        );
    }
}
