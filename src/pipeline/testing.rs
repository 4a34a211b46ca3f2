//! Small designs and observations, made by hand.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Input, Outcome, Raw};
use crate::config::Config;
use crate::config::testing::catalogue;
use crate::finding::{Label, Observation, RuleId, Subject, Trouble, Undecided};
use crate::model::{Collection, Design, Dialect, Entity, Network};
use crate::project::{IgnoredChanges, InstanceData, InstanceId, Instances, ModuleId};
use crate::rules::Verdicts;
use crate::source::{Comment, FilePath, Sources, Span};
use crate::truth::{Condition, ConditionId, Presence};
use crate::value::{Cause, EntityId, Key, Provenance};

/// Some files.
pub(super) struct Site {
    /// Their texts.
    pub(super) sources: Sources,
}

impl Site {
    /// Returns files by name and text.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let sources = Sources::default();
        for (name, text) in files {
            let path = FilePath::new(name);
            sources.add(name, path, PathBuf::new(), (*text).to_owned());
        }
        Site { sources }
    }

    /// Returns the place of some text, wherever it stands first.
    pub(super) fn span(&self, text: &str) -> Span {
        let all = self.sources.all();
        all.iter()
            .find_map(|source| {
                let start = source.text.find(text)?;
                Some(Span::new(source.id, start, start + text.len()))
            })
            .unwrap_or_else(|| panic!("{text:?} is in no file"))
    }

    /// Returns the comments that speak to aksnet. A comment on its own line covers the next line, or the lines up to `}`.
    pub(super) fn comments(&self) -> Vec<Comment> {
        let mut comments = Vec::new();
        for source in self.sources.all() {
            for (start, _) in source.text.match_indices("# aksnet:") {
                let length = |from: usize, end: &str| {
                    let rest = &source.text[from..];
                    rest.find(end).unwrap_or(rest.len())
                };
                let end = start + length(start, "\n");
                let line = source.text[..start].rfind('\n').map_or(0, |n| n + 1);
                let alone = source.text[line..start].trim().is_empty();
                let next = (end + 1).min(source.text.len());
                let first = &source.text[next..next + length(next, "\n")];
                let covers = match (alone, first.ends_with('{')) {
                    (false, _) => (line, start),
                    (true, true) => (next, next + length(next, "}")),
                    (true, false) => (next, next + first.len()),
                };
                comments.push(Comment {
                    span: Span::new(source.id, start, end),
                    covers: Span::new(source.id, covers.0, covers.1),
                });
            }
        }
        comments
    }

    /// Returns an empty design.
    #[expect(clippy::unused_self, reason = "reads better beside the other builders")]
    pub(super) fn design(&self, root: &str) -> Design {
        Design {
            root: root.to_owned(),
            variant: None,
            after: Network {
                dialect: Dialect::Terraform,
                entities: Vec::new(),
                clusters: Collection::default(),
                pools: Collection::default(),
                subnets: Collection::default(),
                virtual_networks: Collection::default(),
                peerings: Collection::default(),
                route_tables: Collection::default(),
                nat_gateways: Collection::default(),
                public_ips: Collection::default(),
                public_ip_prefixes: Collection::default(),
                security_groups: Collection::default(),
                removed: Vec::new(),
                provenance: Arc::new(Provenance::default()),
                instances: Arc::new(Instances::new(ModuleId(0))),
                replacements: Vec::new(),
            },
            before: None,
        }
    }

    /// Adds an entity of the root whose head is `head` and whose block goes on to the next `}`.
    pub(super) fn entity(
        &self,
        design: &mut Design,
        address: &str,
        head: &str,
        presence: Presence,
    ) -> EntityId {
        let id = self.entity_in(design, InstanceId::ROOT, address, head);
        design.after.entities[id.0 as usize].presence = presence;
        id
    }

    /// Adds an entity of a module instance; the address is the one inside the module.
    pub(super) fn entity_in(
        &self,
        design: &mut Design,
        instance: InstanceId,
        address: &str,
        head: &str,
    ) -> EntityId {
        let head = self.span(head);
        let source = self.sources.get(head.source);
        let rest = &source.text[head.end as usize..];
        let end = rest
            .find('}')
            .map_or(head.end as usize, |n| head.end as usize + n + 1);
        let prefix = design.after.instances.prefix(instance);
        design.after.entities.push(Entity {
            address: format!("{prefix}{address}"),
            head,
            block: Span::new(head.source, head.start as usize, end),
            instance,
            presence: Presence::certain(),
            doubt: None,
            resource: None,
            ignored_changes: IgnoredChanges::None,
        });
        EntityId(u32::try_from(design.after.entities.len() - 1).unwrap())
    }

    /// Adds a module instance that is called at `call`.
    pub(super) fn module(
        &self,
        design: &mut Design,
        parent: InstanceId,
        name: &str,
        call: &str,
        third_party: bool,
    ) -> InstanceId {
        Arc::make_mut(&mut design.after.instances).add(InstanceData {
            parent: Some(parent),
            call: Some(self.span(call)),
            name: name.into(),
            deployment: false,
            key: Key::None,
            module: None,
            third_party,
            presence: Presence::certain(),
            doubt: None,
        })
    }
}

