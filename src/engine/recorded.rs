//! Inputs that are evaluated already: each plan or state is a root of its own, beside the code that it was made from; exports are
//! one root with those beside them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Court, Judged, exports, limits};
use crate::discover::{Discovery, File, Language};
use crate::finding::Trouble;
use crate::model::{Design, Replacement};
use crate::project::Root;
use crate::recorded::{self, Format, Recorded};
use crate::resource::Resources;
use crate::rules;
use crate::schema;
use crate::source::Source;

/// Reads and judges the plans and states that were named; also returns the trouble with those that do not parse.
pub(super) fn judge_all(court: &Court<'_>, found: &Discovery) -> (Vec<Judged>, Vec<Trouble>) {
    let named = |file: &&File| {
        file.language == Language::Json && file.readable && found.named.contains(&file.path)
    };
    let files: Vec<&File> = found.files.iter().filter(named).collect();
    let read: Vec<Result<Read, Trouble>> = files
        .par_iter()
        .map(|file| judge(court, found, file))
        .collect();
    let (mut judged, mut troubles) = (Vec::new(), Vec::new());
    let mut folders = BTreeSet::new();
    for (file, one) in files.iter().zip(read) {
        match one {
            Ok(Read::Judged(one)) => judged.push(*one),
            Ok(Read::Export) => {
                folders.insert(file.path.parent());
            }
            Ok(Read::Nothing) => {}
            Err(trouble) => troubles.push(trouble),
        }
    }
    judged.extend(exports::judge_all(court, found, &folders));
    (judged, troubles)
}

/// What a file was found to be.
enum Read {
    /// A plan or state.
    Judged(Box<Judged>),
    /// An export, which is judged with the others beside it.
    Export,
    /// Nothing that aksnet reads, or nothing about AKS and networks.
    Nothing,
}

/// Reads one file, and judges it if it stands alone.
fn judge(court: &Court<'_>, found: &Discovery, file: &File) -> Result<Read, Trouble> {
    let source = court.sources.get(file.source);
    let format = match recorded::classify(&source) {
        Ok(Some(Format::Export)) => return Ok(Read::Export),
        Ok(Some(format)) => format,
        Err(trouble) if found.named.by_name(&file.path) || speaks(&source) => return Err(*trouble),
        // Other JSON may hold the same words.
        Ok(None) | Err(_) => return Ok(Read::Nothing),
    };
    let beside = beside(court, file);
    let read = recorded::read(&source, format, &schema::wanted, beside.as_ref());
    let Recorded {
        after,
        before,
        replaced,
    } = read.map_err(|trouble| *trouble)?;
    let holds = |resources: &Resources| !resources.all.is_empty();
    if !holds(&after) && !before.as_ref().is_some_and(holds) {
        return Ok(Read::Nothing);
    }
    let mut after = schema::read(after);
    after.replacements = replaced
        .into_iter()
        .map(|one| Replacement {
            address: one.address,
            because: one.because,
        })
        .collect();
    let before = before.map(schema::read);
    let (verdicts, cut) = rules::run(&after, before.as_ref(), court.sources, court.settings);
    let design = Design {
        root: file.path.to_string(),
        variant: None,
        after,
        before,
    };
    Ok(Read::Judged(Box::new(Judged {
        design,
        verdicts,
        troubles: limits::told(&cut, file.source, file.path.as_str())
            .into_iter()
            .collect(),
        contradictions: Vec::new(),
    })))
}

/// Tells whether a text that is no JSON looks like a plan, state or export about AKS or networks.
fn speaks(source: &Source) -> bool {
    let text = source.text.trim_start();
    let inside = text.strip_prefix('{');
    let begun = inside.is_some_and(|text| text.trim_start().starts_with("\"format_version\""));
    // What Azure shows says whether it could be made; templates and parameters do not.
    let shown = text.starts_with(['{', '[']) && text.contains("\"provisioningState\"");
    (begun || shown) && schema::mentions(text)
}

/// Returns the resources of the root in whose folder a file lies.
fn beside(court: &Court<'_>, file: &File) -> Option<Resources> {
    let folder = file.path.parent();
    let project = court.project;
    let here = |root: &&Root| *project.module(root.module).path() == folder;
    let root = project.roots.iter().find(here)?;
    Some(court.evaluate(root).resources)
}
