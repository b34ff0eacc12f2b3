//! Chinese words beside others: a space where Chinese meets Latin letters, figures or a path, and none elsewhere.
//!
//! It knows nothing of what the words say.

/// Two pieces of one sentence, with a space between them if one is Chinese there and the other is not.
pub fn beside(left: &str, right: &str) -> String {
    let ends_chinese = left.chars().next_back().is_some_and(|last| !last.is_ascii());
    let starts_chinese = right.chars().next().is_some_and(|first| !first.is_ascii());
    let meet = !left.is_empty() && !right.is_empty() && ends_chinese != starts_chinese && !left.ends_with(' ');
    format!("{left}{}{right}", if meet { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_stands_only_where_chinese_meets_something_else() {
        assert_eq!(beside("不早于", "2026-03-02"), "不早于 2026-03-02");
        assert_eq!(beside("/system/started_on", "之后"), "/system/started_on 之后");
        assert_eq!(beside("不早于", "检查日期"), "不早于检查日期");
        assert_eq!(beside("，或", "（./a 为 true）"), "，或（./a 为 true）");
        assert_eq!(beside("not ", "./a is true"), "not ./a is true");
        assert_eq!(beside("", "检查日期"), "检查日期");
    }
}
