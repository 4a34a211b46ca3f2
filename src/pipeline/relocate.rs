//! Step 4: a place in code that the user did not write moves to the call of that code.

use std::collections::HashSet;

use crate::finding::Fix;
use crate::model::{Design, Entity, Network};
use crate::project::{InstanceId, Instances};
use crate::source::{FilePath, SourceId, Sources, Span};

/// The texts that the user did not write.
#[derive(Debug, Default)]
pub(super) struct ThirdParty(HashSet<SourceId>);

/// Where a place moves to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved<'n> {
    /// The new place, in the user's own code.
    pub(super) to: Span,
    /// The name of the call; `None` when it is no call.
    pub(super) name: Option<&'n str>,
    /// The instance that holds the new place.
    pub(super) within: InstanceId,
}

impl ThirdParty {
    /// Returns the texts of modules that are marked so, and of what lies where Terraform keeps its copies.
    pub(super) fn of<'d>(designs: impl Iterator<Item = &'d Design>, sources: &Sources) -> Self {
        let mut seen = HashSet::new();
        for design in designs {
            marked(&design.after, &mut seen);
        }
        let all = sources.all();
        let folders: HashSet<FilePath> = all
            .iter()
            .filter(|source| seen.contains(&source.id))
            .filter_map(|source| Some(source.path.as_ref()?.parent()))
            .collect();
        let foreign = |path: &FilePath| {
            folders.contains(&path.parent())
                || format!("/{}", path.as_str()).contains("/.terraform/modules/")
        };
        let files = all
            .iter()
            .filter(|source| source.path.as_ref().is_some_and(foreign))
            .map(|source| source.id);
        seen.extend(files);
        ThirdParty(seen)
    }

    /// Tells whether a place is in code that the user did not write.
    pub(super) fn holds(&self, span: Span) -> bool {
        self.0.contains(&span.source)
    }

    /// Tells whether a fix would change code that the user did not write.
    pub(super) fn holds_edit(&self, fix: &Fix) -> bool {
        fix.edits.iter().any(|edit| self.holds(edit.span))
    }

    /// Returns where a place moves to; `None` if it stays, or if there is nowhere to go. It goes to the call that leads from
    /// the user's code to the entity; for an entity in the user's code, to its head.
    pub(super) fn way_out<'n>(
        &self,
        network: &'n Network,
        entity: Option<&Entity>,
        place: Span,
    ) -> Option<Moved<'n>> {
        if !self.holds(place) {
            return None;
        }
        let entity = entity?;
        let moved = crossing(&network.instances, entity.instance).unwrap_or(Moved {
            to: entity.head,
            name: None,
            within: entity.instance,
        });
        (!self.holds(moved.to)).then_some(moved)
    }
}

/// Adds the texts that hold entities of third-party modules, or calls in them.
fn marked(network: &Network, seen: &mut HashSet<SourceId>) {
    let instances = &network.instances;
    let third_party = |id| instances.get(id).third_party;
    let heads = network
        .entities
        .iter()
        .filter(|entity| third_party(entity.instance))
        .map(|entity| entity.head.source);
    seen.extend(heads);
    for index in 0..instances.len() {
        let data = instances.get(InstanceId(u32::try_from(index).unwrap_or(u32::MAX)));
        if data.parent.is_some_and(third_party) {
            seen.extend(data.call.map(|call| call.source));
        }
    }
}

/// Returns the call that leads from the user's code into third-party code, on the way to an instance.
fn crossing(instances: &Instances, to: InstanceId) -> Option<Moved<'_>> {
    let outermost = instances
        .around(to)
        .filter(|data| data.third_party && data.call.is_some())
        .last()?;
    Some(Moved {
        to: outermost.call?,
        name: Some(outermost.name.as_str()),
        within: outermost.parent?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Edit, Safety};
    use crate::pipeline::testing::{Run, Site, observation};

    const FILES: &[(&str, &str)] = &[
        ("main.tf", "call own\n"),
        ("own/main.tf", "call theirs\n"),
        (".terraform/modules/t/main.tf", "call inner\n"),
        (".terraform/modules/t/inner/aks.tf", "cluster a { dns }\n"),
    ];

    #[test]
    fn the_place_moves_to_the_call_that_leaves_the_users_code() {
        let site = Site::new(FILES);
        let mut design = site.design(".");
        let own = site.module(&mut design, InstanceId::ROOT, "own", "call own", false);
        let theirs = site.module(&mut design, own, "theirs", "call theirs", true);
        let inner = site.module(&mut design, theirs, "inner", "call inner", true);
        let a = site.entity_in(&mut design, inner, "aks.a", "cluster a");
        let mut said = observation(104, a, "dns", site.span("dns"));
        said.fix = Some(Fix {
            title: "replace it".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit {
                span: site.span("dns"),
                replacement: String::new(),
            }],
        });
        let outcome = Run::new(&site, &design, vec![said]).outcome();
        let finding = &outcome.findings[0];
        assert_eq!(finding.primary.span, site.span("call theirs"));
        assert_eq!(finding.primary.text, "in module \"theirs\", called here");
        assert_eq!(finding.labels[0].span, site.span("dns"));
        assert_eq!(finding.labels[0].text, "here");
        assert!(
            finding.fix.is_none(),
            "it would change what is not the user's"
        );
        assert_eq!(finding.instances[0].calls.len(), 3);
    }

    #[test]
    fn a_place_in_the_users_code_stays() {
        let site = Site::new(FILES);
        let mut design = site.design(".");
        let theirs = site.module(&mut design, InstanceId::ROOT, "own", "call own", true);
        let a = site.entity_in(&mut design, theirs, "aks.a", "cluster a");
        let said = observation(104, a, "dns", site.span("own"));
        let outcome = Run::new(&site, &design, vec![said]).outcome();
        assert_eq!(outcome.findings[0].primary.span, site.span("own"));
    }
}
