//! Logging commands: lines that Azure Pipelines turns into issues of the run
//! (<https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>, read 2026-11-22).

use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use crate::engine::Analysis;
use crate::finding::Finding;
use crate::source::Sources;

use super::details::{by_severity, details};
use super::place::{ends, short};
use super::plain::clean;
use super::{Style, concise};

/// Writes the commands, the worst first. The service knows no advice: it is told on plain lines, unless another report stands
/// beside this one.
pub(super) fn write(analysis: &Analysis, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let [(_, errors), (_, warnings), (_, advice)] = by_severity(&analysis.findings);
    for (kind, findings) in [("error", &errors), ("warning", &warnings)] {
        for finding in findings {
            let command = command(kind, finding, &analysis.sources, &style.folder);
            writeln!(out, "{command}")?;
        }
    }
    if !style.beside {
        for finding in advice {
            concise::write_line(finding, &analysis.sources, style, out)?;
        }
    }
    let only_warnings = errors.is_empty() && !warnings.is_empty();
    if only_warnings && !style.fails {
        writeln!(out, "##vso[task.complete result=SucceededWithIssues;]")?;
    }
    Ok(())
}

fn command(kind: &str, finding: &Finding, sources: &Sources, folder: &Path) -> String {
    let span = finding.primary.span;
    let source = sources.get(span.source);
    let path = absolute(folder, &source.name).display().to_string();
    let [start, _] = ends(&source, span);
    let mut lines = vec![format!(
        "{}: {}",
        short(sources, span),
        clean(&finding.message)
    )];
    lines.extend(details(finding));
    format!(
        "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
        escape(&clean(&path)),
        start.line,
        start.column,
        finding.rule,
        escape(&lines.join("\n"))
    )
}

/// Returns the path without `..` that a name means in a folder: the agent compares its beginning with the checkout's.
fn absolute(folder: &Path, name: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for component in folder.join(name).components() {
        match component {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    path
}

/// Escapes as the agent reads it (microsoft/azure-pipelines-agent, `CommandStringConvertor.cs`, read 2026-11-22).
fn escape(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace(';', "%3B")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::view::sample;

    fn render(analysis: &Analysis, style: &Style) -> String {
        let mut out = Vec::new();
        write(analysis, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn style() -> Style {
        Style {
            folder: "/agent/work".into(),
            ..Style::plain()
        }
    }

    #[test]
    fn the_worst_first() {
        insta::assert_snapshot!(render(&sample::two_files(), &style()), @r#"
        ##vso[task.logissue type=error;sourcepath=/agent/work/main.tf;linenumber=8;columnnumber=22;code=AKS104;]main.tf:8:22: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16%0Ahelp: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10%0Afix: replace it with 10.0.0.10%0Asee: https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md
        ##vso[task.logissue type=warning;sourcepath=/agent/work/main.tf;linenumber=14;columnnumber=22;code=AKS201;]main.tf:14:22: the pool needs 1271 addresses, the subnet has 251%0Asystem: 40 nodes x 31: 1240%0Asurge: 1 node x 31: 31%0Aneeded: 1271%0Aavailable in 10.1.0.0/24: 251%0Ahelp: use a /21 for the subnet%0Ain module.aks["a"%5D.azurerm_kubernetes_cluster.main, module.aks["b"%5D.azurerm_kubernetes_cluster.main, module.aks["c"%5D.azurerm_kubernetes_cluster.main (envs/prod.tfvars)%0Asee: https://github.com/aksnet/aksnet/blob/main/rules/AKS201-overlay-pod-cidr-exhausted.md
        "#);
    }

    #[test]
    fn hostile_text_is_escaped() {
        let mut analysis = sample::hostile();
        insta::assert_snapshot!(render(&analysis, &style()), @r#"a\u{1b}[31m.tf:2:9: advice[AKS105] name a\u{1b}]0;owned\u{7}\nsecond line"#);
        analysis.findings[0].severity = Severity::Error;
        analysis.findings[0].message = "100%; ] ##vso[task.complete result=Failed;]".to_owned();
        insta::assert_snapshot!(render(&analysis, &style()), @r#"##vso[task.logissue type=error;sourcepath=/agent/work/a\u{1b}[31m.tf;linenumber=2;columnnumber=9;code=AKS105;]a\u{1b}[31m.tf:2:9: 100%AZP25%3B %5D #\u{23}vso[task.complete result=Failed%3B%5D%0Asee: https://github.com/aksnet/aksnet/blob/main/rules/AKS105-service-cidr-without-dns-service-ip.md"#);
    }

    #[test]
    fn paths_are_absolute() {
        let path = |name| absolute(Path::new("/a/b"), name);
        assert_eq!(path("../c/main.tf"), Path::new("/a/c/main.tf"));
        assert_eq!(path("/d.tf"), Path::new("/d.tf"));
    }

    #[test]
    fn a_run_that_only_warns_succeeds_with_issues() {
        let complete = "##vso[task.complete result=SucceededWithIssues;]";
        let mut analysis = sample::two_files();
        assert!(!render(&analysis, &style()).contains(complete));
        analysis.findings.remove(0);
        assert!(render(&analysis, &style()).ends_with(&format!("\n{complete}\n")));
        let failing = Style {
            fails: true,
            ..style()
        };
        assert!(!render(&analysis, &failing).contains(complete));
        assert_eq!(render(&sample::clean(), &style()), "");
    }
}
