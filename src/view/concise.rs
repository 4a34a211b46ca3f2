//! One line a finding: `path:line:column: severity[AKS104] message`. Problem matchers read it.

use std::io::{self, Write};

use crate::engine::Analysis;
use crate::finding::Finding;
use crate::source::Sources;

use super::Style;
use super::paint::Paint;
use super::place::short;
use super::plain::clean;

/// Writes the report.
pub(super) fn write(analysis: &Analysis, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in &analysis.findings {
        write_line(finding, &analysis.sources, style, out)?;
    }
    Ok(())
}

/// Writes the line of a finding.
pub(super) fn write_line(
    finding: &Finding,
    sources: &Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = Paint {
        colour: style.colour,
        links: false,
    };
    let code = format!("{}[{}]", finding.severity, finding.rule);
    writeln!(
        out,
        "{}: {} {}",
        short(sources, finding.primary.span),
        paint.severity(finding.severity, &code),
        clean(&finding.message)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    fn render(analysis: &Analysis) -> String {
        let mut out = Vec::new();
        write(analysis, &Style::plain(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_each() {
        insta::assert_snapshot!(render(&sample::two_files()), @r"
        main.tf:8:22: error[AKS104] DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16
        main.tf:14:22: warning[AKS201] the pool needs 1271 addresses, the subnet has 251
        ");
    }

    #[test]
    fn hostile_text_stays_on_its_line() {
        insta::assert_snapshot!(render(&sample::hostile()), @r"a\u{1b}[31m.tf:2:9: advice[AKS105] name a\u{1b}]0;owned\u{7}\nsecond line");
    }
}
