//! Where the members of rules stand in the files of a pack.

use crate::json::{self, Document, Limits, NodeRef, Span};
use crate::pack::{Pack, Place, Rule};

use super::problem::Member;

/// A pack's files, read.
#[derive(Debug)]
pub(super) struct Places {
    documents: Vec<Option<Document>>,
}

impl Places {
    pub fn new(pack: &Pack) -> Self {
        let read = |file: &std::sync::Arc<crate::source::SourceFile>| {
            json::read(file.source.text().as_bytes().to_vec(), &Limits::default()).ok()
        };
        Self { documents: pack.files.iter().map(read).collect() }
    }

    /// The outermost value of one of the files.
    pub fn root(&self, file: usize) -> Option<NodeRef<'_>> {
        Some(self.documents.get(file)?.as_ref()?.root())
    }

    /// The object that a rule is.
    fn rule(&self, rule: &Rule) -> Option<NodeRef<'_>> {
        let rules = self.root(rule.place.file)?.get("rules")?;
        rules.items().find(|node| node.span() == rule.place.span)
    }

    /// Whether a rule has a member.
    pub fn has(&self, rule: &Rule, member: Member) -> bool {
        self.rule(rule).is_some_and(|node| node.get(member.word()).is_some())
    }

    /// The key of a rule's member, or the rule's opening brace.
    pub fn member(&self, rule: &Rule, member: Member) -> Place {
        let key = self.rule(rule).and_then(|node| node.member(member.word())).map(|member| member.key_span);
        let Span { start, .. } = rule.place.span;
        Place { file: rule.place.file, span: key.unwrap_or(Span { start, end: start + 1 }) }
    }
}
