//! Step 7: comments and `[[allow]]` take findings away. What they say wrongly, and what they no longer say, is told
//! in `notices`.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::config::{Allow, Config};
use crate::finding::RuleId;
use crate::source::{Comment, Sources, Span};

use super::case::{Case, Doubt};
use super::comments::{self, Directive};
use super::covering::Covering;
use super::fold::Group;
use super::notices::{self, Notice};

/// A suppression that counts.
#[derive(Debug)]
pub(super) struct Suppression {
    /// What it suppresses.
    pub(super) rule: RuleId,
    /// What is pointed at when it is not needed.
    pub(super) place: Span,
    /// The comment; `None` for an entry of aksnet.toml.
    pub(super) comment: Option<Span>,
    /// Whether it suppressed something, or may once more is known.
    pub(super) used: bool,
}

/// All suppressions of a run.
#[derive(Debug)]
pub(super) struct Suppressions<'c> {
    /// Those that count.
    pub(super) all: Vec<Suppression>,
    /// What is wrong with those that do not.
    pub(super) wrong: Vec<Notice>,
    covering: Covering,
    allows: HashMap<RuleId, Vec<(usize, &'c Allow)>>,
}

impl<'c> Suppressions<'c> {
    /// Reads the comments and the configuration.
    pub(super) fn new(
        given: &[Comment],
        config: &'c Config,
        sources: &Sources,
        as_of: Date,
    ) -> Self {
        let mut suppressions = Suppressions {
            all: Vec::new(),
            wrong: Vec::new(),
            covering: Covering::default(),
            allows: HashMap::new(),
        };
        let mut ranges = Vec::new();
        for comment in given {
            let text = sources.slice(comment.span);
            match comments::parse(&text) {
                None => {}
                Some(Err(problem)) => suppressions
                    .wrong
                    .push(notices::not_understood(comment, &problem)),
                Some(Ok(directive)) => {
                    let reader = CommentReader {
                        comment,
                        covers: covers(comment, directive.whole_file, sources),
                        config,
                        as_of,
                    };
                    reader.read(&directive, &mut suppressions, &mut ranges);
                }
            }
        }
        suppressions.covering = Covering::new(ranges);
        suppressions.read_allows(config, sources, as_of);
        suppressions
    }

    /// Takes away the cases that are suppressed.
    pub(super) fn apply(&mut self, group: &mut Group, sources: &Sources) {
        group.cases.retain(|case| !self.take(case, None, sources));
    }

    /// Tells whether a case is suppressed, and remembers by what. A comment cannot suppress what is said about itself
    /// (`except`).
    pub(super) fn take(&mut self, case: &Case, except: Option<Span>, sources: &Sources) -> bool {
        let mut taken = false;
        for place in case.places() {
            for number in self.covering.at(case.rule, place) {
                let suppression = &mut self.all[number];
                if except.is_none() || except != suppression.comment {
                    suppression.used = true;
                    taken = true;
                }
            }
        }
        let place = case.primary.span;
        self.take_by_config(case.rule, place, &case.instance.subject, sources) || taken
    }

    /// Remembers that suppressions near an undecided may be needed once more is known.
    pub(super) fn excuse(&mut self, doubt: &Doubt, sources: &Sources) {
        let rule = doubt.said.rule;
        for place in &doubt.places {
            for number in self.covering.at(rule, *place) {
                self.all[number].used = true;
            }
            self.take_by_config(rule, *place, &doubt.said.address, sources);
        }
    }

    fn take_by_config(
        &mut self,
        rule: RuleId,
        place: Span,
        address: &str,
        sources: &Sources,
    ) -> bool {
        let Some(allows) = self.allows.get(&rule) else {
            return false;
        };
        let source = sources.get(place.source);
        let mut taken = false;
        for (number, allow) in allows {
            if allow.covers_file(source.path.as_ref()) && allow.covers_address(address) {
                self.all[*number].used = true;
                taken = true;
            }
        }
        taken
    }

    fn read_allows(&mut self, config: &'c Config, sources: &Sources, as_of: Date) {
        for allow in config.allows() {
            let Some(place) = notices::place_of(allow, config, sources) else {
                continue;
            };
            if let Some(until) = allow.until.filter(|until| as_of > *until) {
                self.wrong
                    .push(notices::expired(allow.rule, until, place, None));
                continue;
            }
            let number = self.add(allow.rule, place, None);
            let allows = self.allows.entry(allow.rule).or_default();
            allows.push((number, allow));
        }
    }

    fn add(&mut self, rule: RuleId, place: Span, comment: Option<Span>) -> usize {
        self.all.push(Suppression {
            rule,
            place,
            comment,
            used: false,
        });
        self.all.len() - 1
    }
}

/// A comment on the way to its suppressions.
struct CommentReader<'a> {
    comment: &'a Comment,
    covers: Span,
    config: &'a Config,
    as_of: Date,
}

impl CommentReader<'_> {
    /// Adds the suppressions of a comment and their ranges, or what is wrong with them.
    fn read(
        &self,
        directive: &Directive<'_>,
        into: &mut Suppressions<'_>,
        ranges: &mut Vec<(RuleId, Span, usize)>,
    ) {
        let catalogue = self.config.catalogue();
        let comment = self.comment.span;
        let mut named = Vec::new();
        for (word, range) in &directive.rules {
            let place = notices::inside(self.comment, range.clone());
            match catalogue.find(word) {
                Some(rule) => named.push((rule.id, place)),
                // Without the dashes, words of a reason look like rules.
                None if !directive.has_reason && !named.is_empty() => break,
                None => {
                    let near = catalogue.nearest(word);
                    into.wrong
                        .push(notices::unknown_rule(word, near.as_deref(), place, comment));
                }
            }
        }
        let Some((first, _)) = named.first() else {
            return;
        };
        if !directive.has_reason {
            into.wrong.push(notices::without_reason(*first, comment));
            return;
        }
        let passed = directive.until.filter(|until| self.as_of > *until);
        for (rule, place) in named {
            if let Some(until) = passed {
                into.wrong
                    .push(notices::expired(rule, until, place, Some(comment)));
            } else {
                ranges.push((rule, self.covers, into.add(rule, place, Some(comment))));
            }
        }
    }
}

