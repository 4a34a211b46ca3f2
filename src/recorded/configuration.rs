//! The code that a plan was made from: which attributes it writes, and which resource an id comes from that is known only
//! after apply.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::value::RawValue;

use super::address::{Part, parts, split_modules};
use super::json::{Document, Json, JsonNode};
use super::shape;
use crate::project::ProviderVersion;
use crate::value::Key;

/// How many references are followed to find out where an id comes from.
const STEPS: usize = 1000;

/// How many resources an id may come from.
const MOST: usize = 100;

/// The modules of a plan's code, and the resources that the plan has.
pub(super) struct Configuration<'a> {
    document: Document<'a>,
    root: shape::Module<'a>,
    expressions: HashMap<(Vec<String>, String), &'a RawValue>,
    known: HashMap<(Vec<Part>, String), BTreeMap<Key, String>>,
    deferred: BTreeSet<String>,
    parsed: RefCell<HashMap<usize, Option<Rc<Json<'a>>>>>,
}

/// What an unknown value comes from: `None` when that cannot be told.
pub(super) type Sources = Option<BTreeSet<String>>;

impl<'a> Configuration<'a> {
    /// Returns the code of a plan.
    pub(super) fn new(document: Document<'a>, root: shape::Module<'a>) -> Self {
        let mut expressions = HashMap::new();
        enter(&root, &mut Vec::new(), &mut expressions);
        Configuration {
            document,
            root,
            expressions,
            known: HashMap::new(),
            deferred: BTreeSet::new(),
            parsed: RefCell::default(),
        }
    }

    /// Enters a resource of the plan.
    pub(super) fn know(&mut self, which: &shape::Which<'_>) {
        let address = which.address.to_string();
        if which.mode == "data" {
            self.deferred.insert(address);
            return;
        }
        let Some(all) = parts(&address) else { return };
        let (modules, rest) = split_modules(&all);
        if let [kind, name] = rest {
            let resource = format!("{}.{}", kind.name, name.name);
            let keys = self.known.entry((modules, resource)).or_default();
            keys.insert(name.key.clone(), address);
        }
    }

    /// Returns what the code writes for a resource in these module instances: an object of expressions.
    pub(super) fn written(&self, modules: &[Part], resource: &str) -> Option<Rc<Json<'a>>> {
        let names = modules.iter().map(|part| part.name.to_string()).collect();
        let found = self.expressions.get(&(names, resource.to_owned()))?;
        self.parse(found)
    }

    /// Parses a part once.
    fn parse(&self, part: &'a RawValue) -> Option<Rc<Json<'a>>> {
        let place = part.get().as_ptr().addr();
        let mut parsed = self.parsed.borrow_mut();
        let found = parsed
            .entry(place)
            .or_insert_with(|| self.document.parse(part).map(Rc::new));
        found.clone()
    }

    /// Returns the resources whose ids an expression in these module instances may give.
    pub(super) fn sources(&self, modules: &[Part], expression: &Json<'a>) -> Sources {
        let (mut found, mut steps) = (BTreeSet::new(), STEPS);
        self.follow(modules, expression, &mut steps, &mut found)?;
        Some(found)
    }

    fn follow(
        &self,
        modules: &[Part],
        expression: &Json<'_>,
        steps: &mut usize,
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        for reference in leaves(expression, *steps)? {
            *steps = steps.checked_sub(1)?;
            let all = parts(reference)?;
            match all[0].name.as_str() {
                // A key is known before apply, and so is what the root is given.
                "count" | "path" | "terraform" => {}
                "each" if all.get(1).is_some_and(|part| part.name.as_str() == "key") => {}
                "var" => self.variable(modules, all.get(1)?, steps, found)?,
                "module" => self.output(modules, &all, steps, found)?,
                "data" => self.lookup(modules, &all, found)?,
                "each" | "local" | "self" => return None,
                _ => self.resource(modules, &all, found)?,
            }
        }
        (found.len() <= MOST).then_some(())
    }

    fn variable(
        &self,
        modules: &[Part],
        name: &Part,
        steps: &mut usize,
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        let Some((_, outer)) = modules.split_last() else {
            return Some(());
        };
        let call = self.call(modules)?;
        let Some(given) = call.expressions else {
            return Some(());
        };
        let given = self.parse(given)?;
        match given.get(&name.name) {
            Some(expression) => self.follow(outer, expression, steps, found),
            None => Some(()),
        }
    }

    fn output(
        &self,
        modules: &[Part],
        reference: &[Part],
        steps: &mut usize,
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        let [_, call, output, ..] = reference else {
            return None;
        };
        let mut inner = modules.to_vec();
        inner.push(call.clone());
        let module = &self.call(&inner)?.module;
        let expression = module.outputs.get(output.name.as_str())?.expression?;
        self.follow(&inner, &*self.parse(expression)?, steps, found)
    }

    /// A data source that was read before apply gives what is known.
    fn lookup(
        &self,
        modules: &[Part],
        reference: &[Part],
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        let [_, kind, name, rest @ ..] = reference else {
            return None;
        };
        let address = format!(
            "{}data.{}.{}{}",
            prefix(modules),
            kind.name,
            name.name,
            name.key
        );
        let instance = |deferred: &&String| {
            let tail = &deferred[address.len()..];
            tail.is_empty() || tail.starts_with('[')
        };
        let from = self.deferred.range(address.clone()..);
        let deferred: Vec<&String> = from
            .take_while(|deferred| deferred.starts_with(&address))
            .filter(instance)
            .take(MOST + 1)
            .collect();
        if !deferred.is_empty() && !is_id(rest) {
            return None;
        }
        found.extend(deferred.into_iter().cloned());
        Some(())
    }

    fn resource(
        &self,
        modules: &[Part],
        reference: &[Part],
        found: &mut BTreeSet<String>,
    ) -> Option<()> {
        let [kind, name, rest @ ..] = reference else {
            return None;
        };
        if !is_id(rest) {
            return None;
        }
        let resource = format!("{}.{}", kind.name, name.name);
        let keys = self.known.get(&(modules.to_vec(), resource))?;
        match keys.get(&name.key) {
            Some(address) => {
                found.insert(address.clone());
            }
            None if name.key == Key::None => {
                found.extend(keys.values().take(MOST + 1).cloned());
            }
            None => return None,
        }
        Some(())
    }

    fn call(&self, modules: &[Part]) -> Option<&shape::Call<'a>> {
        let (last, outer) = modules.split_last()?;
        let mut module = &self.root;
        for part in outer {
            module = &module.calls.get(part.name.as_str())?.module;
        }
        module.calls.get(last.name.as_str())
    }
}

