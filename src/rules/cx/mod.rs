//! What a check may ask and say. Whatever it looks at is remembered, so that the pipeline knows on what a finding rests,
//! and a value that is not known leaves a note of why the rule was silent.

mod grounds;
mod known;
mod literal;
mod options;
mod report;
mod room;
mod site;
mod slip;

use std::fmt;

use jiff::civil::Date;

use super::Rule;
use super::options::Options;
use crate::cidr::{Cidr, Family};
use crate::finding::{Label, Observation, Subject, Undecided};
use crate::model::{Collection, Network};
use crate::source::{Sources, Span};
use crate::value::{EntityId, List, ProvId, ProvKind, State, Unknown, Value};

pub use known::Known;
pub use report::Report;
pub(super) use room::{Room, Said};
pub use site::{SiteKind, SiteRange};
pub use slip::Slip;

/// What the configuration tells the rules.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day on which retirements are judged.
    pub as_of: Date,
    /// What is set for single rules.
    pub options: Options,
    /// Networks around the code, in the order of the configuration.
    pub site_ranges: Vec<SiteRange>,
}

/// A check's view of the network, and its voice.
#[derive(Debug)]
pub struct Cx<'a> {
    rule: &'a Rule,
    network: &'a Network,
    sources: &'a Sources,
    settings: &'a Settings,
    target: EntityId,
    used: Vec<Subject>,
    sensitive: bool,
    room: Room,
    said: Said,
}

impl<'a> Cx<'a> {
    /// Returns a context for one rule and target.
    pub(super) fn new(
        rule: &'a Rule,
        network: &'a Network,
        target: EntityId,
        sources: &'a Sources,
        settings: &'a Settings,
        room: Room,
    ) -> Self {
        Cx {
            rule,
            network,
            sources,
            settings,
            target,
            used: Vec::new(),
            sensitive: false,
            room,
            said: Said::default(),
        }
    }

    /// Returns what was said.
    pub(super) fn finish(self) -> Said {
        self.said
    }

    /// Returns the network around the target.
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// Returns the day on which retirements are judged.
    pub fn as_of(&self) -> Date {
        self.settings.as_of
    }

