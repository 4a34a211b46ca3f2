//! Paths to values without the rest: what code gives, before anyone knows what it means. Judges nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inputs::given;
use super::parse::project;
use super::{Error, Options, in_pool};
use crate::project::Root;
use crate::resource::Resources;
use crate::source::{Sources, Symbol};
use crate::value::Tree;
use crate::{discover, eval, schema};

/// A root with the values that its code gives.
#[derive(Debug)]
pub struct Evaluated {
    /// The root's folder.
    pub folder: String,
    /// The resources that were asked for.
    pub resources: Resources,
    /// The outputs by name.
    pub outputs: BTreeMap<Symbol, Tree>,
}

/// Evaluates all roots of texts that are in memory: the resources whose type `wanted` names, and the outputs. Judges nothing.
pub fn evaluate_texts(
    texts: &[(&str, &str)],
    options: &Options,
    wanted: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Vec<Evaluated>, Error> {
    in_pool(|| {
        let sources = Arc::new(Sources::default());
        let discovery = discover::in_memory(texts, &sources);
        let files = discover::Memory::of(texts, &sources);
        let given = given(options, &discovery, &sources)?;
        let (project, _) = project(&discovery, &given, None, &sources);
        let evaluated = |root: &Root| {
            let outside = eval::Outside {
                loader: &files,
                wanted,
                identity: &schema::identity,
            };
            let evaluated = eval::evaluate_with_outputs(&project, root, outside);
            let folder = project.module(root.module).path().to_string();
            Evaluated {
                folder,
                resources: evaluated.resources,
                outputs: evaluated.outputs,
            }
        };
        Ok(project.roots.iter().map(evaluated).collect())
    })?
}
