//! Resources as they come together: numbers, module instances, places.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::address::{Part, parts, split_modules};
use super::beside::Beside;
use super::body::{Builder, Layers, Written};
use super::configuration::Configuration;
use super::json::Document;
use super::shape::{Index, Which};
use crate::project::{IgnoredChanges, InstanceData, InstanceId, Instances, Mode, ProviderVersion};
use crate::resource::{Gap, Language, Resource, Resources};
use crate::source::Span;
use crate::truth::Presence;
use crate::value::{Cause, Key, ProvKind, ProvNode, Provenance, ResourceId, Unknown};

/// The most resources of a file that are looked at.
pub(super) const MOST: usize = 20_000;

/// The resources of one point in time.
pub(super) struct Assembly<'b, 'a> {
    document: Document<'a>,
    configuration: Option<&'b Configuration<'a>>,
    beside: Option<&'b Beside<'b>>,
    recorder: &'static str,
    provenance: Provenance,
    instances: Instances,
    of_prefix: HashMap<String, InstanceId>,
    ids: HashMap<String, ResourceId>,
    all: Vec<Resource>,
    gaps: Vec<Gap>,
    shown: Vec<Span>,
    hidden: Vec<Span>,
}

/// The parts of a file that say what one resource is.
pub(super) struct Parts<'a> {
    /// Its values.
    pub(super) values: Option<&'a RawValue>,
    /// Which of them are known only after apply.
    pub(super) unknown: Option<&'a RawValue>,
    /// Which of them are sensitive.
    pub(super) sensitive: Option<&'a RawValue>,
    /// Its address, which stands for its head.
    pub(super) head: Span,
    /// All that the file says of it.
    pub(super) block: Span,
    /// Whether what is missing may be unknown.
    pub(super) partial: bool,
}

impl<'b, 'a> Assembly<'b, 'a> {
    /// Returns an assembly without resources.
    pub(super) fn new(
        document: Document<'a>,
        configuration: Option<&'b Configuration<'a>>,
        beside: Option<&'b Beside<'b>>,
        recorder: &'static str,
    ) -> Self {
        Assembly {
            document,
            configuration,
            beside,
            recorder,
            provenance: Provenance::default(),
            instances: Instances::without_code(),
            of_prefix: HashMap::from([(String::new(), InstanceId::ROOT)]),
            ids: HashMap::new(),
            all: Vec::new(),
            gaps: Vec::new(),
            shown: Vec::new(),
            hidden: Vec::new(),
        }
    }

    /// Adds a resource. One whose address cannot be read is left out, with a gap.
    pub(super) fn add(&mut self, which: &Which<'a>, of: &Parts<'a>) {
        let address = which.address.as_ref();
        let modules = match which.module_address.as_deref().unwrap_or_default() {
            "" => parts(address).map(|all| split_modules(&all).0),
            module => parts(module).map(|all| split_modules(&all).0),
        };
        let Some(modules) = modules.filter(|_| self.all.len() < MOST) else {
            self.gap(of.head, address);
            return;
        };
        self.shown.push(of.block);
        let instance = self.instance(&modules);
        let code = self.beside.and_then(|beside| beside.resource(address));
        let body = self.body(which, of, &modules, code.map(|(_, place)| place));
        let resource = Resource {
            said: false,
            id: number(&mut self.ids, address),
            mode: if which.mode == "data" {
                Mode::Data
            } else {
                Mode::Managed
            },
            kind: which.kind.as_ref().into(),
            name: which.name.as_ref().into(),
            key: key(which.index.as_ref()),
            address: address.to_owned(),
            head: code.map_or(of.head, |(resource, _)| resource.head),
            block: code.map_or(of.block, |(resource, _)| resource.block),
            instance,
            presence: Presence::certain(),
            doubt: None,
            body,
            depends_on: Vec::new(),
            ignored_changes: IgnoredChanges::None,
        };
        self.all.push(resource);
    }