/// Returns what a comment covers: its line or block, or its whole file.
fn covers(comment: &Comment, whole_file: bool, sources: &Sources) -> Span {
    let source = comment.span.source;
    if whole_file {
        Span::new(source, 0, sources.get(source).text.len().max(1))
    } else {
        comment.covers
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Design;
    use crate::pipeline::testing::{Run, Site, observation, undecided};
    use crate::project::InstanceId;
    use crate::value::Hop;

    const FAULT: &str = "aks/main.tf:2 AKS104 dns is wrong (module.a.aks.x, module.b.aks.x)";

    /// Runs AKS104 at `dns` in a module that two calls use; its value comes from `value` in a var file.
    fn run(main: &str, aks: &str, vars: &str, config: &str) -> String {
        let files = [
            ("main.tf", main),
            ("aks/main.tf", aks),
            ("prod.tfvars", vars),
        ];
        let site = Site::new(&files);
        let mut design = site.design(".");
        let said = ["a", "b"].map(|name| {
            let call = format!("call {name}");
            let module = site.module(&mut design, InstanceId::ROOT, name, &call, false);
            let x = site.entity_in(&mut design, module, "aks.x", "cluster x");
            let mut said = observation(104, x, "dns", site.span("dns"));
            said.trail.push(Hop {
                span: site.span("value"),
                text: String::new(),
            });
            said
        });
        Run::new(&site, &design, said.to_vec())
            .config(config)
            .lines()
    }

    fn in_aks(aks: &str) -> String {
        run("call a\ncall b\n", aks, "value\n", "")
    }

    fn by_config(config: &str) -> String {
        run(
            "call a\ncall b\n",
            "cluster x {\n  dns\n}\n",
            "value\n",
            config,
        )
    }

    #[test]
    fn a_comment_counts_on_the_line_and_above_line_and_block() {
        assert_eq!(in_aks("cluster x {\n  dns\n}\n"), FAULT);
        for aks in [
            "cluster x {\n  dns # aksnet: allow AKS104 -- why\n}\n",
            "cluster x {\n# aksnet: allow aks104 -- why\n  dns\n}\n",
            "# aksnet: allow AKS104 until 2027-03-01 -- why\ncluster x {\n  dns\n}\n",
            "cluster x {\n  dns\n}\n# aksnet: allow-file AKS104 -- why",
        ] {
            assert_eq!(in_aks(aks), "1 suppressed", "{aks}");
        }
    }

    #[test]
    fn a_comment_counts_at_a_hop_and_at_a_call() {
        let aks = "cluster x {\n  dns\n}\n";
        let hop = "value # aksnet: allow AKS104 -- why\n";
        assert_eq!(run("call a\ncall b\n", aks, hop, ""), "1 suppressed");
        let one_call = "call a # aksnet: allow AKS104 -- why\ncall b\n";
        assert_eq!(
            run(one_call, aks, "value", ""),
            "aks/main.tf:2 AKS104 dns is wrong (module.b.aks.x)"
        );
    }

    #[test]
    fn an_entry_of_the_configuration_counts_by_path_and_address() {
        let allow = |keys: &str| format!("[[allow]]\nrule = 'AKS104'\nreason = 'why'\n{keys}");
        assert_eq!(by_config(&allow("")), "1 suppressed");
        assert_eq!(by_config(&allow("path = 'aks/*.tf'")), "1 suppressed");
        assert_eq!(by_config(&allow("address = 'module.*'")), "1 suppressed");
        assert_eq!(
            by_config(&allow("path = 'aks/**'\naddress = 'module.a.aks.x'")),
            "aks/main.tf:2 AKS104 dns is wrong (module.b.aks.x)"
        );
        assert_eq!(
            by_config(&allow("path = '*.tf'")),
            format!(
                "{FAULT}\naksnet.toml:2 AKS006 the suppression of AKS104 suppresses nothing (aksnet.toml)"
            )
        );
        assert_eq!(
            by_config(&allow("until = 2027-02-28")),
            format!(
                "{FAULT}\naksnet.toml:2 AKS007 the suppression of AKS104 ended on 2027-02-28 and no longer counts (aksnet.toml)"
            )
        );
    }

    #[test]
    fn near_an_undecided_a_suppression_is_not_unused() {
        let text = "# aksnet: allow AKS104 -- why\ncluster x {\n  dns\n}\n";
        let site = Site::new(&[("main.tf", text)]);
        let mut design: Design = site.design(".");
        let x = site.entity_in(&mut design, InstanceId::ROOT, "aks.x", "cluster x");
        let mut open = Run::new(&site, &design, Vec::new());
        let doubt = undecided(104, x, &["dns"], site.span("dns"));
        open.raw[0].1.undecided.push(doubt);
        assert_eq!(open.lines(), "");
        assert_eq!(
            Run::new(&site, &design, Vec::new()).lines(),
            "main.tf:1 AKS006 the suppression of AKS104 suppresses nothing (main.tf)"
        );
    }
}
