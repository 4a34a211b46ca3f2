//! The values that are given to the variables of roots: by flags, and by var files that nobody named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Error, Options};
use crate::config::{Config, nearest};
use crate::discover::{self, Discovery, File, Language};
use crate::eval::Contradiction;
use crate::finding::Trouble;
use crate::project::{
    self, Candidates, Configured, Fact, Facts, Given, GivenParameters, GivenVar, ModuleId, Project,
    Root, UnitFile, module_of,
};
use crate::source::{FilePath, SourceId, Sources, Span, Symbol};
use crate::syntax::{self, Declaration, Document, Unit};

/// Var files by their path.
pub(super) type VarFiles = BTreeMap<FilePath, Arc<Unit>>;

/// Reads and parses what the flags give.
pub(super) fn given(
    options: &Options,
    found: &Discovery,
    sources: &Sources,
) -> Result<Given, Error> {
    let roots = options.config.roots().iter();
    let mut given = Given {
        roots: roots.map(|root| root.path.clone()).collect(),
        ..Given::default()
    };
    for path in &options.var_files {
        let source = sources.get(discover::read_named(path, sources)?);
        given.var_files.push(Arc::new(syntax::var_file(&source)));
    }
    for path in &options.parameters {
        given.parameters.push(parameters(path, found, sources)?);
    }
    for (name, text) in &options.vars {
        let source = sources.add(
            &format!("--var {name}"),
            None,
            PathBuf::new(),
            format!("{name} = {text}\n"),
        );
        let start = name.len() + " = ".len();
        let span = Span::new(source, start, start + text.len());
        let unit = Arc::new(syntax::var_file(&sources.get(source)));
        let parsed = match unit.declarations.as_slice() {
            [Declaration::Assignment(binding)] if unit.troubles.is_empty() => {
                Some((Arc::clone(&unit), binding.clone()))
            }
            _ => None,
        };
        given.vars.push(GivenVar {
            name: Symbol::from(name.as_str()),
            text: text.as_str().into(),
            parsed,
            span,
        });
    }
    Ok(given)
}

/// Reads what one `--parameters` names: a file of the project, or JSON from elsewhere.
fn parameters(path: &Path, found: &Discovery, sources: &Sources) -> Result<GivenParameters, Error> {
    if let Some(file) = found.read_already(path) {
        return Ok(GivenParameters::Inside(file));
    }
    let source = sources.get(discover::read_named(path, sources)?);
    let name = path.file_name().and_then(|name| name.to_str());
    match (syntax::arm(&source), name.and_then(FilePath::new)) {
        (Some((Document::Parameters, unit)), Some(path)) => {
            let unit = Arc::new(unit);
            Ok(GivenParameters::Outside(UnitFile { path, unit }))
        }
        _ => Err(Error::Parameters(path.to_owned())),
    }
}

/// Gives the roots that the configuration names the values that it names, and notes its facts.
pub(super) fn configure(
    project: &mut Project,
    options: &Options,
    found: &Discovery,
    given: &Given,
    sources: &Sources,
) -> Result<(), Error> {
    let config = &options.config;
    let Some(source) = config
        .source(sources)
        .filter(|_| !config.roots().is_empty() || !config.facts().is_empty())
    else {
        return Ok(());
    };
    let mut entries = Vec::new();
    for settings in config.roots() {
        let Some(module) = module_of(project, &settings.path) else {
            let message = format!("{} holds no Terraform file", settings.path);
            return Err(config.refuse(settings.place.clone(), message).into());
        };
        for (name, place, _) in &settings.vars {
            if !module.inputs.contains_key(name) && !module.broken {
                let near = nearest(name, module.inputs.keys().map(Symbol::as_str));
                let near =
                    near.map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
                let message = format!(
                    "{} has no variable {:?}{near}",
                    settings.path,
                    name.as_str()
                );
                return Err(config.refuse(place.clone(), message).into());
            }
        }
        let mut var_files = Vec::new();
        for (file, place) in &settings.var_files {
            let read = found.read_beside(&settings.path, file, sources);
            let id = read.map_err(|error| {
                let message = format!("cannot read the var file {file}: {error}");
                config.refuse(place.clone(), message)
            })?;
            var_files.push(Arc::new(syntax::var_file(&sources.get(id))));
        }
        entries.push(Configured {
            settings,
            var_files,
        });
    }
    project::configure(project, &entries, source, given);
    for fact in config.facts() {
        if !project::is_about_something(project, fact) {
            let message = format!("nothing is called {}{}", fact.about.text, within(fact));
            return Err(config.refuse(fact.place.clone(), message).into());
        }
    }
    project.facts = Some(Facts {
        source,
        all: config.facts().to_vec(),
    });
    Ok(())
}