/// A run of the pipeline and what can be changed about it.
pub(super) struct Run<'a> {
    /// The files.
    pub(super) site: &'a Site,
    /// aksnet.toml.
    pub(super) config: &'a str,
    /// The designs and what rules saw in them.
    pub(super) raw: Vec<(&'a Design, Verdicts)>,
    /// Trouble with the input.
    pub(super) troubles: Vec<Trouble>,
    /// The only file that is named; empty for all.
    pub(super) named: &'a str,
}

impl<'a> Run<'a> {
    /// Returns a run over one design.
    pub(super) fn new(site: &'a Site, design: &'a Design, observations: Vec<Observation>) -> Self {
        Run {
            site,
            config: "",
            raw: vec![(design, seen(observations))],
            troubles: Vec::new(),
            named: "",
        }
    }

    /// Returns it with an aksnet.toml.
    pub(super) fn config(self, config: &'a str) -> Self {
        Run { config, ..self }
    }

    /// Returns it with only one file named.
    pub(super) fn named(self, named: &'a str) -> Self {
        Run { named, ..self }
    }

    /// Returns it with one more design.
    pub(super) fn and(mut self, design: &'a Design, observations: Vec<Observation>) -> Self {
        self.raw.push((design, seen(observations)));
        self
    }

    /// Runs the pipeline on 1 March 2027.
    pub(super) fn outcome(self) -> Outcome {
        let config = Config::parse_over(self.config, "aksnet.toml", catalogue()).unwrap();
        let raw = self.raw.into_iter();
        let raw = raw.map(|(design, verdicts)| Raw { design, verdicts });
        crate::pipeline::run(Input {
            raw: raw.collect(),
            troubles: self.troubles,
            config: &config,
            sources: &self.site.sources,
            comments: &self.site.comments(),
            named: &|source| self.named.is_empty() || source.name == self.named,
            as_of: jiff::civil::date(2027, 3, 1),
        })
    }

    /// Runs the pipeline and returns a line for each finding, and one for what was suppressed.
    pub(super) fn lines(self) -> String {
        let site = self.site;
        let outcome = self.outcome();
        let mut lines: Vec<String> = outcome
            .findings
            .iter()
            .map(|finding| {
                let span = finding.primary.span;
                let source = site.sources.get(span.source);
                let line = source.position(span.start).line;
                let subjects: Vec<&str> = finding
                    .instances
                    .iter()
                    .map(|instance| instance.subject.as_str())
                    .collect();
                format!(
                    "{}:{line} {} {} ({})",
                    source.name,
                    finding.rule,
                    finding.message,
                    subjects.join(", ")
                )
            })
            .collect();
        if outcome.suppressed > 0 {
            lines.push(format!("{} suppressed", outcome.suppressed));
        }
        lines.join("\n")
    }
}

/// Returns verdicts without an undecided.
fn seen(observations: Vec<Observation>) -> Verdicts {
    Verdicts {
        observations,
        undecided: Vec::new(),
    }
}

/// Returns an unknown condition, or its opposite.
pub(super) fn condition(id: u32, negated: bool) -> Condition {
    let id = ConditionId(id);
    Condition { id, negated }
}

/// Returns an observation about an attribute.
pub(super) fn observation(rule: u16, entity: EntityId, attribute: &str, span: Span) -> Observation {
    let subject = Subject {
        entity,
        attribute: Some(attribute.into()),
    };
    Observation {
        rule: RuleId(rule),
        used: vec![subject.clone()],
        subject,
        severity: None,
        message: format!("{attribute} is wrong"),
        primary: Label {
            span,
            text: "here".to_owned(),
        },
        trail: Vec::new(),
        labels: Vec::new(),
        rows: Vec::new(),
        help: None,
        fix: None,
    }
}

/// Returns an undecided about an entity whose attributes were looked at.
pub(super) fn undecided(rule: u16, entity: EntityId, attributes: &[&str], span: Span) -> Undecided {
    let subject = |attribute: Option<&&str>| Subject {
        entity,
        attribute: attribute.map(|attribute| (*attribute).into()),
    };
    Undecided {
        rule: RuleId(rule),
        subject: subject(None),
        used: attributes.iter().map(|one| subject(Some(one))).collect(),
        span,
        cause: Cause::Input,
        because: "variable \"x\" has no value".to_owned(),
        needs: Some("var.x".into()),
        address: String::new(),
        instance: None,
    }
}
