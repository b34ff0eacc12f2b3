//! A small table from names to values, made once and searched often.
//!
//! Sorted by length, then by the first eight bytes as one number, then by the name: two comparisons of numbers tell
//! nearly all names apart.

/// Names with what they stand for.
#[derive(Clone, Debug)]
pub struct Names<T> {
    entries: Vec<(Order, Box<str>, T)>,
}

/// What names are sorted by before their bytes.
type Order = (usize, u64);

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> Names<T> {
    /// Adds a name, or replaces what it stands for.
    pub fn insert(&mut self, name: &str, value: T) {
        match self.position(name.as_bytes()) {
            Ok(position) => self.entries[position].2 = value,
            Err(position) => self.entries.insert(position, (order(name.as_bytes()), name.into(), value)),
        }
    }

    /// What a name stands for.
    #[inline]
    pub fn get(&self, name: &[u8]) -> Option<&T> {
        self.position(name).ok().map(|position| &self.entries[position].2)
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(_, name, _)| name.as_ref())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    #[inline]
    fn position(&self, name: &[u8]) -> Result<usize, usize> {
        let wanted = order(name);
        // Names of up to eight bytes are their number; only longer ones need their bytes compared.
        self.entries.binary_search_by(|(known, text, _)| {
            known
                .cmp(&wanted)
                .then_with(|| if name.len() <= 8 { std::cmp::Ordering::Equal } else { text.as_bytes().cmp(name) })
        })
    }
}

#[inline]
fn order(name: &[u8]) -> Order {
    let mut head = [0; 8];
    let length = name.len().min(8);
    head[..length].copy_from_slice(&name[..length]);
    (name.len(), u64::from_be_bytes(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names =
            ["a", "ab", "stage", "started_on", "started_by", "retired_on", "published_on", "published_by", "äöü", ""];
        let mut table = Names::default();
        for (number, name) in names.iter().enumerate() {
            table.insert(name, number);
        }
        for (number, name) in names.iter().enumerate() {
            assert_eq!(table.get(name.as_bytes()), Some(&number));
        }
        for stranger in ["b", "started_in", "published_o", "published_on_", "\0", "stag\0"] {
            assert_eq!(table.get(stranger.as_bytes()), None, "{stranger}");
        }
    }
}
