//! Prints where the tokens, statements and expressions of Bicep files are, for `tools/bicep_baselines.py`.

use std::io::Write as _;
use std::path::PathBuf;

use aksnet::source::Sources;
use aksnet::syntax;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let sources = Sources::default();
        let id = sources.add(&path, None, PathBuf::new(), text);
        let source = sources.get(id);
        writeln!(out, "file\t{path}")?;
        for (start, end) in syntax::bicep_tokens(&source) {
            writeln!(out, "token\t{start}\t{end}")?;
        }
        let unit = if path.ends_with(".bicepparam") {
            syntax::bicep_parameters(&source)
        } else {
            syntax::bicep(&source)
        };
        for span in unit.exprs.spans() {
            writeln!(out, "node\t{}\t{}", span.start, span.end)?;
        }
        for trouble in &unit.troubles {
            let span = trouble.primary.span;
            writeln!(
                out,
                "trouble\t{}\t{}\t{}",
                span.start, span.end, trouble.message
            )?;
        }
    }
    Ok(())
}
