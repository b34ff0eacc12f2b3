//! A few texts that a pattern matches, where the pattern is plain. Best effort: whoever asks tries them.

/// More texts than this are not made of one pattern.
const MOST: usize = 12;

/// Texts that a pattern may match; none where it is not understood.
pub(super) fn texts(pattern: &str) -> Vec<String> {
    let mut reader = Reader { left: pattern.chars().collect::<Vec<_>>(), at: 0 };
    let texts = reader.alternatives();
    let all = texts.filter(|_| reader.at == reader.left.len()).unwrap_or_default();
    // What stands anywhere in a text also stands at its end, or in its middle.
    let around = if pattern.contains(['^', '$']) {
        Vec::new()
    } else {
        vec![all.iter().map(|text| format!("x{text}x")).collect()]
    };
    all.into_iter().chain(around.into_iter().flat_map(|more: Vec<String>| more)).collect()
}

struct Reader {
    left: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.left.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    fn takes(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn alternatives(&mut self) -> Option<Vec<String>> {
        let mut all = self.sequence()?;
        while self.takes('|') {
            all.extend(self.sequence()?);
        }
        all.truncate(MOST);
        Some(all)
    }

    fn sequence(&mut self) -> Option<Vec<String>> {
        let mut all = vec![String::new()];
        while let Some(next) = self.peek().filter(|next| !matches!(next, '|' | ')')) {
            if matches!(next, '^' | '$') {
                self.at += 1;
                continue;
            }
            let part = self.part()?;
            all = all.iter().flat_map(|start| part.iter().map(move |end| format!("{start}{end}"))).take(MOST).collect();
        }
        Some(all)
    }

    fn part(&mut self) -> Option<Vec<String>> {
        let one = match self.next()? {
            '(' => {
                if self.takes('?') && !self.takes(':') {
                    return None;
                }
                let inner = self.alternatives()?;
                self.takes(')').then_some(inner)?
            }
            '[' => self.class()?,
            '.' => vec!["x".into(), "7".into()],
            '\\' => escaped(self.next()?)?.map(String::from).to_vec(),
            '*' | '+' | '?' | '{' => return None,
            plain => vec![plain.into()],
        };
        self.repeated(one)
    }

    fn repeated(&mut self, one: Vec<String>) -> Option<Vec<String>> {
        let (least, most) = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, 1),
            Some('+') => (1, 2),
            Some('{') => {
                self.left[self.at..].contains(&'}').then_some(())?;
                let rest: String = self.left[self.at + 1..].iter().take_while(|c| **c != '}').collect();
                self.at += rest.chars().count() + 1;
                let (least, most) = rest.split_once(',').unwrap_or((&rest, &rest));
                let least: usize = least.parse().ok()?;
                (least, most.parse().unwrap_or(least + 1))
            }
            _ => return Some(one),
        };
        self.next();
        if most > 100 {
            return None;
        }
        Some(
            [least, most]
                .into_iter()
                .flat_map(|count| one.iter().map(move |text| text.repeat(count)))
                .take(MOST)
                .collect(),
        )
    }

    fn class(&mut self) -> Option<Vec<String>> {
        let excluded = self.takes('^');
        let mut listed = Vec::new();
        loop {
            match self.next()? {
                ']' if !listed.is_empty() => break,
                '\\' => listed.extend(escaped(self.next()?)?),
                '[' => return None,
                '-' => match (listed.last().copied(), self.peek()) {
                    (Some(from), Some(to)) if to != ']' => listed.extend((from..=to).skip(1).take(30).chain([to])),
                    _ => listed.push('-'),
                },
                plain => listed.push(plain),
            }
        }
        let kept = if excluded { "xA7-".chars().filter(|c| !listed.contains(c)).collect() } else { listed };
        let spread = (kept.len() / 6).max(1);
        Some(kept.into_iter().step_by(spread).map(String::from).collect())
    }
}

fn escaped(letter: char) -> Option<[char; 2]> {
    Some(match letter {
        'd' => ['7', '0'],
        'w' | 'S' => ['x', '7'],
        's' => [' ', '\t'],
        'D' | 'W' => ['-', ' '],
        'b' | 'B' => return None,
        letter if letter.is_ascii_alphanumeric() => return None,
        plain => [plain, plain],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_have_texts() {
        for pattern in [
            "^GB ?45438[-–—]2025",
            "公共安全|[Pp]ublic (security|safety)",
            "^[a-z0-9][a-z0-9-]*$",
            r"^https?://[^\s]+$",
            "^[A-Z]{2}$",
            "^[0-9a-f]{64}$",
            r"\S",
            "-0[1-3]-..$",
        ] {
            let validator = crate::schema::compile(&serde_json::json!({ "pattern": pattern })).unwrap();
            let texts = texts(pattern);
            assert!(!texts.is_empty(), "{pattern}");
            for text in texts {
                let document = crate::json::read(
                    serde_json::json!(text).to_string().into_bytes(),
                    &crate::json::Limits::default(),
                );
                assert!(validator.is_valid(document.unwrap().root()), "{pattern}: {text}");
            }
        }
    }

    #[test]
    fn what_is_not_understood_has_none() {
        for pattern in ["(?=a)", r"\p{L}", "a**", "[[:alpha:]]", "a{3", "(", ")", "[", "\\"] {
            assert!(texts(pattern).is_empty(), "{pattern}");
        }
    }
}
