//! What is told about suppressions themselves: AKS004 to AKS007.

use std::ops::Range;

use jiff::civil::Date;

use crate::config::{Allow, Config};
use crate::finding::{RuleId, Trouble};
use crate::source::{Comment, Sources, Span};

use super::case::Case;
use super::comments::Problem;
use super::suppress::Suppressions;

/// Trouble with a suppression.
#[derive(Debug)]
pub(super) struct Notice {
    trouble: Trouble,
    /// The comment that it is about; `None` for an entry of aksnet.toml.
    comment: Option<Span>,
}

/// Returns all notices that are not suppressed themselves. `ran` says which rules were asked.
pub(super) fn cases(
    suppressions: &mut Suppressions<'_>,
    ran: impl Fn(RuleId) -> bool,
    sources: &Sources,
    config: &Config,
) -> Vec<Case> {
    let mut left = Vec::new();
    let mut keep = |notices: Vec<Notice>, suppressions: &mut Suppressions<'_>| {
        for notice in notices {
            let case = Case::of_trouble(notice.trouble, sources, config);
            if !suppressions.take(&case, notice.comment, sources) {
                left.push(case);
            }
        }
    };
    let wrong = std::mem::take(&mut suppressions.wrong);
    keep(wrong, suppressions);
    let last = |rule| rule == RuleId::SUPPRESSION_UNUSED;
    let idle = unused(suppressions, |rule| !last(rule) && ran(rule));
    keep(idle, suppressions);
    // Those that suppress the notices just made: only now is it known whether they were needed.
    let idle = unused(suppressions, |rule| last(rule) && ran(rule));
    keep(idle, suppressions);
    left
}

/// Returns a notice about each suppression of these rules that suppressed nothing.
fn unused(suppressions: &Suppressions<'_>, of: impl Fn(RuleId) -> bool) -> Vec<Notice> {
    suppressions
        .all
        .iter()
        .filter(|suppression| !suppression.used && of(suppression.rule))
        .map(|suppression| {
            let message = format!("the suppression of {} suppresses nothing", suppression.rule);
            let unused = RuleId::SUPPRESSION_UNUSED;
            let trouble = Trouble::new(unused, suppression.place, "not needed", message);
            Notice {
                trouble: trouble.help("remove it"),
                comment: suppression.comment,
            }
        })
        .collect()
}

/// Returns the notice about a comment that is not understood.
pub(super) fn not_understood(comment: &Comment, problem: &Problem) -> Notice {
    let message = format!("this comment to aksnet is not understood: {}", problem.text);
    let place = inside(comment, problem.range.clone());
    let trouble = Trouble::new(RuleId::SUPPRESSION_UNKNOWN_RULE, place, "", message);
    Notice {
        trouble: trouble.help("write it as `aksnet: allow AKS104 -- reason`"),
        comment: Some(comment.span),
    }
}

/// Returns the notice about a word that names no rule.
pub(super) fn unknown_rule(word: &str, near: Option<&str>, place: Span, comment: Span) -> Notice {
    let help = match near {
        Some(near) => format!("did you mean {near}?"),
        None => "`aksnet rules` lists all rules".to_owned(),
    };
    let unknown = RuleId::SUPPRESSION_UNKNOWN_RULE;
    let message = format!("no rule is called {word:?}");
    Notice {
        trouble: Trouble::new(unknown, place, "suppresses nothing", message).help(help),
        comment: Some(comment),
    }
}

/// Returns the notice about a comment that gives no reason.
pub(super) fn without_reason(rule: RuleId, comment: Span) -> Notice {
    let message = format!("the suppression of {rule} gives no reason and does not count");
    let missing = RuleId::SUPPRESSION_WITHOUT_REASON;
    Notice {
        trouble: Trouble::new(missing, comment, "no reason", message)
            .help("say why, behind two dashes: `-- reason`"),
        comment: Some(comment),
    }
}

/// Returns the notice about a suppression whose day has passed.
pub(super) fn expired(rule: RuleId, until: Date, place: Span, comment: Option<Span>) -> Notice {
    let message = format!("the suppression of {rule} ended on {until} and no longer counts");
    let ended = RuleId::SUPPRESSION_EXPIRED;
    Notice {
        trouble: Trouble::new(ended, place, "no longer counts", message)
            .help("remove it, or give it another day"),
        comment,
    }
}

/// Returns the place of some bytes of a comment.
pub(super) fn inside(comment: &Comment, range: Range<usize>) -> Span {
    let start = comment.span.start as usize;
    Span::new(comment.span.source, start + range.start, start + range.end)
}

