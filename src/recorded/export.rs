//! What `az … show` and `az … list` print, and what Azure's REST interface answers: resources with their ids. Knows no resource
//! type by name, and leaves bodies as they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::body::{Builder, Layers, Written};
use super::json::{Document, Entry, Fault, Json, JsonNode};
use crate::project::{IgnoredChanges, InstanceId, Instances, Mode, ProviderVersion};
use crate::resource::{Gap, Language, Resource, Resources};
use crate::source::{Source, Span, Symbol};
use crate::truth::Presence;
use crate::value::{
    Cause, EXPORT, Key, Object, ProvKind, ProvNode, Provenance, ResourceId, Tree, Unknown,
};

/// The most resources of a folder that are looked at.
const MOST: usize = super::assembly::MOST;

/// What in the name of a member says that its value is not for everybody's eyes, in lower case.
const SECRETS: &[&str] = &[
    "secret",
    "password",
    "token",
    "keydata",
    "certificate",
    "connectionstring",
    "credential",
    "accesskey",
    "sharedkey",
    "workspacekey",
];

/// What tells a resource from other objects.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Marks<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    name: Option<&'a RawValue>,
}

/// A page of a list, as the REST interface answers.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Page<'a> {
    #[serde(borrow)]
    value: Option<&'a RawValue>,
}

/// A resource id taken apart.
#[derive(PartialEq, Eq, Debug)]
struct Id<'i> {
    /// The type: `Microsoft.Network/virtualNetworks/subnets`.
    kind: String,
    /// The names, from the outside in.
    names: Vec<&'i str>,
    /// The id of what it is in: the outer resource, or the resource group.
    parent: &'i str,
}

/// A resource, its parts still to be parsed.
struct Found<'a> {
    whole: &'a RawValue,
    id: Cow<'a, str>,
    head: Span,
}

/// Tells whether a text is an export; `Err` if it is no JSON.
pub(super) fn is_one(source: &Source) -> Result<bool, Fault> {
    Ok(!found(Document::new(source))?.is_empty())
}

/// Reads exports as what is there together.
pub(super) fn read(sources: &[&Source], wanted: &dyn Fn(&str) -> bool) -> Resources {
    let mut all = Exports {
        provenance: Provenance::default(),
        all: Vec::new(),
        gaps: Vec::new(),
    };
    for source in sources {
        all.add(source, wanted);
    }
    Resources {
        language: Language::Export,
        all: all.all,
        provenance: all.provenance,
        instances: Instances::without_code(),
        gaps: all.gaps,
        azurerm: ProviderVersion::default(),
    }
}