/// Returns the azurerm version that the code asks for.
pub(super) fn azurerm(
    providers: &BTreeMap<String, shape::Provider<'_>>,
    document: Document<'_>,
) -> ProviderVersion {
    let asked = providers.values().filter_map(|provider| {
        let azurerm = match (&provider.full_name, &provider.name) {
            (Some(full), _) => full.to_ascii_lowercase().ends_with("hashicorp/azurerm"),
            (None, name) => name.as_deref() == Some("azurerm"),
        };
        let text = provider.version_constraint.filter(|_| azurerm)?;
        let constraint = text.get().trim_matches('"');
        Some(ProviderVersion::parse(constraint, document.span(text)))
    });
    asked.reduce(ProviderVersion::and).unwrap_or_default()
}

/// Returns what stands before the addresses in these module instances.
fn prefix(modules: &[Part]) -> String {
    let one = |part: &Part| format!("module.{}{}.", part.name, part.key);
    modules.iter().map(one).collect()
}

fn enter<'a>(
    module: &shape::Module<'a>,
    path: &mut Vec<String>,
    all: &mut HashMap<(Vec<String>, String), &'a RawValue>,
) {
    for declared in &module.resources {
        if let Some(expressions) = declared.expressions {
            all.insert((path.clone(), declared.address.to_string()), expressions);
        }
    }
    for (name, call) in &module.calls {
        path.push(name.clone());
        enter(&call.module, path, all);
        path.pop();
    }
}

/// Tells whether a resource is meant as a whole (in a `for`, with a splat) or by its id.
fn is_id(path: &[Part]) -> bool {
    match path {
        [] => true,
        [last] => last.name.as_str() == "id" && last.key == Key::None,
        _ => false,
    }
}

/// Returns what an expression refers to, `None` if that is too much. Terraform lists `a.b.id`, `a.b` and `a` where only the
/// first is written.
fn leaves<'j>(expression: &'j Json<'_>, most: usize) -> Option<Vec<&'j str>> {
    let mut all = Vec::new();
    references(expression, &mut all);
    if all.len() > most {
        return None;
    }
    let longer = |short: &str, long: &&str| {
        long.strip_prefix(short)
            .is_some_and(|tail| tail.starts_with(['.', '[']))
    };
    let leaf = |one: &&&str| !all.iter().any(|other| longer(one, other));
    Some(all.iter().filter(leaf).copied().collect())
}

fn references<'j>(expression: &'j Json<'_>, all: &mut Vec<&'j str>) {
    match &expression.node {
        JsonNode::Object(entries) => match entries.get("references") {
            Some(entry) => all.extend(entry.value.items().iter().filter_map(Json::text)),
            None => entries
                .values()
                .for_each(|entry| references(&entry.value, all)),
        },
        JsonNode::List(items) => items.iter().for_each(|item| references(item, all)),
        JsonNode::Null | JsonNode::Bool(_) | JsonNode::Number(_) | JsonNode::Text(_) => {}
    }
}