fn within(fact: &Fact) -> String {
    let root = fact.root.as_ref();
    root.map_or_else(String::new, |root| format!(" in the root {root}"))
}

/// Returns the first of the facts that the code contradicts as an error, with both places.
pub(super) fn agree<'c>(
    contradictions: impl Iterator<Item = &'c Contradiction>,
    config: &Config,
    sources: &Sources,
) -> Result<(), Error> {
    let Some(first) = contradictions.min_by_key(|one| (one.place.start, one.code)) else {
        return Ok(());
    };
    let code = first.code.map_or_else(String::new, |span| {
        let source = sources.get(span.source);
        let position = source.position(span.start);
        format!(" at {}:{}:{}", source.name, position.line, position.column)
    });
    let message = format!(
        "{} has another value{code}; a fact says what the code does not",
        first.what
    );
    Err(config.refuse(first.place.clone(), message).into())
}

/// Parses the var files below the roots that hold or call AKS or network resources, each once, and makes variants of them.
/// Returns what was parsed.
pub(super) fn choose_var_files(
    project: &mut Project,
    holders: &BTreeSet<ModuleId>,
    found: &Discovery,
    given: &Given,
    sources: &Sources,
) -> VarFiles {
    let by_path: BTreeMap<&FilePath, &File> = found
        .files
        .iter()
        .filter(|file| is_var_file(file.language))
        .map(|file| (&file.path, file))
        .collect();
    let automatic = |file: &File| file.language == Language::AutomaticVarFile;
    let paths: Vec<(FilePath, bool)> = by_path
        .values()
        .map(|file| (file.path.clone(), automatic(file)))
        .collect();
    let candidates = Candidates::new(project, &paths);
    let roots = project.roots.iter();
    let matter = roots.filter(|root| holders.contains(&root.module));
    let wanted: BTreeSet<&FilePath> = matter
        .flat_map(|root| candidates.of(project, root))
        .chain(
            by_path
                .keys()
                .copied()
                .filter(|path| found.named.by_name(path)),
        )
        .collect();
    let parse = |path: &FilePath| {
        let file = by_path.get(path).filter(|file| file.readable)?;
        Some((
            path.clone(),
            Arc::new(syntax::var_file(&sources.get(file.source))),
        ))
    };
    let parsed: VarFiles = wanted.into_par_iter().filter_map(parse).collect();
    project::split(project, &candidates, &parsed, given);
    parsed
}

fn is_var_file(language: Language) -> bool {
    match language {
        Language::AutomaticVarFile | Language::VarFile => true,
        Language::Terraform
        | Language::Bicep
        | Language::BicepParameters
        | Language::Lock
        | Language::Settings
        | Language::Json => false,
    }
}

/// Returns the var files that give something to roots, or may.
pub(super) fn used(roots: &[&Root]) -> BTreeMap<SourceId, Arc<Unit>> {
    let units = roots.iter().flat_map(|root| &root.var_files);
    units.map(|unit| (unit.source, Arc::clone(unit))).collect()
}

/// Returns the trouble with var files that are used, and with those that were named by their own name.
pub(super) fn troubles(
    used: &BTreeMap<SourceId, Arc<Unit>>,
    parsed: &VarFiles,
    found: &Discovery,
    sources: &Sources,
) -> Vec<Trouble> {
    let by_name = |unit: &&Arc<Unit>| {
        let source = sources.get(unit.source);
        let path = source.path.as_ref();
        path.is_some_and(|path| found.named.by_name(path)) && !used.contains_key(&unit.source)
    };
    let named = parsed.values().filter(by_name);
    let units = used.values().chain(named);
    units.flat_map(|unit| unit.troubles.clone()).collect()
}
