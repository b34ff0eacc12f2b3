//! A supply of small decisions, from which rules and manifests are built.
//!
//! A spent supply answers 0, and 0 is always the simplest answer: so shrinking the numbers makes cases simpler.

use proptest::collection::vec;
use proptest::prelude::*;

/// Decisions not yet taken.
pub struct Choices(std::vec::IntoIter<u16>);

impl Choices {
    /// The decisions that these numbers stand for.
    pub fn new(numbers: Vec<u16>) -> Self {
        Self(numbers.into_iter())
    }

    /// A number from 0 to `count - 1`.
    pub fn below(&mut self, count: usize) -> usize {
        (usize::from(self.0.next().unwrap_or_default()) * count) >> 16
    }

    /// Yes in so many of a hundred cases; no is simpler.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of several; the first is the simplest.
    pub fn pick<'t, T>(&mut self, several: &'t [T]) -> &'t T {
        &several[self.below(several.len())]
    }

    /// One of several, of which earlier ones are likelier.
    pub fn early<'t, T>(&mut self, several: &'t [T]) -> &'t T {
        let (one, other) = (self.below(several.len()), self.below(several.len()));
        &several[one.min(other)]
    }
}

/// Up to so many decisions, at least half of them taken.
pub fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), most / 2..=most)
}
