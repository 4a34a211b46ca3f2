//! Calls that close a cycle, and what can be reached by calls.

use std::collections::BTreeSet;

use super::{CallTarget, Callee, Module, ModuleId, Project, ProjectTrouble};
use crate::finding::{RuleId, Trouble};
use crate::source::Symbol;

/// Marks every call that closes a cycle, so that following calls always ends.
pub(super) fn cut_cycles(project: &mut Project) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Closed,
    }
    let mut states = vec![State::New; project.modules.len()];
    let mut cuts: Vec<(usize, Symbol)> = Vec::new();
    for start in 0..project.modules.len() {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        let mut path = vec![(start, edges(&project.modules[start]))];
        while let Some((module, edges)) = path.last_mut() {
            let Some((name, target)) = edges.pop() else {
                states[*module] = State::Closed;
                path.pop();
                continue;
            };
            match states[target] {
                State::New => {
                    states[target] = State::Open;
                    let next = self::edges(&project.modules[target]);
                    path.push((target, next));
                }
                State::Open => cuts.push((*module, name)),
                State::Closed => {}
            }
        }
    }
    for (module, name) in cuts {
        cut(project, module, &name);
    }
}

/// Returns the calls of a module that lead to modules, last first.
pub(super) fn edges(module: &Module) -> Vec<(Symbol, usize)> {
    let calls = module.calls.iter().rev();
    let edges = calls.flat_map(|(name, call)| {
        let targets = call.item.target.modules().into_iter();
        targets.map(|target| (name.clone(), target.0 as usize))
    });
    edges.collect()
}

fn cut(project: &mut Project, module: usize, name: &Symbol) {
    let Some(call) = project.modules[module].calls.get_mut(name) else {
        return;
    };
    call.item.target = CallTarget::Cycle;
    let place = call
        .item
        .call
        .address
        .as_ref()
        .map_or(call.item.call.head, |address| address.span);
    let message = format!(
        "module {:?} calls a module that calls it in turn",
        name.as_str()
    );
    let trouble = Trouble::new(
        RuleId::MODULE_CYCLE,
        place,
        "this call closes the cycle",
        message,
    );
    let trouble = trouble.help("take one call out of the cycle");
    project.troubles.push(ProjectTrouble {
        module: Some(ModuleId::at(module)),
        trouble,
    });
}

/// Returns every module that a root calls or takes from, at any depth, itself included; sorted.
pub(super) fn reaches(project: &Project, start: usize) -> Vec<ModuleId> {
    let mut seen = BTreeSet::from([start]);
    let mut todo = vec![start];
    while let Some(module) = todo.pop() {
        let found = &project.modules[module];
        let taken = found.imports.values().filter_map(|taken| taken.from);
        for other in taken.chain(found.spaces.values().filter_map(|other| *other)) {
            if seen.insert(other.0 as usize) {
                todo.push(other.0 as usize);
            }
        }
        for call in found.calls.values() {
            if let Callee::Module(target) = call.item.target.within(ModuleId::at(start))
                && seen.insert(target.0 as usize)
            {
                todo.push(target.0 as usize);
            }
        }
    }
    seen.into_iter().map(ModuleId::at).collect()
}