    /// Notes that there may be more resources.
    pub(super) fn gap(&mut self, span: Span, what: &str) {
        if !self.gaps.is_empty() {
            return;
        }
        let node = ProvNode::new(ProvKind::DataSource, Some(span)).named(what);
        let origin = self.provenance.add(node);
        self.gaps.push(Gap {
            kind: None,
            unknown: Unknown::new(Cause::DataSource, origin),
        });
    }

    /// Returns the blocks that may be shown, and what in them must not be.
    pub(super) fn veil(&self) -> (&[Span], &[Span]) {
        (&self.shown, &self.hidden)
    }

    /// Returns what came together.
    pub(super) fn finish(self, azurerm: ProviderVersion) -> Resources {
        Resources {
            language: Language::Plan,
            all: self.all,
            provenance: self.provenance,
            instances: self.instances,
            gaps: self.gaps,
            azurerm,
        }
    }

    fn body(
        &mut self,
        which: &Which<'a>,
        of: &Parts<'a>,
        modules: &[Part],
        place: Option<super::beside::Place<'b>>,
    ) -> crate::value::Tree {
        let document = self.document;
        let parse = |part: Option<&'a RawValue>| part.and_then(|part| document.parse(part));
        let (value, unknown, sensitive) =
            (parse(of.values), parse(of.unknown), parse(of.sensitive));
        let declared = format!("{}.{}", which.kind, which.name);
        let written = self
            .configuration
            .and_then(|code| code.written(modules, &declared));
        let ids = &mut self.ids;
        let mut builder = Builder {
            provenance: &mut self.provenance,
            ids: &mut |address| number(ids, address),
            configuration: self.configuration,
            recorder: self.recorder,
            address: &which.address,
            modules,
            hidden: &mut self.hidden,
        };
        // A layer that is lost would leave values known, or bare, that are not.
        let lost = [
            (of.values, &value),
            (of.unknown, &unknown),
            (of.sensitive, &sensitive),
        ];
        if lost
            .iter()
            .any(|(part, parsed)| part.is_some() && parsed.is_none())
        {
            builder.hidden.push(of.block);
            return builder.too_deep(of.head, place);
        }
        let layers = Layers {
            value: value.as_ref(),
            unknown: unknown.as_ref(),
            sensitive: sensitive.as_ref(),
            written: written.as_deref().map_or(Written::Unsaid, Written::As),
            name: None,
            place,
        };
        builder.body(layers, of.head, of.partial)
    }

    /// Returns the module instance behind some calls; makes it on first mention.
    fn instance(&mut self, modules: &[Part]) -> InstanceId {
        let (mut prefix, mut parent) = (String::new(), InstanceId::ROOT);
        for part in modules {
            prefix = format!("{prefix}module.{}{}.", part.name, part.key);
            parent = match self.of_prefix.get(&prefix) {
                Some(known) => *known,
                None => self.enter(&prefix, part, parent),
            };
        }
        parent
    }

    fn enter(&mut self, prefix: &str, part: &Part, parent: InstanceId) -> InstanceId {
        let code = self.beside.and_then(|beside| beside.instance(prefix));
        let id = self.instances.add(InstanceData {
            parent: Some(parent),
            call: code.and_then(|code| code.call),
            name: part.name.clone(),
            deployment: false,
            key: part.key.clone(),
            module: code.and_then(|code| code.module),
            third_party: code.is_some_and(|code| code.third_party),
            presence: Presence::certain(),
            doubt: None,
        });
        self.of_prefix.insert(prefix.to_owned(), id);
        id
    }
}

/// Returns the number of the resource at an address.
fn number(ids: &mut HashMap<String, ResourceId>, address: &str) -> ResourceId {
    if let Some(id) = ids.get(address) {
        return *id;
    }
    let id = ResourceId(u32::try_from(ids.len()).unwrap_or(u32::MAX));
    ids.insert(address.to_owned(), id);
    id
}

fn key(index: Option<&Index<'_>>) -> Key {
    match index {
        None => Key::None,
        Some(Index::Number(index)) => Key::Index(*index),
        Some(Index::Name(name)) => Key::Name(name.as_ref().into()),
    }
}
