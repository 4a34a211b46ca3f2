//! What `az` printed: all exports of a folder are one root, for each shows a part of what is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Court, Judged, limits};
use crate::discover::{Discovery, File, Language};
use crate::model::Design;
use crate::recorded::{self, Format};
use crate::rules;
use crate::schema;
use crate::source::{FilePath, Source};

/// Reads and judges the exports of these folders.
pub(super) fn judge_all(
    court: &Court<'_>,
    found: &Discovery,
    folders: &BTreeSet<FilePath>,
) -> Vec<Judged> {
    let folders = folders.iter();
    folders
        .filter_map(|folder| judge(court, found, folder))
        .collect()
}

/// Judges the exports of a folder; `None` if they hold nothing about AKS and networks.
fn judge(court: &Court<'_>, found: &Discovery, folder: &FilePath) -> Option<Judged> {
    let here = |file: &&File| {
        file.language == Language::Json && file.readable && file.path.parent() == *folder
    };
    let mut files: Vec<&File> = found.files.iter().filter(here).collect();
    // Of two exports of the same, the one counts that was named.
    files.sort_by_key(|file| !found.named.by_name(&file.path));
    let sources: Vec<Arc<Source>> = files
        .iter()
        .map(|file| court.sources.get(file.source))
        .filter(|source| matches!(recorded::classify(source), Ok(Some(Format::Export))))
        .collect();
    let first = sources.first()?.id;
    let texts: Vec<&Source> = sources.iter().map(Arc::as_ref).collect();
    let resources = recorded::read_exports(&texts, &schema::wanted);
    if resources.all.is_empty() {
        return None;
    }
    let after = schema::read(resources);
    let (verdicts, cut) = rules::run(&after, None, court.sources, court.settings);
    let root = folder.to_string();
    let troubles = limits::told(&cut, first, &root).into_iter().collect();
    let design = Design {
        root,
        variant: None,
        after,
        before: None,
    };
    Some(Judged {
        design,
        verdicts,
        troubles,
        contradictions: Vec::new(),
    })
}
