//! A comment below a pull request: a table for each severity, the less severe ones folded up, of limited length.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::engine::Analysis;
use crate::finding::{Finding, Severity};
use crate::source::Sources;

use super::details::{by_severity, details, url};
use super::place::short;
use super::plain::{clean, count};
use super::{Style, summary_line};

/// How many bytes the rows may have: GitHub takes comments of 65 536 characters.
const LONGEST: usize = 60_000;

/// How many bytes one row may have; longer ones go without details.
const LONGEST_ROW: usize = 4_000;

/// Writes the report. The first line tells programs which comment is ours.
pub(super) fn write(analysis: &Analysis, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!-- aksnet -->\n### aksnet\n")?;
    let mut room = LONGEST;
    for (severity, findings) in by_severity(&analysis.findings) {
        if !findings.is_empty() {
            write_section(severity, &findings, &analysis.sources, &mut room, out)?;
        }
    }
    let style = Style {
        colour: false,
        time: None,
        ..style.clone()
    };
    writeln!(out, "{}", escape(&summary_line(analysis, &style)))
}

fn write_section(
    severity: Severity,
    findings: &[&Finding],
    sources: &Sources,
    room: &mut usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let open = if severity == Severity::Error {
        " open"
    } else {
        ""
    };
    let heading = count(findings.len(), severity.word());
    writeln!(out, "<details{open}><summary>{heading}</summary>\n")?;
    let mut written = 0;
    for finding in findings {
        let row = row(finding, sources);
        let Some(rest) = room.checked_sub(row.len()) else {
            *room = 0;
            break;
        };
        *room = rest;
        if written == 0 {
            writeln!(out, "| Rule | Where | What |\n| --- | --- | --- |")?;
        }
        written += 1;
        out.write_all(row.as_bytes())?;
    }
    if written < findings.len() {
        writeln!(out, "\nand {} more", findings.len() - written)?;
    }
    writeln!(out, "\n</details>\n")
}

/// Returns the row of a finding, with its line feed.
fn row(finding: &Finding, sources: &Sources) -> String {
    let rule = match url(finding) {
        Some(url) => format!("[{}]({url})", finding.rule),
        None => finding.rule.to_string(),
    };
    let place = code(&short(sources, finding.primary.span));
    let message = escape(&clean(&finding.message));
    let mut more = String::new();
    for line in details(finding) {
        if !line.starts_with("see: ") {
            // Writing to a string cannot fail.
            let _ = write!(more, "<br>{}", escape(&line));
        }
    }
    let head = format!("| {rule} | {place} | {message}");
    if head.len() + more.len() > LONGEST_ROW {
        more.clear();
    }
    format!("{head}{more} |\n")
}

/// Returns text in which nothing is Markdown, HTML, a mention, a reference to an issue or a link that was not there.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '&' => escaped += "&amp;",
            '|' => escaped += "&#124;",
            // A backslash does not keep hosts from seeing a mention or a reference, an invisible space does.
            '@' => escaped += "@&#8203;",
            '#' => escaped += "\\#&#8203;",
            ':' if text[at..].starts_with("://") => escaped += ":&#8203;",
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => escaped += "&#8203;.",
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// Returns text as code, unless readers disagree about what ends it or its cell.
fn code(text: &str) -> String {
    if text.contains(['`', '|', '\\']) {
        escape(text)
    } else {
        format!("`{text}`")
    }
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
    fn a_table_each() {
        insta::assert_snapshot!(render(&sample::two_files()), @r#"
        <!-- aksnet -->
        ### aksnet

        <details open><summary>1 error</summary>

        | Rule | Where | What |
        | --- | --- | --- |
        | [AKS104](https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md) | `main.tf:8:22` | DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16<br>help: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10<br>fix: replace it with 10.0.0.10 |

        </details>

        <details><summary>1 warning</summary>

        | Rule | Where | What |
        | --- | --- | --- |
        | [AKS201](https://github.com/aksnet/aksnet/blob/main/rules/AKS201-overlay-pod-cidr-exhausted.md) | `main.tf:14:22` | the pool needs 1271 addresses, the subnet has 251<br>system: 40 nodes x 31: 1240<br>surge: 1 node x 31: 31<br>needed: 1271<br>available in 10.1.0.0/24: 251<br>help: use a /21 for the subnet<br>in module.aks\["a"\].azurerm\_kubernetes\_cluster.main, module.aks\["b"\].azurerm\_kubernetes\_cluster.main, module.aks\["c"\].azurerm\_kubernetes\_cluster.main (envs/prod.tfvars) |

        </details>

        1 error, 1 warning; 1 suppressed; 2 undecided (--undecided lists them); 2 files, 1 cluster
        "#);
        insta::assert_snapshot!(render(&sample::clean()), @r#"
        <!-- aksnet -->
        ### aksnet

        no findings; 12 files, 3 clusters
        "#);
    }

    #[test]
    fn hostile_text_is_text() {
        assert_eq!(
            escape("<b>&|`*_[a](b)@me #1 https://x www.y ~~z~~ $a$"),
            "&lt;b&gt;&amp;&#124;\\`\\*\\_\\[a\\](b)@&#8203;me \\#&#8203;1 https:&#8203;//x www&#8203;.y \\~\\~z\\~\\~ \\$a\\$"
        );
        assert_eq!(code("a*b.tf:1:1"), "`a*b.tf:1:1`");
        assert_eq!(code("a\\|`*.tf"), "a\\\\&#124;\\`\\*.tf");
    }

    #[test]
    fn a_comment_fits() {
        let mut analysis = sample::two_files();
        let one = analysis.findings[1].clone();
        analysis.findings.extend(std::iter::repeat_n(one, 1000));
        let report = render(&analysis);
        assert!(report.len() < 65_536);
        assert!(report.contains(" more\n"), "{report}");
        assert!(report.ends_with("2 files, 1 cluster\n"), "{report}");
        analysis.findings[1].message = "ü".repeat(40_000);
        let report = render(&analysis);
        assert!(report.len() < 65_536);
    }
}
