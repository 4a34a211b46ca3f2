//! Module instances: one for each call of a module, and for each element of a repeated call.

use crate::project::ModuleId;
use crate::source::{Span, Symbol};
use crate::truth::Presence;
use crate::value::{Key, ProvId};

/// The number of a module instance in its root; the root itself is 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct InstanceId(pub u32);

impl InstanceId {
    /// The root module.
    pub const ROOT: InstanceId = InstanceId(0);
}

/// One module instance.
#[derive(Clone, Debug)]
pub struct InstanceData {
    /// The instance that holds the call; `None` for the root.
    pub parent: Option<InstanceId>,
    /// The head of the call; `None` for the root.
    pub call: Option<Span>,
    /// The name of the call; empty for the root.
    pub name: Symbol,
    /// Whether it is a deployment of Bicep or ARM, whose address has no `module.` before its name.
    pub deployment: bool,
    /// Which instance of the call.
    pub key: Key,
    /// The module; `None` when its code is not there.
    pub module: Option<ModuleId>,
    /// Whether the module is code that the user did not write.
    pub third_party: bool,
    /// Whether the instance exists, its parents' presence included.
    pub presence: Presence,
    /// What would have to be known to tell whether it exists; `None` when that is known.
    pub doubt: Option<ProvId>,
}

/// All module instances of a root.
#[derive(Clone, Debug)]
pub struct Instances {
    all: Vec<InstanceData>,
}

impl Instances {
    /// Returns the instances of a root that has only itself.
    pub fn new(module: ModuleId) -> Self {
        let root = InstanceData {
            parent: None,
            call: None,
            name: "".into(),
            deployment: false,
            key: Key::None,
            module: Some(module),
            third_party: false,
            presence: Presence::certain(),
            doubt: None,
        };
        Instances { all: vec![root] }
    }

    /// Returns the instances of a root of which no code is there.
    pub fn without_code() -> Self {
        let mut instances = Instances::new(ModuleId(0));
        instances.all[0].module = None;
        instances
    }

    /// Adds an instance.
    pub fn add(&mut self, instance: InstanceData) -> InstanceId {
        let id = InstanceId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(instance);
        id
    }

    /// Returns the number of instances.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Tells whether there is none; there is always the root.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns an instance.
    ///
    /// # Panics
    /// When the id is of another root.
    pub fn get(&self, id: InstanceId) -> &InstanceData {
        &self.all[id.0 as usize]
    }

    /// Returns all instances with their numbers.
    pub fn with_ids(&self) -> impl Iterator<Item = (InstanceId, &InstanceData)> {
        let number = |index| InstanceId(u32::try_from(index).unwrap_or(u32::MAX));
        let all = self.all.iter().enumerate();
        all.map(move |(index, data)| (number(index), data))
    }

    /// Returns the instance and the instances around it, innermost first.
    pub fn around(&self, id: InstanceId) -> impl Iterator<Item = &InstanceData> {
        std::iter::successors(Some(self.get(id)), |data| {
            data.parent.map(|parent| self.get(parent))
        })
    }

    /// Returns what stands before the addresses of an instance's resources: `module.a["x"].module.b.`, empty for the root.
    pub fn prefix(&self, id: InstanceId) -> String {
        let calls: Vec<&InstanceData> = self
            .around(id)
            .filter(|data| data.parent.is_some())
            .collect();
        calls.iter().rev().fold(String::new(), |prefix, data| {
            let word = if data.deployment { "" } else { "module." };
            format!("{prefix}{word}{}{}.", data.name, data.key)
        })
    }

    /// Returns the heads of the calls on the way from the root, outermost first.
    pub fn calls(&self, id: InstanceId) -> Vec<Span> {
        let mut calls: Vec<Span> = self.around(id).filter_map(|data| data.call).collect();
        calls.reverse();
        calls
    }
}
