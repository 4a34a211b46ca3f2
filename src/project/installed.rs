//! The copies of remote modules that `terraform init` keeps beside a root, as `.terraform/modules/modules.json` lists them.
//! Reads no file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ModuleId;
use super::remote::{ModuleSource, allows};
use crate::source::{FilePath, Symbol};
use crate::syntax::Call;

/// The copies beside all roots, by the folder that calls and the name of the call.
#[derive(Debug, Default)]
pub(super) struct Installed(BTreeMap<(FilePath, Symbol), Vec<Copy>>);

/// A copy of a remote module.
#[derive(Debug)]
struct Copy {
    /// The folder of the root that it was made for.
    root: FilePath,
    /// The folder that it is in.
    folder: FilePath,
    /// The address that it was made from, as Terraform writes it.
    source: String,
    /// Its version; empty for what has none.
    version: String,
}

impl Installed {
    /// Returns the copies that the lists name: folder of a root, and text of its list. A text that is no such list names none.
    pub(super) fn read(lists: &[(FilePath, String)]) -> Self {
        let mut installed = Installed::default();
        for (root, text) in lists {
            installed.add(root, &entries(text));
        }
        installed
    }

    /// Enters the copies of a root; those that lie anywhere but in its own `.terraform` are left out.
    fn add(&mut self, root: &FilePath, entries: &[Entry]) {
        let folders: BTreeMap<&str, FilePath> = entries
            .iter()
            .filter_map(|entry| Some((&*entry.key, root.join(&entry.dir)?)))
            .collect();
        let Some(own) = root.join(".terraform") else {
            return;
        };
        for entry in entries {
            let (outer, name) = entry.key.rsplit_once('.').unwrap_or(("", &entry.key));
            let caller = if outer.is_empty() {
                Some(root)
            } else {
                folders.get(outer)
            };
            let folder = folders.get(&*entry.key).filter(|dir| dir.is_below(&own));
            if let (Some(caller), Some(folder), false) = (caller, folder, name.is_empty()) {
                let copies = self.0.entry((caller.clone(), name.into())).or_default();
                copies.push(Copy {
                    root: root.clone(),
                    folder: folder.clone(),
                    source: entry.source.clone(),
                    version: entry.version.clone(),
                });
            }
        }
    }

    /// Returns the folders of the copies that a remote call of the module in `folder` may lead to.
    pub(super) fn folders(&self, folder: &FilePath, call: &Call) -> Vec<FilePath> {
        self.of(folder, call)
            .map(|copy| copy.folder.clone())
            .collect()
    }

    /// Returns which copy a remote call of the module in `folder` leads to in which root.
    pub(super) fn copies(
        &self,
        folder: &FilePath,
        call: &Call,
        ids: &BTreeMap<FilePath, ModuleId>,
    ) -> BTreeMap<ModuleId, ModuleId> {
        let pair = |copy: &Copy| Some((*ids.get(&copy.root)?, *ids.get(&copy.folder)?));
        self.of(folder, call).filter_map(pair).collect()
    }

    fn of(&self, folder: &FilePath, call: &Call) -> impl Iterator<Item = &Copy> {
        let key = (folder.clone(), call.name.text.clone());
        let copies = self.0.get(&key).map_or(&[][..], Vec::as_slice);
        let asked = call
            .address
            .as_ref()
            .map(|name| ModuleSource::read(&name.text));
        let version = call.version.as_ref().map(|name| name.text.clone());
        let fits = move |copy: &&Copy| {
            let asked = asked.as_ref();
            asked.is_some_and(|asked| copy.is_of(asked, version.as_deref()))
        };
        copies.iter().filter(fits)
    }
}

impl Copy {
    /// Tells whether it is a copy of what a call asks for; a list may be older than the code.
    fn is_of(&self, asked: &ModuleSource, version: Option<&str>) -> bool {
        let other = ModuleSource::read(&self.source);
        let same = match (&asked.registry, &other.registry) {
            (Some(asked), Some(own)) => asked.eq_ignore_ascii_case(own),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        same && version.is_none_or(|asked| allows(asked, &self.version))
    }
}

/// A line of a list.
struct Entry {
    /// The names of the calls from the root, a dot between them.
    key: String,
    source: String,
    version: String,
    /// The folder as seen from the root's.
    dir: String,
}

fn entries(text: &str) -> Vec<Entry> {
    let Ok(list) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let entries = list.get("Modules").and_then(Value::as_array);
    let entry = |value: &Value| {
        let field = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Entry {
            key: field("Key").filter(|key| !key.is_empty())?,
            source: field("Source").unwrap_or_default(),
            version: field("Version").unwrap_or_default(),
            dir: field("Dir")?,
        })
    };
    entries.into_iter().flatten().filter_map(entry).collect()
}
