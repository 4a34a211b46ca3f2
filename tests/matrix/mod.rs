//! Holds the rules to the table of what goes together: each combination is written and judged, and those rules speak that its
//! cell names, and no other of the table.

mod design;

use std::collections::BTreeSet;

use aksnet::azure::matrix::{
    ADDITIONS, Addition, BY_VERSION, Cell, Model, Plane, Policy, ROWS, Row, Setting,
};
use aksnet::engine::Analysis;
use aksnet::finding::{Finding, RuleId};

use self::design::{COLUMNS, Column, Design, Words};
use crate::support::run::{analyse, place};

const MODELS: [Model; 5] = [
    Model::Kubenet,
    Model::NodeSubnet,
    Model::PodSubnet,
    Model::Overlay,
    Model::ByoCni,
];
const PLANES: [Plane; 2] = [Plane::Azure, Plane::Cilium];
const POLICIES: [Policy; 5] = [
    Policy::Omitted,
    Policy::None,
    Policy::Azure,
    Policy::Calico,
    Policy::Cilium,
];

fn row(model: Model, plane: Plane, policy: Policy) -> &'static Row {
    let mut rows = ROWS.iter().filter(|row| {
        row.models.contains(&model) && row.plane == plane && row.policies.contains(&policy)
    });
    let row = rows.next();
    assert!(
        rows.next().is_none(),
        "{model:?} {plane:?} {policy:?} twice"
    );
    row.unwrap_or_else(|| panic!("{model:?} {plane:?} {policy:?} is missing"))
}

fn cell(row: &Row, column: Column) -> Cell {
    match column {
        Column::Linux => row.linux,
        Column::Windows => row.windows,
        Column::DualStack => row.dual_stack,
    }
}

/// Returns every combination with its cell.
fn combinations() -> Vec<(Design, Cell)> {
    let mut all = Vec::new();
    for model in MODELS {
        for plane in PLANES {
            for policy in POLICIES {
                for column in COLUMNS {
                    let design = Design::new(model, plane, policy, column);
                    all.push((design, cell(row(model, plane, policy), column)));
                }
            }
        }
    }
    all
}

/// Returns the rules of the table.
fn rules() -> BTreeSet<RuleId> {
    let cells = ROWS
        .iter()
        .flat_map(|row| COLUMNS.map(|column| cell(row, column)));
    cells
        .flat_map(|cell| cell.rules().iter().copied())
        .chain(ADDITIONS.iter().map(|addition| addition.rule))
        .chain(BY_VERSION)
        .collect()
}

/// A cluster to be judged, and who has to speak.
struct Case {
    design: Design,
    /// Rules that count beside those of the table.
    more: Vec<RuleId>,
    expected: BTreeSet<RuleId>,
}

impl Case {
    fn new(design: Design, more: &[RuleId], expected: &[RuleId]) -> Self {
        Case {
            design,
            more: more.to_vec(),
            expected: expected.iter().copied().collect(),
        }
    }

    /// Tells what is wrong with the findings of one language.
    fn fault<'a>(
        &self,
        words: Words,
        findings: impl Iterator<Item = &'a Finding>,
    ) -> Option<String> {
        let mut rules = rules();
        rules.extend(&self.more);
        let spoken = findings.map(|finding| finding.rule);
        let found: BTreeSet<RuleId> = spoken.filter(|rule| rules.contains(rule)).collect();
        let (design, expected) = (self.design, &self.expected);
        (found != *expected)
            .then(|| format!("{words:?} {design:?}\n  expected {expected:?}\n  found    {found:?}"))
    }
}

/// Tells what is wrong in the languages of Terraform, where each design is a project.
fn faults_in_terraform(cases: &[Case]) -> Vec<String> {
    let mut faults = Vec::new();
    for case in cases {
        for words in case.design.terraform() {
            let analysis = analyse(&[("main.tf", &case.design.text(*words))]);
            assert_one_cluster_each(&analysis, 1);
            faults.extend(case.fault(*words, analysis.findings.iter()));
        }
    }
    faults
}

/// Tells what is wrong in Bicep, where one project has a file for each design.
fn faults_in_bicep(cases: &[Case]) -> Vec<String> {
    let texts = cases.iter().map(|case| case.design.text(Words::Bicep));
    let named = texts.enumerate();
    let named: Vec<_> = named
        .map(|(at, text)| (format!("{at}.bicep"), text))
        .collect();
    let files: Vec<_> = named
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let analysis = analyse(&files);
    assert_one_cluster_each(&analysis, cases.len());
    let faults = cases.iter().zip(&named).filter_map(|(case, (name, _))| {
        let all = analysis.findings.iter();
        let here = all.filter(|finding| place(&analysis, finding.primary.span).0 == *name);
        case.fault(Words::Bicep, here)
    });
    faults.collect()
}

