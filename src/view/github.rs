//! Workflow commands: lines that GitHub Actions turns into annotations
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>, read 2026-11-22).

use std::io::{self, Write};

use crate::engine::Analysis;
use crate::finding::{Finding, Severity};
use crate::source::{Sources, Span};

use super::details::{by_severity, details, title};
use super::place::{ends, repository_path, short};
use super::plain::{clean, count};

/// How many annotations of a kind the runner keeps of one step (actions/runner, `ExecutionContext.cs`,
/// `_maxCountPerIssueType`, read 2026-11-22).
const MOST: usize = 10;

/// How many units of UTF-16 of a message are kept; the runner cuts at 4096 (there, `_maxIssueMessageLength`).
const LONGEST: usize = 4000;

/// Writes the commands, the worst first, and how many findings have none.
pub(super) fn write(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    for (severity, findings) in by_severity(&analysis.findings) {
        for finding in findings.iter().take(MOST) {
            writeln!(out, "{}", command(finding, &analysis.sources))?;
        }
        let rest = findings.len().saturating_sub(MOST);
        if rest > 0 {
            let rest = count(rest, &format!("more {severity}"));
            let words = "not annotated: GitHub keeps ten of a kind from each step";
            writeln!(out, "{rest} {words}")?;
        }
    }
    Ok(())
}

fn command(finding: &Finding, sources: &Sources) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let span = finding.primary.span;
    let file = property(repository_path(&sources.get(span.source)));
    let place = place(sources, span);
    let title = property(&title(finding));
    let text = text(finding, sources);
    format!("::{kind} file={file},{place},title={title}::{text}")
}

/// Returns lines and columns; columns only within one line, for the runner drops them otherwise.
fn place(sources: &Sources, span: Span) -> String {
    let [start, end] = ends(&sources.get(span.source), span);
    let lines = format!("line={},endLine={}", start.line, end.line);
    if start.line == end.line {
        format!("{lines},col={},endColumn={}", start.column, end.column)
    } else {
        lines
    }
}

fn text(finding: &Finding, sources: &Sources) -> String {
    let place = short(sources, finding.primary.span);
    let mut lines = vec![format!("{place}: {}", clean(&finding.message))];
    lines.extend(details(finding));
    let text = lines.join("\n");
    let mut units = 0;
    let fits = |(_, c): &(usize, char)| {
        units += c.len_utf16();
        units > LONGEST
    };
    match text.char_indices().find(fits) {
        Some((end, _)) => data(&format!("{}…", &text[..end])),
        None => data(&text),
    }
}

/// Escapes a message as the runner reads it (actions/toolkit, `command.ts`, read 2026-11-22).
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(&clean(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    fn render(analysis: &Analysis) -> String {
        let mut out = Vec::new();
        write(analysis, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_worst_first() {
        insta::assert_snapshot!(render(&sample::two_files()), @r#"
        ::error file=main.tf,line=8,endLine=8,col=22,endColumn=33,title=AKS104 dns-service-ip-outside-service-cidr::main.tf:8:22: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16%0Ahelp: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10%0Afix: replace it with 10.0.0.10%0Asee: https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md
        ::warning file=main.tf,line=14,endLine=14,col=22,endColumn=24,title=AKS201 overlay-pod-cidr-exhausted::main.tf:14:22: the pool needs 1271 addresses, the subnet has 251%0Asystem: 40 nodes x 31: 1240%0Asurge: 1 node x 31: 31%0Aneeded: 1271%0Aavailable in 10.1.0.0/24: 251%0Ahelp: use a /21 for the subnet%0Ain module.aks["a"].azurerm_kubernetes_cluster.main, module.aks["b"].azurerm_kubernetes_cluster.main, module.aks["c"].azurerm_kubernetes_cluster.main (envs/prod.tfvars)%0Asee: https://github.com/aksnet/aksnet/blob/main/rules/AKS201-overlay-pod-cidr-exhausted.md
        "#);
    }

    #[test]
    fn hostile_text_is_escaped() {
        insta::assert_snapshot!(render(&sample::hostile()), @r#"::notice file=a\u{1b}[31m.tf,line=2,endLine=2,col=9,endColumn=24,title=AKS105 service-cidr-without-dns-service-ip::a\u{1b}[31m.tf:2:9: name a\u{1b}]0;owned\u{7}\nsecond line%0Asee: https://github.com/aksnet/aksnet/blob/main/rules/AKS105-service-cidr-without-dns-service-ip.md"#);
    }

    #[test]
    fn ten_of_a_kind_and_the_rest_is_told() {
        let mut analysis = sample::two_files();
        let one = analysis.findings[0].clone();
        analysis.findings.extend(std::iter::repeat_n(one, 12));
        let report = render(&analysis);
        let begins = |head: &str| report.lines().filter(|l| l.starts_with(head)).count();
        assert_eq!((begins("::error "), begins("::warning ")), (10, 1));
        assert_eq!(begins("3 more errors not annotated"), 1, "{report}");
    }

    #[test]
    fn several_lines_have_no_columns() {
        let mut analysis = sample::two_files();
        let span = &mut analysis.findings[0].primary.span;
        span.end += 10;
        let report = render(&analysis);
        assert!(report.contains(",line=8,endLine=11,title="), "{report}");
    }

    #[test]
    fn long_messages_are_cut_between_characters() {
        let mut analysis = sample::two_files();
        analysis.findings[0].message = "ü".repeat(5000);
        let report = render(&analysis);
        let (_, text) = report.lines().next().unwrap().rsplit_once("::").unwrap();
        assert!(text.chars().count() <= LONGEST + 1, "{text}");
        assert!(text.ends_with("ü…"));
    }
}