    /// Returns the networks around the code that the configuration names.
    pub fn site_ranges(&self) -> &'a [SiteRange] {
        &self.settings.site_ranges
    }

    /// Runs `check` for each item; what it looks at for one item does not count for the next.
    pub fn each<I>(
        &mut self,
        items: impl IntoIterator<Item = I>,
        mut check: impl FnMut(I, &mut Self),
    ) {
        for item in items {
            let (mark, sensitive) = (self.used.len(), self.sensitive);
            check(item, self);
            self.used.truncate(mark);
            self.sensitive = sensitive;
        }
    }

    /// Returns the value if it is known. Notes an undecided if it is unknown; absent and invalid are `None` without a note.
    pub fn need<'v, T>(&mut self, value: &'v Value<T>) -> Option<Known<'v, T>> {
        self.look_at(value);
        match &value.state {
            State::Known(known) => Some(self.hand_out(known, value)),
            State::Unknown(unknown) => {
                self.note(unknown, value.prov);
                None
            }
            State::Absent | State::Invalid { .. } => None,
        }
    }

    /// Returns whether the value is absent, `None` with a note if it is unknown. An invalid value is not absent.
    pub fn need_absence<T>(&mut self, value: &Value<T>) -> Option<bool> {
        self.look_at(value);
        match &value.state {
            State::Absent => Some(true),
            State::Known(_) | State::Invalid { .. } => Some(false),
            State::Unknown(unknown) if unknown.null.is_false() => Some(false),
            State::Unknown(unknown) => {
                self.note(unknown, value.prov);
                None
            }
        }
    }

    /// Returns a value that a plan starts from, in words, if it is known. It is of another network than the one that is
    /// judged, so that its place means nothing here.
    pub fn before<T: fmt::Display>(&mut self, value: &Value<T>) -> Option<String> {
        let known = value.get()?;
        Some(self.hand_out(known, value).to_string())
    }

    /// Returns what is written if it is not what is wanted. Notes an undecided if it is unknown.
    pub fn need_invalid<'v, T>(&mut self, value: &'v Value<T>) -> Option<Slip<'v>> {
        self.look_at(value);
        match &value.state {
            State::Invalid { text, problem } => {
                self.sensitive |= value.sensitive;
                Some(Slip {
                    problem,
                    text,
                    sensitive: value.sensitive,
                })
            }
            State::Unknown(unknown) => {
                self.note(unknown, value.prov);
                None
            }
            State::Known(_) | State::Absent => None,
        }
    }

    /// Returns whether the code sets the value, `None` with a note if it is unknown: it may be null, and then a default takes its
    /// place. What Azure or the provider fills in is not set.
    pub fn need_setting<T>(&mut self, value: &Value<T>) -> Option<bool> {
        self.open(value);
        match &value.state {
            State::Known(_) | State::Invalid { .. } => Some(!self.is_default(value)),
            State::Absent => Some(false),
            State::Unknown(_) => None,
        }
    }

    /// Tells whether Azure or the provider fills the value in, the code does not.
    pub fn is_default<T>(&self, value: &Value<T>) -> bool {
        matches!(
            self.network.provenance.source_kind(value.prov),
            ProvKind::AzureDefault | ProvKind::ProviderDefault
        )
    }

    /// Returns the elements, whatever is known of each; notes an undecided if the list is unknown.
    pub fn need_elements<'v, T>(&mut self, list: &'v List<T>) -> &'v [Value<T>] {
        self.need(list).map_or(&[], |items| items.value)
    }

    /// Returns the elements that are known; notes an undecided for the list or for each element that is not.
    pub fn need_each<'v, T>(&mut self, list: &'v List<T>) -> Vec<Known<'v, T>> {
        self.look_at(list);
        match &list.state {
            State::Known(items) => items.iter().filter_map(|item| self.need(item)).collect(),
            State::Unknown(unknown) => {
                self.note(unknown, list.prov);
                Vec::new()
            }
            State::Absent | State::Invalid { .. } => Vec::new(),
        }
    }

    /// Returns the first range of a family; `None` with a note if an unknown element might be it.
    pub fn need_family<'v>(
        &mut self,
        list: &'v List<Cidr>,
        family: Family,
    ) -> Option<Known<'v, Cidr>> {
        self.look_at(list);
        let items = match &list.state {
            State::Known(items) => items,
            State::Unknown(unknown) => {
                self.note(unknown, list.prov);
                return None;
            }
            State::Absent | State::Invalid { .. } => return None,
        };
        items.iter().find_map(|item| match &item.state {
            State::Known(range) if range.family() != family => None,
            State::Known(_) | State::Unknown(_) => Some(self.need(item)),
            State::Absent | State::Invalid { .. } => None,
        })?
    }

    /// Returns every value that it can be: the known one, or all alternatives. `None` with a note if they cannot be listed.
    /// Where alternatives lead to different verdicts, the check calls [`Cx::open`].
    pub fn need_alternatives<'v, T>(&mut self, value: &'v Value<T>) -> Option<&'v [T]> {
        self.look_at(value);
        match &value.state {
            State::Known(known) => Some(std::slice::from_ref(known)),
            State::Unknown(Unknown {
                one_of: Some(all),
                null,
                ..
            }) if null.is_false() => Some(all),
            State::Unknown(unknown) => {
                self.note(unknown, value.prov);
                None
            }
            State::Absent | State::Invalid { .. } => None,
        }
    }

    /// Notes that the rule is open because this value is unknown; nothing if it is not.
    pub fn open<T>(&mut self, value: &Value<T>) {
        self.look_at(value);
        if let State::Unknown(unknown) = &value.state {
            self.note(unknown, value.prov);
        }
    }

    /// Notes that the rule is open because there may be more entities than these.
    pub fn open_if_incomplete<T>(&mut self, collection: &Collection<T>) {
        if let Some(unknown) = &collection.incomplete {
            self.note(unknown, unknown.origin);
        }
    }

    /// Says that something is wrong at a value: at its place, or at the block that lacks it.
    pub fn report<T>(&mut self, value: &Value<T>, message: String) -> Report<'_, 'a> {
        let subject = self.look_at(value);
        let provenance = &self.network.provenance;
        let span = provenance
            .span(value.prov)
            .unwrap_or_else(|| self.network.entity(subject.entity).head);
        let trail = if value.sensitive {
            Vec::new()
        } else {
            provenance.trail(value.prov)
        };
        self.observe(subject, span, trail, message)
    }

    /// Says that something is wrong with an entity as a whole.
    pub fn report_entity(&mut self, entity: EntityId, message: String) -> Report<'_, 'a> {
        let subject = Subject {
            entity,
            attribute: None,
        };
        self.remember(subject.clone());
        let head = self.network.entity(entity).head;
        self.observe(subject, head, Vec::new(), message)
    }

    fn observe(
        &mut self,
        subject: Subject,
        span: Span,
        trail: Vec<crate::value::Hop>,
        message: String,
    ) -> Report<'_, 'a> {
        let is_kept = self.said.observations.len() < self.room.observations;
        if !is_kept {
            self.said.cut = true;
            return Report { cx: self, is_kept };
        }
        self.said.observations.push(Observation {
            rule: self.rule.id,
            subject,
            used: self.used.clone(),
            severity: None,
            message,
            primary: Label {
                span,
                text: String::new(),
            },
            trail,
            labels: Vec::new(),
            rows: Vec::new(),
            help: None,
            fix: None,
        });
        Report { cx: self, is_kept }
    }

    fn hand_out<'v, T, U>(&mut self, known: &'v T, value: &'v Value<U>) -> Known<'v, T> {
        self.sensitive |= value.sensitive;
        let bare = |span| literal::unquoted(&self.sources.slice(span)).to_owned();
        let written = value.written_at.map(bare);
        Known {
            value: known,
            written,
            sensitive: value.sensitive,
            prov: value.prov,
        }
    }

    /// Remembers that the value was looked at and returns whose attribute it is.
    fn look_at<T>(&mut self, value: &Value<T>) -> Subject {
        let node = self.network.provenance.node(value.prov);
        let subject = Subject {
            entity: node.owner.unwrap_or(self.target),
            attribute: node.symbol.clone(),
        };
        self.remember(subject.clone());
        subject
    }

    fn remember(&mut self, subject: Subject) {
        if !self.used.contains(&subject) {
            self.used.push(subject);
        }
    }

    fn note<T>(&mut self, unknown: &Unknown<T>, prov: ProvId) {
        let provenance = &self.network.provenance;
        let subject = Subject {
            entity: self.target,
            attribute: None,
        };
        let head = || {
            self.network
                .entities
                .get(self.target.0 as usize)
                .map(|entity| entity.head)
        };
        let Some(span) = provenance.span(prov).or_else(head) else {
            return;
        };
        if self.said.undecided.len() >= self.room.undecided {
            self.said.cut = true;
            return;
        }
        self.said.undecided.push(Undecided {
            rule: self.rule.id,
            subject,
            used: self.used.clone(),
            span,
            cause: unknown.cause,
            because: provenance.because(unknown.cause, unknown.origin),
            needs: provenance.needs(unknown.origin),
            address: String::new(),
            instance: None,
        });
    }
}
