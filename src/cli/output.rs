//! Standard output, standard error and files. The only place that opens them.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::Error;
use crate::view;

/// Tells whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Lets `print` write to standard output. Escape sequences are made fit for the terminal, or taken off without `colour`.
pub(super) fn print(
    colour: bool,
    print: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let choice = if colour {
        anstream::ColorChoice::Always
    } else {
        anstream::ColorChoice::Never
    };
    let stdout = anstream::AutoStream::new(io::stdout().lock(), choice);
    let mut out = BufWriter::new(stdout);
    print(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Lets `print` write to a file.
pub(super) fn write_file(
    path: &Path,
    print: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let fail = |source| Error::Output {
        path: path.display().to_string(),
        source,
    };
    let mut out = BufWriter::new(File::create(path).map_err(fail)?);
    print(&mut out).and_then(|()| out.flush()).map_err(fail)
}

/// Writes a line to standard error; that nobody reads it is no failure.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", view::clean(line));
}