fn assert_one_cluster_each(analysis: &Analysis, designs: usize) {
    let clusters = analysis
        .designs
        .iter()
        .map(|design| design.after.clusters.len());
    assert_eq!(clusters.collect::<Vec<_>>(), vec![1; designs]);
}

/// Asserts that each case is judged as it has to be, in every language.
fn assert_right(cases: &[Case]) {
    assert!(!cases.is_empty());
    let mut faults = faults_in_terraform(cases);
    faults.extend(faults_in_bicep(cases));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_cell_gets_its_own_rules() {
    let all = combinations();
    assert_eq!(all.len(), 150);
    let cases: Vec<Case> = all
        .into_iter()
        .map(|(design, cell)| Case::new(design, &[], cell.rules()))
        .collect();
    assert_right(&cases);
}

#[test]
fn an_omitted_data_plane_is_azure() {
    let azure = combinations().into_iter();
    let cases: Vec<Case> = azure
        .filter(|(design, _)| design.plane == Plane::Azure)
        .map(|(design, cell)| {
            let design = Design {
                plane_omitted: true,
                ..design
            };
            Case::new(design, &[], cell.rules())
        })
        .collect();
    assert_right(&cases);
}

#[test]
fn settings_that_do_not_go_with_a_model_are_told_on_top() {
    let mut all = Vec::new();
    for addition in ADDITIONS {
        let Addition { models, rule, .. } = addition;
        let here = |(design, _): &(Design, Cell)| models.contains(&design.model);
        for (design, cell) in combinations().into_iter().filter(here) {
            let design = match addition.setting {
                Setting::ModeOverlay => Design {
                    mode_overlay: true,
                    ..design
                },
                Setting::PodSubnet => Design {
                    pod_subnet: true,
                    ..design
                },
            };
            let mut expected = cell.rules().to_vec();
            if !addition.unless.iter().any(|rule| expected.contains(rule)) {
                expected.push(*rule);
            }
            all.push(Case::new(design, &[], &expected));
        }
    }
    assert_right(&all);
}

#[test]
fn a_newer_windows_is_told_where_calico_is_right_otherwise() {
    let windows = combinations().into_iter();
    let cases: Vec<Case> = windows
        .filter(|(design, _)| design.column == Column::Windows)
        .map(|(design, cell)| {
            let design = Design {
                windows: "Windows2025",
                ..design
            };
            let told = design.policy == Policy::Calico && cell == Cell::Ok;
            let rules: &[RuleId] = if told { &[RuleId(322)] } else { cell.rules() };
            Case::new(design, &[], rules)
        })
        .collect();
    assert_right(&cases);
}

#[test]
fn an_older_kubernetes_is_told_where_dual_stack_is_right_otherwise() {
    let dual_stack = combinations().into_iter();
    let cases: Vec<Case> = dual_stack
        .filter(|(design, _)| design.column == Column::DualStack)
        .map(|(design, cell)| {
            let design = Design {
                version: "1.28.9",
                ..design
            };
            let told = design.plane == Plane::Cilium && cell.rules().is_empty();
            let rules: &[RuleId] = if told { &[RuleId(326)] } else { cell.rules() };
            Case::new(design, &[], rules)
        })
        .collect();
    assert_right(&cases);
}

#[test]
fn a_retired_windows_is_told_on_top() {
    let windows = combinations().into_iter();
    let retired = RuleId(345);
    let cases: Vec<Case> = windows
        .filter(|(design, _)| design.column == Column::Windows)
        .map(|(design, cell)| {
            let design = Design {
                windows: "Windows2019",
                ..design
            };
            Case::new(design, &[retired], &[cell.rules(), &[retired]].concat())
        })
        .collect();
    assert_right(&cases);
}

#[test]
fn other_address_families_are_told_alone() {
    let families = RuleId(327);
    let mut all = Vec::new();
    for written in ["[\"IPv6\"]", "[\"IPv6\", \"IPv4\"]"] {
        let linux = combinations().into_iter();
        for (design, cell) in linux.filter(|(design, _)| design.column == Column::Linux) {
            let design = Design {
                families: Some(written),
                ..design
            };
            let expected = [cell.rules(), &[families]].concat();
            all.push(Case::new(design, &[families], &expected));
        }
    }
    assert_right(&all);
}