/// Returns the resources that a text shows, without looking at more than their ids.
fn found(document: Document<'_>) -> Result<Vec<Found<'_>>, Fault> {
    let whole: &RawValue = document.whole()?;
    let items = match whole.get().as_bytes().first() {
        Some(b'[') => list(document, whole)?,
        Some(b'{') => match shape(document.read::<Page<'_>>(whole.get()))? {
            Some(Page { value: Some(value) }) if value.get().starts_with('[') => {
                list(document, value)?
            }
            _ => vec![whole],
        },
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for item in items {
        all.extend(one(document, item)?);
    }
    Ok(all)
}

fn list<'a>(document: Document<'a>, list: &'a RawValue) -> Result<Vec<&'a RawValue>, Fault> {
    document.read(list.get())
}

/// Returns an object as a resource if its id says that it is one.
fn one<'a>(document: Document<'a>, whole: &'a RawValue) -> Result<Option<Found<'a>>, Fault> {
    let Some(marks) = shape(document.read::<Marks<'_>>(whole.get()))? else {
        return Ok(None);
    };
    let (Some(id), Some(name)) = (marks.id, marks.name) else {
        return Ok(None);
    };
    let head = document.span(name);
    let Some(id) = shape(document.read::<Cow<'_, str>>(id.get()))? else {
        return Ok(None);
    };
    Ok(take_apart(&id)
        .is_some()
        .then_some(Found { whole, id, head }))
}

/// Returns what was read, `None` for JSON of another shape.
fn shape<T>(read: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(fault) if fault.is_json => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Takes the id of a resource in a resource group apart.
fn take_apart(id: &str) -> Option<Id<'_>> {
    let id = id.trim_end_matches('/');
    if !begins(id, "/subscriptions/") {
        return None;
    }
    let lower = id.to_ascii_lowercase();
    let (group, rest) = (lower.rfind("/providers/")?, "/providers/".len());
    let mut segments = id.get(group + rest..)?.split('/');
    let mut kind = segments.next()?.to_owned();
    let mut names = Vec::new();
    while let Some(word) = segments.next() {
        kind.push('/');
        kind.push_str(word);
        names.push(segments.next().filter(|name| !name.is_empty())?);
    }
    let parent = match names.as_slice() {
        [] => return None,
        [_] => id.get(..group)?,
        [..] => id.rsplitn(3, '/').last()?,
    };
    Some(Id {
        kind,
        names,
        parent,
    })
}

fn begins(text: &str, start: &str) -> bool {
    let head = text.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// The exports as they come together.
struct Exports {
    provenance: Provenance,
    all: Vec<Resource>,
    gaps: Vec<Gap>,
}

impl Exports {
    fn add(&mut self, source: &Source, wanted: &dyn Fn(&str) -> bool) {
        let document = Document::new(source);
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for found in found(document).unwrap_or_default() {
            let Some(id) = take_apart(&found.id).filter(|id| wanted(&id.kind)) else {
                continue;
            };
            if self.all.len() >= MOST {
                self.gap(found.head);
                break;
            }
            shown.push(document.span(found.whole));
            self.resource(document, &found, &id, &mut hidden);
        }
        super::veil(source, &[(&shown, &hidden)]);
    }

    fn resource(
        &mut self,
        document: Document<'_>,
        found: &Found<'_>,
        id: &Id<'_>,
        hidden: &mut Vec<Span>,
    ) {
        let block = document.span(found.whole);
        let address = id.names.join("/");
        let value = document.parse(found.whole);
        let secrets = value.as_ref().and_then(secrets);
        let mut builder = Builder {
            provenance: &mut self.provenance,
            ids: &mut |_| ResourceId(0),
            configuration: None,
            recorder: EXPORT,
            address: &address,
            modules: &[],
            hidden,
        };
        let body = if value.is_some() {
            let layers = Layers {
                value: value.as_ref(),
                unknown: None,
                sensitive: secrets.as_ref(),
                written: Written::Unsaid,
                name: None,
                place: None,
            };
            with_parent(builder.body(layers, found.head, false), id.parent)
        } else {
            builder.hidden.push(block);
            builder.too_deep(found.head, None)
        };
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let name = id.names.last().copied().unwrap_or_default();
        self.all.push(Resource {
            id: ResourceId(number),
            mode: Mode::Managed,
            said: false,
            kind: id.kind.as_str().into(),
            name: name.into(),
            key: Key::None,
            address,
            head: found.head,
            block,
            instance: InstanceId::ROOT,
            presence: Presence::certain(),
            doubt: None,
            body,
            depends_on: Vec::new(),
            ignored_changes: IgnoredChanges::None,
        });
    }

    /// Notes that there are more resources.
    fn gap(&mut self, span: Span) {
        let node = ProvNode::new(ProvKind::DataSource, Some(span)).named("what else is exported");
        let unknown = Unknown::new(Cause::Budget, self.provenance.add(node));
        self.gaps.push(Gap {
            kind: None,
            unknown,
        });
    }
}

/// Returns the body with the id of what the resource is in.
fn with_parent(body: Tree, parent: &str) -> Tree {
    let Some(object) = body.as_object() else {
        return body;
    };
    let Some(id) = object.entries.get("id") else {
        return body;
    };
    let parent = Tree {
        node: parent.into(),
        ..id.clone()
    };
    let mut entries = object.entries.clone();
    entries.insert(Symbol::from("parent"), parent);
    let object = Object {
        entries,
        rest: object.rest.clone(),
    };
    Tree {
        node: object.into(),
        ..body
    }
}

/// Returns what is secret in a value: `true` in its place.
fn secrets(value: &Json<'_>) -> Option<Json<'static>> {
    let (span, truth) = (value.span, JsonNode::Bool(true));
    let node = match &value.node {
        JsonNode::Object(entries) => {
            let secret = |(name, entry): (&String, &Entry<'_>)| {
                let value = if is_secret(name) {
                    Json {
                        span: entry.value.span,
                        node: truth.clone(),
                    }
                } else {
                    secrets(&entry.value)?
                };
                let name_span = entry.name;
                Some((
                    name.clone(),
                    Entry {
                        name: name_span,
                        value,
                    },
                ))
            };
            let inside: BTreeMap<_, _> = entries.iter().filter_map(secret).collect();
            if inside.is_empty() {
                return None;
            }
            JsonNode::Object(inside)
        }
        JsonNode::List(items) => {
            let inside: Vec<_> = items.iter().map(secrets).collect();
            if inside.iter().all(Option::is_none) {
                return None;
            }
            let bare = |item: Option<Json<'static>>| {
                item.unwrap_or(Json {
                    span,
                    node: JsonNode::Bool(false),
                })
            };
            JsonNode::List(inside.into_iter().map(bare).collect())
        }
        JsonNode::Null | JsonNode::Bool(_) | JsonNode::Number(_) | JsonNode::Text(_) => {
            return None;
        }
    };
    Some(Json { span, node })
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRETS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_type_names_and_parent() {
        let group = "/subscriptions/s/resourcegroups/g";
        let vnet = format!("{group}/providers/Microsoft.Network/virtualNetworks/v");
        let id = take_apart(&vnet).unwrap();
        assert_eq!(id.kind, "Microsoft.Network/virtualNetworks");
        assert_eq!((id.names.as_slice(), id.parent), (&["v"][..], group));
        let subnet = format!("{vnet}/subnets/nodes/");
        let id = take_apart(&subnet).unwrap();
        assert_eq!(id.kind, "Microsoft.Network/virtualNetworks/subnets");
        assert_eq!(id.names, ["v", "nodes"]);
        assert_eq!(id.parent, vnet);
    }

    #[test]
    fn other_texts_are_no_ids() {
        for text in [
            "",
            "/subscriptions/s",
            "/subscriptions/s/providers/Microsoft.Network",
            "/subscriptions/s/providers/Microsoft.Network/virtualNetworks",
            "/subscriptions/s/providers/Microsoft.Network/virtualNetworks/",
            "https://example.com/providers/a/b/c",
            "/ſubscriptions/s/providers/a/b/c",
        ] {
            assert_eq!(take_apart(text), None, "{text}");
        }
    }
}
