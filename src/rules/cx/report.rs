//! What a check adds to an observation that it has just made.

use std::fmt;

use super::{Cx, literal};
use crate::finding::{Edit, Fix, Label, Observation, Row, Safety, Severity};
use crate::value::Value;

/// An observation that was just made; its methods add to it.
#[derive(Debug)]
pub struct Report<'c, 'a> {
    pub(super) cx: &'c mut Cx<'a>,
    /// Whether there was room for it.
    pub(super) is_kept: bool,
}

#[expect(
    clippy::return_self_not_must_use,
    reason = "the observation is made already; the methods add to it"
)]
impl Report<'_, '_> {
    fn change(self, change: impl FnOnce(&mut Observation)) -> Self {
        if let Some(observation) = self
            .cx
            .said
            .observations
            .last_mut()
            .filter(|_| self.is_kept)
        {
            change(observation);
        }
        self
    }

    /// Says what stands at the place.
    pub fn label(self, text: impl Into<String>) -> Self {
        self.change(|o| o.primary.text = text.into())
    }

    /// Gives it another severity than the rule's own.
    pub fn severity(self, severity: Severity) -> Self {
        self.change(|o| o.severity = Some(severity))
    }

    /// Adds the place of another value, and where that came from.
    pub fn also<T>(self, value: &Value<T>, text: impl Into<String>) -> Self {
        let subject = self.cx.look_at(value);
        let provenance = &self.cx.network.provenance;
        let span = provenance
            .span(value.prov)
            .unwrap_or_else(|| self.cx.network.entity(subject.entity).head);
        let mut labels = vec![Label {
            span,
            text: text.into(),
        }];
        if !value.sensitive {
            labels.extend(provenance.trail(value.prov).into_iter().map(|hop| Label {
                span: hop.span,
                text: hop.text,
            }));
        }
        self.change(|o| {
            o.used.push(subject);
            o.labels.extend(labels);
        })
    }

    /// Adds a line of arithmetic; left out when a sensitive value was looked at.
    pub fn row(self, text: impl Into<String>, value: impl fmt::Display) -> Self {
        if self.cx.sensitive {
            return self;
        }
        self.change(|o| {
            o.rows.push(Row {
                text: text.into(),
                value: value.to_string(),
            });
        })
    }

    /// Says what to do; left out when a sensitive value was looked at.
    pub fn help(self, text: impl Into<String>) -> Self {
        if self.cx.sensitive {
            return self;
        }
        self.change(|o| o.help = Some(text.into()))
    }

    /// Offers to replace the whole literal of a value, if it stands as one in a file; keeps its quotes.
    pub fn replace<T>(self, value: &Value<T>, replacement: impl fmt::Display) -> Self {
        let (Some(span), false) = (value.written_at, self.cx.sensitive) else {
            return self;
        };
        let quote = literal::quote(&self.cx.sources.slice(span));
        let edit = Edit {
            span,
            replacement: format!("{quote}{replacement}{quote}"),
        };
        let title = format!("replace it with {replacement}");
        let safety = self.cx.rule.fix.unwrap_or(Safety::Unsafe);
        self.change(|o| {
            o.fix = Some(Fix {
                title,
                safety,
                edits: vec![edit],
            });
        })
    }
}
