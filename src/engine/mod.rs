//! discover -> syntax -> project -> eval -> schema -> rules -> pipeline: paths to an [`Analysis`]. Prints nothing.

mod evaluated;
mod exports;
mod inputs;
mod limits;
mod parse;
mod recorded;
mod relevance;
mod stats;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{self, Config};
pub use crate::discover::StandIn;
use crate::discover::{self, Discovery, File, Language};
use crate::eval::Contradiction;
use crate::finding::{Finding, Trouble, Undecided};
use crate::model::Design;
use crate::pipeline::{self, Raw};
use crate::project::{ModuleId, Project, Root};
use crate::rules::{self, Settings, Verdicts};
use crate::source::{Comment, FilePath, Loader, SourceId, Sources};
use crate::syntax::Unit;
use crate::{eval, schema};

pub use evaluated::{Evaluated, evaluate_texts};
use relevance::{concerned, holders, troubles};
pub use stats::Stats;

/// The stack of a thread that parses and evaluates: the parser needs more than the usual two megabytes at its greatest depth.
const STACK: usize = 16 << 20;

/// What a run is about.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders to judge.
    pub paths: Vec<PathBuf>,
    /// `--var`: name and text.
    pub vars: Vec<(String, String)>,
    /// `--var-file`.
    pub var_files: Vec<PathBuf>,
    /// `--parameters`.
    pub parameters: Vec<PathBuf>,
    /// aksnet.toml and the flags that stand for it.
    pub config: Config,
    /// The day on which retirements are judged.
    pub as_of: Date,
    /// Whether ignore files count for nothing.
    pub no_ignore: bool,
    /// What is judged in the place of one of the paths.
    pub stand_in: Option<StandIn>,
}

impl Options {
    /// Returns options without flags, for the working directory.
    pub fn new(as_of: Date) -> Self {
        Options {
            paths: vec![PathBuf::from(".")],
            vars: Vec::new(),
            var_files: Vec::new(),
            parameters: Vec::new(),
            config: Config::default(),
            as_of,
            no_ignore: false,
            stand_in: None,
        }
    }
}