/// Returns the place of an entry of `[[allow]]`; adds the file to the sources if it is not there. `None` without a file.
pub(super) fn place_of(allow: &Allow, config: &Config, sources: &Sources) -> Option<Span> {
    let id = config.source(sources)?;
    Some(Span::new(id, allow.place.start, allow.place.end))
}

#[cfg(test)]
mod tests {
    use crate::finding::{RuleId, Trouble};
    use crate::pipeline::testing::{Run, Site, observation};
    use crate::project::InstanceId;

    /// Returns what is told about a text in which AKS104 speaks at `dns`.
    fn run(text: &str, config: &str) -> String {
        let site = Site::new(&[("main.tf", text)]);
        let mut design = site.design(".");
        let x = site.entity_in(&mut design, InstanceId::ROOT, "aks.x", "cluster x");
        let said = observation(104, x, "dns", site.span("dns"));
        Run::new(&site, &design, vec![said]).config(config).lines()
    }

    fn on_the_line(comment: &str) -> String {
        let told = run(&format!("cluster x {{\n  dns {comment}\n}}\n"), "");
        told.replace("main.tf:2 ", "").replace(" (main.tf)", "")
    }

    #[test]
    fn suppressions_that_do_not_count_are_told() {
        insta::assert_snapshot!(
            [
                "# aksnet: allow AKS104",
                "# aksnet: allow AKS104 for some reason",
                "# aksnet: allow AKS999 -- why",
                "# aksnet: allow AKS104, dns-ip-outsid -- why",
                "# aksnet: alow AKS104 -- why",
                "# aksnet: allow AKS104 until 2027-02-28 -- why",
                "# aksnet: allow AKS101, AKS104 -- why",
                "# aksnet: allow AKS101, AKS104, AKS006 -- not about itself",
                "# aksnet: allow AKS301, AKS104 -- a rule that was not asked",
            ]
            .map(|comment| format!("{comment}\n{}\n", on_the_line(comment)))
            .join("\n"),
            @r#"
            # aksnet: allow AKS104
            AKS104 dns is wrong (aks.x)
            AKS005 the suppression of AKS104 gives no reason and does not count

            # aksnet: allow AKS104 for some reason
            AKS104 dns is wrong (aks.x)
            AKS005 the suppression of AKS104 gives no reason and does not count

            # aksnet: allow AKS999 -- why
            AKS104 dns is wrong (aks.x)
            AKS004 no rule is called "AKS999"

            # aksnet: allow AKS104, dns-ip-outsid -- why
            AKS004 no rule is called "dns-ip-outsid"
            1 suppressed

            # aksnet: alow AKS104 -- why
            AKS104 dns is wrong (aks.x)
            AKS004 this comment to aksnet is not understood: "alow" is none of its words; did you mean "allow"?

            # aksnet: allow AKS104 until 2027-02-28 -- why
            AKS104 dns is wrong (aks.x)
            AKS007 the suppression of AKS104 ended on 2027-02-28 and no longer counts

            # aksnet: allow AKS101, AKS104 -- why
            AKS006 the suppression of AKS101 suppresses nothing
            1 suppressed

            # aksnet: allow AKS101, AKS104, AKS006 -- not about itself
            AKS006 the suppression of AKS101 suppresses nothing
            AKS006 the suppression of AKS006 suppresses nothing
            1 suppressed

            # aksnet: allow AKS301, AKS104 -- a rule that was not asked
            1 suppressed
            "#
        );
    }

    #[test]
    fn notices_can_be_suppressed_elsewhere_and_ignored() {
        let text = "# aksnet: allow-file AKS006 -- why\ncluster x {\n  dns # aksnet: allow AKS101, AKS104 -- why\n}\n";
        assert_eq!(run(text, ""), "1 suppressed");
        let text = "cluster x {\n  dns # aksnet: allow AKS101, AKS104 -- why\n}\n";
        assert_eq!(run(text, "ignore = ['AKS006']"), "1 suppressed");
        assert_eq!(run(text, "ignore = ['AKS101']"), "1 suppressed");
        let idle = "# aksnet: allow-file AKS006 -- why\ncluster x {\n  dns\n}\n";
        assert_eq!(
            run(idle, "ignore = ['AKS104']"),
            "main.tf:1 AKS006 the suppression of AKS006 suppresses nothing (main.tf)"
        );
    }

    #[test]
    fn troubles_are_findings() {
        let site = Site::new(&[("main.tf", "x {\n")]);
        let design = site.design(".");
        let place = site.span("{");
        let trouble = Trouble::new(RuleId::SYNTAX_ERROR, place, "opened", "no end".to_owned());
        let mut run = Run::new(&site, &design, Vec::new());
        run.troubles = vec![trouble.clone(), trouble];
        assert_eq!(run.lines(), "main.tf:1 AKS001 no end (main.tf)");
    }
}
