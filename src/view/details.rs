//! What is said below the message of a finding where there is no room for a frame: the arithmetic, what to do, the page.

use crate::finding::{Finding, Severity};
use crate::rules;

use super::instances;
use super::plain::clean;

/// Returns the lines, each harmless.
pub(super) fn details(finding: &Finding) -> Vec<String> {
    let rows = finding.rows.iter();
    let mut lines: Vec<String> = rows
        .map(|row| format!("{}: {}", clean(&row.text), clean(&row.value)))
        .collect();
    let help = finding.help.as_deref();
    lines.extend(help.map(|help| format!("help: {}", clean(help))));
    let fix = finding.fix.as_ref();
    lines.extend(fix.map(|fix| format!("fix: {}", clean(&fix.title))));
    lines.extend(instances::lines(&finding.instances));
    lines.extend(url(finding).map(|url| format!("see: {url}")));
    lines
}

/// Returns the address of the rule's page.
pub(super) fn url(finding: &Finding) -> Option<String> {
    rules::by_id(finding.rule).map(rules::Rule::url)
}

/// Returns the code with the name of the rule: `AKS104 dns-service-ip-outside-service-cidr`.
pub(super) fn title(finding: &Finding) -> String {
    let name = rules::by_id(finding.rule).map_or("", |rule| rule.name);
    format!("{} {name}", finding.rule).trim_end().to_owned()
}

/// Returns the findings of each severity, the worst first.
pub(super) fn by_severity(findings: &[Finding]) -> [(Severity, Vec<&Finding>); 3] {
    [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| {
        let of_this = findings.iter().filter(|f| f.severity == severity);
        (severity, of_this.collect())
    })
}
