//! Did you mean: the nearest of some names.

/// How alike two names must be to be suggested, as Jaro-Winkler similarity from 0 to 1.
const LIKENESS: f64 = 0.8;

/// The name that is most like `word`, if any is like enough. Of equals, the first.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let likeness = strsim::jaro_winkler(word, name);
        if likeness >= LIKENESS && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        let names = ["recommendation_off_switch", "non_personalised_option"];
        assert_eq!(nearest("recomendation_off_switch", names), Some("recommendation_off_switch"));
        assert_eq!(nearest("zebra", names), None);
    }
}
