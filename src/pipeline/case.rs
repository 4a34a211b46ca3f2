//! An observation or an undecided on its way to the user: taken out of its network, with the instance that it happened in.

use crate::config::{Catalogue, Config};
use crate::finding::{
    Fix, Instance, Label, Observation, Row, RuleId, Severity, Trouble, Undecided,
};
use crate::model::{Design, Dialect, Entity};
use crate::source::{Sources, Span};
use crate::value::Hop;

use super::relocate::ThirdParty;
use super::{fingerprint, presence, severity};

/// One occurrence of a fault.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// The rule.
    pub(super) rule: RuleId,
    /// The severity after configuration.
    pub(super) severity: Severity,
    /// The place to change, in the user's own code.
    pub(super) primary: Label,
    /// The other places.
    pub(super) labels: Vec<Label>,
    /// Where the value at the primary place came from.
    pub(super) trail: Vec<Hop>,
    /// The arithmetic.
    pub(super) rows: Vec<Row>,
    /// What to do.
    pub(super) help: Option<String>,
    /// A change that mends it.
    pub(super) fix: Option<Fix>,
    /// Where it happened, and the message.
    pub(super) instance: Instance,
    /// What tells it apart from others of its rule and file, stable when lines move.
    pub(super) identity: String,
    /// Whether it was seen in what a tool has evaluated, not in the code itself.
    pub(super) recorded: bool,
}

/// One occurrence of a rule that could not decide.
#[derive(Clone, Debug)]
pub(super) struct Doubt {
    /// What is told, address and instance filled in.
    pub(super) said: Undecided,
    /// The place that is not known, the blocks concerned and the module calls on the way.
    pub(super) places: Vec<Span>,
}

impl Case {
    /// Returns an observation as a case.
    pub(super) fn new(
        observation: Observation,
        design: &Design,
        third_party: &ThirdParty,
        sources: &Sources,
        config: &Config,
    ) -> Self {
        let network = &design.after;
        let entity = network.entities.get(observation.subject.entity.0 as usize);
        let severity = severity::of(&observation, config);
        let moved = third_party.way_out(network, entity, observation.primary.span);
        let identity = fingerprint::identity(&observation, network, entity, moved, sources);
        let instance = instance(design, entity, observation.message);
        let mut case = Case {
            rule: observation.rule,
            severity,
            primary: observation.primary,
            labels: observation.labels,
            trail: observation.trail,
            rows: observation.rows,
            help: observation.help,
            fix: observation.fix.filter(|fix| !third_party.holds_edit(fix)),
            instance,
            identity,
            recorded: network.dialect == Dialect::Plan,
        };
        if let Some(moved) = moved {
            case.move_to(moved.to, moved.name);
        }
        case
    }

    /// Returns trouble with the input as a case.
    pub(super) fn of_trouble(trouble: Trouble, sources: &Sources, config: &Config) -> Self {
        let identity = trouble.message.clone();
        Case {
            rule: trouble.rule,
            severity: config.severity_of(trouble.rule),
            instance: Instance {
                subject: sources.get(trouble.primary.span.source).name.clone(),
                variant: None,
                root: ".".to_owned(),
                message: trouble.message,
                calls: Vec::new(),
            },
            primary: trouble.primary,
            labels: trouble.labels,
            trail: Vec::new(),
            rows: Vec::new(),
            help: trouble.help,
            fix: None,
            identity,
            recorded: false,
        }
    }

    /// Returns the places at which a suppression counts.
    pub(super) fn places(&self) -> impl Iterator<Item = Span> {
        let hops = self.trail.iter().map(|hop| hop.span);
        let calls = self.instance.calls.iter().copied();
        std::iter::once(self.primary.span).chain(hops).chain(calls)
    }

    /// Returns the places that make it part of a file.
    pub(super) fn touches(&self) -> impl Iterator<Item = Span> {
        let labels = self.labels.iter().map(|label| label.span);
        self.places().chain(labels)
    }

    /// Moves the place; the old one becomes the first of the others.
    fn move_to(&mut self, span: Span, name: Option<&str>) {
        let text = name.map_or_else(String::new, |name| {
            format!("in module {name:?}, called here")
        });
        let old = std::mem::replace(&mut self.primary, Label { span, text });
        self.labels.insert(0, old);
    }
}

impl Doubt {
    /// Returns an undecided with its address, its instance and a place in the user's own code.
    pub(super) fn new(
        mut said: Undecided,
        design: &Design,
        third_party: &ThirdParty,
        catalogue: Catalogue,
    ) -> Self {
        let network = &design.after;
        let concerned = presence::concerned(network, &said, catalogue);
        let entity = concerned.first().copied();
        if let Some(moved) = third_party.way_out(network, entity, said.span) {
            said.span = moved.to;
        }
        let instance = instance(design, entity, said.because.clone());
        let blocks = concerned.iter().map(|entity| entity.block);
        let places = std::iter::once(said.span)
            .chain(blocks)
            .chain(instance.calls.iter().copied())
            .collect();
        said.address.clone_from(&instance.subject);
        said.instance = Some(instance);
        Doubt { said, places }
    }
}

/// Returns where something happened.
fn instance(design: &Design, entity: Option<&Entity>, message: String) -> Instance {
    let calls = |entity: &Entity| design.after.instances.calls(entity.instance);
    Instance {
        subject: entity.map_or_else(String::new, |entity| entity.address.clone()),
        variant: design.variant.clone(),
        root: design.root.clone(),
        message,
        calls: entity.map(calls).unwrap_or_default(),
    }
}