/// What keeps a run from giving an analysis.
#[derive(thiserror::Error, Debug)]
pub enum Error {
    /// A path or var file that cannot be opened.
    #[error(transparent)]
    Discover(#[from] discover::Error),
    /// The configuration does not fit the code.
    #[error(transparent)]
    Config(#[from] config::Error),
    /// A file of `--parameters` that is none.
    #[error("{} gives no parameters to anything that is read", .0.display())]
    Parameters(PathBuf),
    /// The system gives no threads.
    #[error("cannot start threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Everything that a run found out; every command is a view of it.
#[derive(Debug)]
pub struct Analysis {
    /// Each root and variant as it was understood, in the order of their folders.
    pub designs: Vec<Design>,
    /// What is wrong, sorted by file and place.
    pub findings: Vec<Finding>,
    /// What could not be decided, sorted by rule and place.
    pub undecided: Vec<Undecided>,
    /// The texts that spans point into.
    pub sources: Arc<Sources>,
    /// The counts of the last line.
    pub stats: Stats,
    /// The files that [`Stats::files`] counts, in the order in which they were read.
    pub read: Vec<SourceId>,
    /// Files under the paths that are not read, sorted by path, each with the reason.
    pub left_alone: Vec<(FilePath, &'static str)>,
}

/// Analyses what lies under the paths.
pub fn analyse(options: &Options) -> Result<Analysis, Error> {
    in_pool(|| {
        let sources = Arc::new(Sources::default());
        let stand_in = options.stand_in.as_ref();
        let discovery = discover::discover(&options.paths, options.no_ignore, stand_in, &sources)?;
        let files = discover::Disk::of(&discovery, &sources);
        run(options, &discovery, &files, &sources)
    })?
}

/// Analyses texts that are in memory: path below an imagined project root, and text.
pub fn analyse_texts(texts: &[(&str, &str)], options: &Options) -> Result<Analysis, Error> {
    in_pool(|| {
        let sources = Arc::new(Sources::default());
        let discovery = discover::in_memory(texts, &sources);
        let files = discover::Memory::of(texts, &sources);
        run(options, &discovery, &files, &sources)
    })?
}

/// Runs `work` on threads whose stack is large enough.
fn in_pool<R: Send>(work: impl FnOnce() -> R + Send) -> Result<R, Error> {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build()?;
    Ok(pool.install(work))
}

/// Does everything between the files and the analysis.
fn run(
    options: &Options,
    found: &Discovery,
    files: &dyn Loader,
    sources: &Arc<Sources>,
) -> Result<Analysis, Error> {
    let given = inputs::given(options, found, sources)?;
    let (mut project, late) = parse::project(found, &given, options.config.module_cache(), sources);
    let holders = holders(&project, sources);
    inputs::configure(&mut project, options, found, &given, sources)?;
    let var_files = inputs::choose_var_files(&mut project, &holders, found, &given, sources);
    let concerned = concerned(&project, &holders, found, sources);
    let concern = |root: &&Root| concerned.contains(&root.module);
    let roots: Vec<&Root> = project.roots.iter().filter(concern).collect();
    let settings = Settings {
        as_of: options.as_of,
        options: options.config.rule_options().clone(),
        site_ranges: options.config.site_ranges().to_vec(),
    };
    let court = Court {
        project: &project,
        files,
        sources,
        settings: &settings,
    };
    let mut judged: Vec<Judged> = roots.par_iter().map(|root| court.judge(root)).collect();
    let (recorded, unread) = recorded::judge_all(&court, found);
    judged.extend(recorded);
    let contradictions = judged.iter().flat_map(|judged| &judged.contradictions);
    inputs::agree(contradictions, &options.config, sources)?;

    let reached = roots.iter().flat_map(|root| root.reaches.iter().copied());
    let modules: BTreeSet<ModuleId> = reached.collect();
    let used = inputs::used(&roots);
    let mut troubles = troubles(&project, &modules, &holders, found, sources);
    troubles.extend(inputs::troubles(&used, &var_files, found, sources));
    troubles.extend(late);
    troubles.extend(unread);
    troubles.extend(judged.iter().flat_map(|judged| judged.troubles.clone()));
    let comments: Vec<Comment> = units(&project, &modules)
        .chain(used.values().map(Arc::as_ref))
        .flat_map(|unit| unit.comments.iter().cloned())
        .collect();
    let read = read_files(&project, &modules, &used, found);
    Ok(report(
        options, found, sources, judged, troubles, &comments, read,
    ))
}

/// Turns what was judged into an analysis.
fn report(
    options: &Options,
    found: &Discovery,
    sources: &Arc<Sources>,
    judged: Vec<Judged>,
    troubles: Vec<Trouble>,
    comments: &[Comment],
    read: Vec<SourceId>,
) -> Analysis {
    let (designs, verdicts): (Vec<Design>, Vec<Verdicts>) = judged
        .into_iter()
        .map(|judged| (judged.design, judged.verdicts))
        .unzip();
    let raw = designs.iter().zip(verdicts);
    let outcome = pipeline::run(pipeline::Input {
        raw: raw
            .map(|(design, verdicts)| Raw { design, verdicts })
            .collect(),
        troubles,
        config: &options.config,
        sources,
        comments,
        named: &|source| found.named.holds(source),
        as_of: options.as_of,
    });
    let stats = Stats {
        files: read.len(),
        roots: stats::roots(&designs),
        clusters: stats::clusters(&designs),
        suppressed: outcome.suppressed,
        nothing_known: !found.known,
        incomplete: outcome.incomplete,
    };
    let (findings, undecided) = (outcome.findings, outcome.undecided);
    Analysis {
        designs,
        findings,
        undecided,
        sources: Arc::clone(sources),
        stats,
        read,
        left_alone: found.named_left_alone(),
    }
}

/// A root as it was understood and judged.
struct Judged {
    design: Design,
    verdicts: Verdicts,
    troubles: Vec<Trouble>,
    contradictions: Vec<Contradiction>,
}

/// What every root is judged with.
struct Court<'r> {
    project: &'r Project,
    files: &'r dyn Loader,
    sources: &'r Sources,
    settings: &'r Settings,
}

impl Court<'_> {
    fn evaluate(&self, root: &Root) -> eval::Evaluated {
        let outside = eval::Outside {
            loader: self.files,
            wanted: &schema::wanted,
            identity: &schema::identity,
        };
        eval::evaluate(self.project, root, outside)
    }

    /// Evaluates a root, reads its network and runs the rules over it.
    fn judge(&self, root: &Root) -> Judged {
        let evaluated = self.evaluate(root);
        let network = schema::read(evaluated.resources);
        let (verdicts, cut) = rules::run(&network, None, self.sources, self.settings);
        let module = self.project.module(root.module);
        let folder = module.path().to_string();
        let mut troubles = evaluated.troubles;
        if let Some(unit) = module.units.first() {
            troubles.extend(limits::told(&cut, unit.source, &folder));
        }
        let design = Design {
            root: folder,
            variant: root.variant.clone(),
            after: network,
            before: None,
        };
        Judged {
            design,
            verdicts,
            troubles,
            contradictions: evaluated.contradictions,
        }
    }
}

fn units<'p>(
    project: &'p Project,
    modules: &'p BTreeSet<ModuleId>,
) -> impl Iterator<Item = &'p Unit> {
    modules
        .iter()
        .flat_map(|id| &project.module(*id).units)
        .map(Arc::as_ref)
}

/// Returns the files of the modules that were judged with their var files, and the files that were named.
fn read_files(
    project: &Project,
    modules: &BTreeSet<ModuleId>,
    used: &BTreeMap<SourceId, Arc<Unit>>,
    discovery: &Discovery,
) -> Vec<SourceId> {
    let judged = units(project, modules).map(|unit| unit.source);
    let counted = |file: &&File| {
        let named = &discovery.named;
        let beside = matches!(file.language, Language::VarFile | Language::Lock);
        named.contains(&file.path) && !beside || named.by_name(&file.path)
    };
    let counted = discovery.files.iter().filter(counted);
    let all: BTreeSet<SourceId> = judged
        .chain(used.keys().copied())
        .chain(counted.map(|file| file.source))
        .collect();
    all.into_iter().collect()
}

/// Returns the folder that nothing is read outside of, for those who read the configuration first.
pub fn project_root(paths: &[PathBuf], stand_in: Option<&StandIn>) -> Result<PathBuf, Error> {
    Ok(discover::root_of(paths, stand_in)?)
}
