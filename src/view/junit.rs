//! The XML of `JUnit`: a suite for each file, a failed case for each finding, of whatever severity.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::engine::Analysis;
use crate::finding::Finding;
use crate::source::{SourceId, Sources};

use super::details::{details, title};
use super::place::{repository_path, short};
use super::plain::clean;

/// Writes the report; where nothing is wrong, one passed case says so, for readers that refuse a report without cases.
pub(super) fn write(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("aksnet");
    let mut suite: Option<(SourceId, TestSuite)> = None;
    for finding in &analysis.findings {
        let file = finding.primary.span.source;
        if suite.as_ref().is_none_or(|(of, _)| *of != file) {
            report.add_test_suites(suite.take().map(|(_, suite)| suite));
        }
        let name = path(&analysis.sources, file);
        let (_, cases) = suite.get_or_insert_with(|| (file, TestSuite::new(name)));
        cases.add_test_case(case(finding, &analysis.sources));
    }
    report.add_test_suites(suite.map(|(_, suite)| suite));
    if analysis.findings.is_empty() {
        let mut passed = TestCase::new("no findings", TestCaseStatus::success());
        passed.set_classname("aksnet");
        let mut suite = TestSuite::new("aksnet");
        suite.add_test_case(passed);
        report.add_test_suite(suite);
    }
    report.serialize(out).map_err(io::Error::other)
}

fn case(finding: &Finding, sources: &Sources) -> TestCase {
    let message = clean(&finding.message).into_owned();
    let place = short(sources, finding.primary.span);
    let mut lines = vec![format!("{place}: {message}")];
    lines.extend(details(finding));
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(message);
    status.set_type(finding.severity.word());
    status.set_description(lines.join("\n"));
    let mut case = TestCase::new(title(finding), status);
    case.set_classname(path(sources, finding.primary.span.source));
    case
}

/// Returns the path of a file without what XML cannot hold.
fn path(sources: &Sources, file: SourceId) -> String {
    clean(repository_path(&sources.get(file))).into_owned()
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
    fn a_case_each() {
        insta::assert_snapshot!(render(&sample::two_files()), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="aksnet" tests="2" skipped="0" failures="2" errors="0">
            <testsuite name="main.tf" tests="2" skipped="0" errors="0" failures="2">
                <testcase name="AKS104 dns-service-ip-outside-service-cidr" classname="main.tf">
                    <failure message="DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16" type="error">main.tf:8:22: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16
        help: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10
        fix: replace it with 10.0.0.10
        see: https://github.com/aksnet/aksnet/blob/main/rules/AKS104-dns-service-ip-outside-service-cidr.md</failure>
                </testcase>
                <testcase name="AKS201 overlay-pod-cidr-exhausted" classname="main.tf">
                    <failure message="the pool needs 1271 addresses, the subnet has 251" type="warning">main.tf:14:22: the pool needs 1271 addresses, the subnet has 251
        system: 40 nodes x 31: 1240
        surge: 1 node x 31: 31
        needed: 1271
        available in 10.1.0.0/24: 251
        help: use a /21 for the subnet
        in module.aks[&quot;a&quot;].azurerm_kubernetes_cluster.main, module.aks[&quot;b&quot;].azurerm_kubernetes_cluster.main, module.aks[&quot;c&quot;].azurerm_kubernetes_cluster.main (envs/prod.tfvars)
        see: https://github.com/aksnet/aksnet/blob/main/rules/AKS201-overlay-pod-cidr-exhausted.md</failure>
                </testcase>
            </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn nothing_wrong_is_one_passed_case() {
        insta::assert_snapshot!(render(&sample::clean()), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="aksnet" tests="1" skipped="0" failures="0" errors="0">
            <testsuite name="aksnet" tests="1" skipped="0" errors="0" failures="0">
                <testcase name="no findings" classname="aksnet"/>
            </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn hostile_text_is_escaped() {
        insta::assert_snapshot!(render(&sample::hostile()), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="aksnet" tests="1" skipped="0" failures="1" errors="0">
            <testsuite name="a\u{1b}[31m.tf" tests="1" skipped="0" errors="0" failures="1">
                <testcase name="AKS105 service-cidr-without-dns-service-ip" classname="a\u{1b}[31m.tf">
                    <failure message="name a\u{1b}]0;owned\u{7}\nsecond line" type="advice">a\u{1b}[31m.tf:2:9: name a\u{1b}]0;owned\u{7}\nsecond line
        see: https://github.com/aksnet/aksnet/blob/main/rules/AKS105-service-cidr-without-dns-service-ip.md</failure>
                </testcase>
            </testsuite>
        </testsuites>
        "#);
    }
}
