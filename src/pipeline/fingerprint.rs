//! What tells a finding apart from others in a baseline or in a code host's list: never a line, and the same whichever of
//! the roots that use a file were read.

use std::collections::{HashMap, HashSet};

use crate::finding::Observation;
use crate::model::{Entity, Network};
use crate::source::{Sources, Span};

use super::fold::Group;
use super::relocate::Moved;

/// Returns the symbolic address and attribute of an observation. The address is the one inside the module that holds the
/// place; keys of instances count only where instances can have places of their own.
pub(super) fn identity(
    observation: &Observation,
    network: &Network,
    entity: Option<&Entity>,
    moved: Option<Moved<'_>>,
    sources: &Sources,
) -> String {
    let attribute = observation.subject.attribute.as_deref().unwrap_or("");
    let Some(entity) = entity else {
        return attribute.to_owned();
    };
    let place = observation.primary.span;
    let prefix = match moved {
        Some(moved) => network.instances.prefix(moved.within),
        None if same_folder(place, entity.head, sources) => {
            network.instances.prefix(entity.instance)
        }
        None => String::new(),
    };
    let local = entity.address.strip_prefix(&prefix);
    let local = local.unwrap_or(&entity.address);
    if entity.block.covers(place) {
        format!("{}\0{attribute}", without_keys(local))
    } else {
        format!("{local}\0{attribute}")
    }
}

/// Gives every group its fingerprint. Equal ones are told apart by their order.
pub(super) fn assign(groups: &mut [Group], sources: &Sources) {
    let mut taken: HashSet<u64> = HashSet::new();
    let mut counters: HashMap<u64, usize> = HashMap::new();
    for group in groups {
        let first = group.first();
        let source = sources.get(first.primary.span.source);
        let path = source
            .path
            .as_ref()
            .map_or(source.name.as_str(), |path| path.as_str());
        let base = format!("{}\0{path}\0{}", first.rule, first.identity);
        let mut hash = fnv1a(base.as_bytes());
        let counter = counters.entry(hash).or_default();
        while !taken.insert(hash) {
            *counter += 1;
            hash = fnv1a(format!("{base}\0{counter}").as_bytes());
        }
        group.fingerprint = format!("{hash:016x}");
    }
}

/// Tells whether two places are in the same module.
fn same_folder(a: Span, b: Span, sources: &Sources) -> bool {
    let folder = |span: Span| {
        sources
            .get(span.source)
            .path
            .as_ref()
            .map(crate::source::FilePath::parent)
    };
    a.source == b.source || folder(a) == folder(b)
}

/// Returns an address without `["key"]` and `[0]`.
fn without_keys(address: &str) -> String {
    let mut bare = String::new();
    let (mut inside, mut quoted, mut escaped) = (false, false, false);
    for c in address.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if inside => quoted = !quoted,
            '[' if !inside => inside = true,
            ']' if inside && !quoted => inside = false,
            _ if inside => {}
            _ => bare.push(c),
        }
    }
    bare
}

/// Returns the 64-bit FNV-1a hash (<http://www.isthe.com/chongo/tech/comp/fnv/>), which is the same everywhere and always.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::testing::{Run, Site, observation};
    use crate::project::InstanceId;

    #[test]
    fn keys_go_and_names_stay() {
        assert_eq!(
            without_keys(r#"module.a["x]\"y"].azurerm_subnet.s[0]"#),
            "module.a.azurerm_subnet.s"
        );
    }

    #[test]
    fn fnv1a_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    /// Returns the fingerprints of faults at these words of a text, all of the same attribute of `aks.x`.
    fn prints(text: &str, words: &[&str], modules: &[&str]) -> Vec<String> {
        let site = Site::new(&[("aks/main.tf", text), ("main.tf", "call a, call b")]);
        let mut design = site.design(".");
        let mut said = Vec::new();
        for module in modules {
            let call = format!("call {module}");
            let module = site.module(&mut design, InstanceId::ROOT, module, &call, false);
            let x = site.entity_in(&mut design, module, "aks.x[0]", "cluster x");
            said.extend(
                words
                    .iter()
                    .map(|word| observation(104, x, "dns", site.span(word))),
            );
        }
        let outcome = Run::new(&site, &design, said).outcome();
        let prints = outcome.findings.into_iter();
        prints.map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn moved_lines_and_other_callers_change_nothing() {
        let print = prints("cluster x { dns }", &["dns"], &["a"]);
        assert_eq!(print, ["465b47e34c0b24a8"]);
        let moved = prints("# new\n\ncluster x {\n  name\n  dns\n}", &["dns"], &["a"]);
        assert_eq!(print, moved);
        assert_eq!(print, prints("cluster x { dns }", &["dns"], &["b", "a"]));
    }

    #[test]
    fn equal_ones_are_told_apart() {
        let one = prints("cluster x { dns, other }", &["dns"], &["a"]);
        let two = prints("cluster x { dns, other }", &["other", "dns"], &["a"]);
        assert_eq!(one[0], two[0]);
        assert_ne!(two[0], two[1]);
    }
}
