//! Files to units, side by side, and the modules that they make.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::discover::{self, Discovery, File, Language};
use crate::finding::Trouble;
use crate::project::{self, Files, Given, Missing, Project, UnitFile};
use crate::source::{FilePath, Source, Sources};
use crate::syntax::{self, Document, Unit};

/// What a parsed file is to a project.
#[derive(Clone, Copy)]
enum Part {
    Module,
    Automatic,
    Lock,
    Template,
    Parameters,
    ParametersJson,
}

/// Parses the files and builds the modules; also returns the trouble with files that are read late.
pub(super) fn project(
    found: &Discovery,
    given: &Given,
    cache: Option<&Path>,
    sources: &Sources,
) -> (Project, Vec<Trouble>) {
    let mut late = Vec::new();
    let mut through_links = discover::ThroughLinks::default();
    let compiled = compiled(found, sources);
    let mut files = parse(&found.files, &compiled, sources);
    files.installed.clone_from(&found.installed);
    let nothing = BTreeSet::new();
    let project = project::build(files, given, &mut |missing| match missing {
        Missing::Folder(folder) => {
            let (files, troubles) =
                discover::read_folder(&found.root, folder, sources, &mut through_links);
            late.extend(troubles);
            parse(&files, &nothing, sources).modules
        }
        Missing::File(path) => {
            // A compiled template that a module calls was read, but not parsed.
            let read: Vec<File> = found
                .files
                .iter()
                .filter(|file| file.path == *path)
                .cloned()
                .collect();
            if !read.is_empty() {
                return parse(&read, &nothing, sources).templates;
            }
            let (files, troubles) = discover::read_file(&found.root, path, sources);
            late.extend(troubles);
            parse(&files, &nothing, sources).templates
        }
        Missing::Kept(path) => {
            let file = cache.and_then(|cache| discover::read_kept(cache, path, sources));
            parse(&Vec::from_iter(file), &nothing, sources).templates
        }
    });
    (project, late)
}

/// Returns the templates that Bicep compiled from a file beside them: that file is judged. One that was named by its own name
/// is judged as well.
fn compiled(found: &Discovery, sources: &Sources) -> BTreeSet<FilePath> {
    let bicep: BTreeSet<&FilePath> = found
        .files
        .iter()
        .filter(|file| file.language == Language::Bicep)
        .map(|file| &file.path)
        .collect();
    let has_source = |file: &&File| {
        let path = file.path.as_str();
        let same = path
            .strip_suffix(".json")
            .map(|stem| format!("{stem}.bicep"));
        let same = same.and_then(|path| FilePath::new(&path));
        let main = file.path.parent().join("main.bicep");
        let beside = |path: Option<FilePath>| path.is_some_and(|path| bicep.contains(&path));
        beside(same) || file.path.file_name() == "azuredeploy.json" && beside(main)
    };
    found
        .files
        .iter()
        .filter(|file| file.language == Language::Json && !found.named.by_name(&file.path))
        .filter(has_source)
        .filter(|file| sources.get(file.source).text.contains("\"_generator\""))
        .map(|file| file.path.clone())
        .collect()
}

/// Parses files side by side, all but those that are left out.
fn parse(files: &[File], left_out: &BTreeSet<FilePath>, sources: &Sources) -> Files {
    let unit = |file: &File| {
        if left_out.contains(&file.path) {
            return None;
        }
        let (part, mut unit) = parsed(file.language, &sources.get(file.source))?;
        if !file.readable {
            // That it cannot be read has been told.
            unit.broken = true;
            unit.troubles.clear();
        }
        Some((
            part,
            UnitFile {
                path: file.path.clone(),
                unit: Arc::new(unit),
            },
        ))
    };
    let mut result = Files::default();
    let units: Vec<_> = files.par_iter().filter_map(unit).collect();
    for (part, unit) in units {
        match part {
            Part::Module => result.modules.push(unit),
            Part::Automatic => result.automatic.push(unit),
            Part::Lock => result.locks.push(unit),
            Part::Template => result.templates.push(unit),
            Part::Parameters => result.parameters.push(unit),
            Part::ParametersJson => result.parameters_json.push(unit),
        }
    }
    result
}

/// Parses one file; `None` if it is nothing of a project.
fn parsed(language: Language, source: &Source) -> Option<(Part, Unit)> {
    Some(match language {
        Language::Terraform => (Part::Module, syntax::terraform(source)),
        Language::AutomaticVarFile => (Part::Automatic, syntax::var_file(source)),
        Language::Lock => (Part::Lock, syntax::lock_file(source)),
        Language::Bicep => (Part::Template, syntax::bicep(source)),
        Language::BicepParameters => (Part::Parameters, syntax::bicep_parameters(source)),
        Language::Json => match syntax::arm(source)? {
            (Document::Template, unit) => (Part::Template, unit),
            (Document::Parameters, unit) => (Part::ParametersJson, unit),
        },
        Language::VarFile | Language::Settings => return None,
    })
}
