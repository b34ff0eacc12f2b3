//! Three-valued truth: Kleene's tables, in one place.
//!
//! What a manifest does not state is unknown, never false. No `bool` crosses this border.

/// Ordered, so that `and` is the smaller and `or` the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Contradicted by what is stated.
    False,
    /// Not decided by what is stated.
    Unknown,
    /// Borne out by what is stated.
    True,
}

impl Truth {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::False, Self::Unknown, Self::True];

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// It does not hold.
    #[must_use]
    pub const fn negate(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(decided: bool) -> Self {
        if decided { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_laws_of_kleenes_logic_hold() {
        for a in Truth::ALL {
            assert_eq!(a.negate().negate(), a);
            for b in Truth::ALL {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.or(b), b.or(a));
                assert_eq!(a.and(b).negate(), a.negate().or(b.negate()));
            }
        }
    }

    #[test]
    fn unknown_does_not_exclude_its_middle() {
        assert_eq!(Truth::Unknown.or(Truth::Unknown.negate()), Truth::Unknown);
    }
}
