//! The address map: what is drawn lies where its addresses lie, what is not known is not drawn, and names stay names.

use std::collections::BTreeSet;
use std::fmt::Write;

use aksnet::rules::SiteRange;
use aksnet::view::{Budgets, CapacityForm, Style, write_capacity};
use aksnet::what_if::Question;
use proptest::prelude::*;
use regex::Regex;
use roxmltree::Document;

use crate::support::cli::{Project, aksnet};
use crate::support::package;
use crate::support::run::analyse;

/// Returns the map of a project of `fixtures/map`, drawn by the program.
fn map(project: &str, format: &str, more: &[&str]) -> String {
    let folder = format!("fixtures/map/{project}");
    let config = format!("{folder}/aksnet.toml");
    let mut args = vec!["capacity", &folder, "--format", format];
    args.extend(["--as-of", "2026-11-22"]);
    if package().join(&config).exists() {
        args.extend(["--config", &config]);
    }
    args.extend(more);
    let run = aksnet(&package(), &args);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    run.out
}

/// Returns the map of a text.
fn draw(text: &str, form: CapacityForm, site_ranges: &[SiteRange]) -> String {
    let analysis = analyse(&[("main.tf", text)]);
    let budgets = Budgets {
        analysis: &analysis,
        question: &Question::default(),
        answers: &[],
        site_ranges,
    };
    let mut out = Vec::new();
    write_capacity(form, budgets, &Style::plain(), &mut out).expect("memory takes all");
    String::from_utf8(out).expect("a map is text")
}

fn all(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("it is a pattern");
    let found = pattern.captures_iter(text);
    found.map(|found| found[1].to_owned()).collect()
}

/// Returns the rows of a page: the classes and the id of each, with its words.
fn row(page: &str, cidr: &str) -> String {
    let mut rows = page.split("<li ").skip(1);
    let own = rows.find(|row| row.contains(&format!("<code class=\"cidr\">{cidr}</code>")));
    let own = own.unwrap_or_else(|| panic!("{cidr} has no row"));
    own.split("</li>").next().unwrap_or_default().to_owned()
}

/// Returns the findings of a page about the range of a row.
fn findings(page: &str, cidr: &str) -> BTreeSet<String> {
    all(
        r##"<a href="#s\d+f\d+"[^>]*>(AKS\d+)</a>"##,
        &row(page, cidr),
    )
    .into_iter()
    .collect()
}

#[test]
fn the_drawing_of_overlaps() {
    insta::assert_snapshot!(map("overlaps", "svg", &[]));
}

#[test]
fn overlaps_are_red_and_lead_to_their_findings() {
    let page = map("overlaps", "html", &[]);
    for (cidr, rule) in [
        ("10.1.0.0/16", "AKS125"),
        ("10.1.128.0/18", "AKS125"),
        ("10.1.192.0/18", "AKS135"),
        ("10.1.0.0/22", "AKS134"),
        ("10.1.3.0/24", "AKS134"),
        ("10.20.16.0/20", "AKS123"),
    ] {
        let row = row(&page, cidr);
        assert!(row.contains("overlaps"), "{cidr}: {row}");
        assert!(findings(&page, cidr).contains(rule), "{cidr}: {row}");
    }
    let astray = row(&page, "10.77.0.0/24");
    assert!(astray.contains("outside its network"), "{astray}");
    assert!(findings(&page, "10.77.0.0/24").contains("AKS133"));
    // Nothing meets these.
    for cidr in ["10.9.0.0/24", "10.0.0.0/20", "192.168.10.0/24"] {
        assert!(!row(&page, cidr).contains("overlaps"), "{cidr}");
        assert_eq!(findings(&page, cidr), BTreeSet::new());
    }
}

#[test]
fn what_nothing_joins_may_share_addresses() {
    let text = r#"
resource "azurerm_virtual_network" "a" {
  name          = "a"
  address_space = ["10.0.0.0/16"]
}
resource "azurerm_virtual_network" "b" {
  name          = "b"
  address_space = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "b" {
  name                 = "b"
  virtual_network_name = azurerm_virtual_network.b.name
  address_prefixes     = ["10.0.1.0/24"]
}
"#;
    let page = draw(text, CapacityForm::Html, &[]);
    assert!(page.contains("nothing joins the two"), "{page}");
    assert!(!page.contains("class=\"clash\" style"), "{page}");
}

#[test]
fn links_lead_somewhere_and_ids_stand_once() {
    for project in [
        "overlaps",
        "thirty",
        "dual_stack",
        "unknown",
        "hostile",
        "scales",
    ] {
        let page = map(project, "html", &[]);
        let ids = all(r#" id="([^"]*)""#, &page);
        let known: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(known.len(), ids.len(), "{project}");
        for link in all(r##"href="#([^"]*)""##, &page) {
            assert!(known.contains(&link), "{project}: {link}");
        }
    }
}

#[test]
fn thirty_subnets_are_all_drawn_and_named() {
    let page = map("thirty", "html", &[]);
    let drawn = all(r#"<a class="range subnet[^"]*" href="([^"]*)""#, &page);
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 30);
    let drawing = map("thirty", "svg", &[]);
    for zone in ["blue", "green", "orange"] {
        for role in ["nodes", "pods", "ingress", "bastion"] {
            let name = format!("snet-{zone}-{role}");
            assert!(page.contains(&name) && drawing.contains(&name), "{name}");
        }
    }
    let full = row(&page, "10.40.64.0/20");
    assert!(
        full.contains("fill over") && full.contains("113 %"),
        "{full}"
    );
    let half = row(&page, "10.40.0.0/20");
    assert!(
        half.contains("fill room") && half.contains("50 %"),
        "{half}"
    );
}

#[test]
fn each_family_has_a_line_of_its_own() {
    let page = map("dual_stack", "html", &[]);
    assert_eq!(all("<h3>(IPv[46]) in order</h3>", &page), ["IPv4", "IPv6"]);
    let (before, after) = page.split_once("IPv6 in order").expect("a line of IPv6");
    assert!(before.contains("10.244.0.0/16") && !before.contains("fd12:"));
    let line = after.split("<h3>").next().unwrap_or_default();
    assert!(line.contains("fd12:3456:789a:1::/108") && !line.contains("10.244.0.0/16"));
    let drawing = map("dual_stack", "svg", &[]);
    assert!(drawing.contains("fd00:db8:deca::/64"), "{drawing}");
}

#[test]
fn what_is_not_known_is_listed_and_not_drawn() {
    let page = map("unknown", "html", &[]);
    for words in [
        "address space of VNet vnet-unknown",
        "range of subnet nodes",
        "range of subnet malformed",
        "pod range of cluster aks-unknown",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let drawn = all(r#"<code class="cidr">([^<]*)</code>"#, &page);
    assert_eq!(drawn, ["10.3.1.0/24", "172.20.0.0/16"]);
    // A pool whose nodes are not known has one for sure, and may fill all.
    let row = row(&page, "10.3.1.0/24");
    assert!(
        row.contains("maybe open\" style=\"left:1%;width:99%"),
        "{row}"
    );
    for secret in [page, map("unknown", "svg", &[])] {
        assert!(!secret.contains("10.99."), "{secret}");
    }
}

#[test]
fn the_smallest_range_is_marked_beside_the_largest() {
    let page = map("scales", "html", &[]);
    let wider = all(r#"<a class="range subnet[^"]*(wider)""#, &page);
    assert_eq!(wider.len(), 5);
    assert!(
        page.contains("16 addresses, none free. Drawn to scale."),
        "{page}"
    );
}

#[test]
fn names_are_text() {
    let page = map("hostile", "html", &[]);
    for harm in [
        "<script",
        "<img",
        "<svg",
        "{display:none}</style><",
        "\u{202e}",
    ] {
        assert!(!page.contains(harm), "{harm}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("{{ 7*7 }}") && page.contains("عقدة"));
    assert!(page.contains(&"x".repeat(500)), "the whole name is told");
    let attributes = Regex::new(r#"<[a-z0-9]+( [a-z-]+(="[^"]*")?)*>"#).expect("it is a pattern");
    let body = page.split_once("<body>").expect("a body").1;
    assert!(
        !attributes
            .replace_all(body, "")
            .replace("</", "")
            .contains('<')
    );
    let drawing = map("hostile", "svg", &[]);
    let read = Document::parse(&drawing).expect("the drawing is XML");
    let elements: BTreeSet<&str> = read
        .descendants()
        .map(|node| node.tag_name().name())
        .collect();
    let own = [
        "", "svg", "style", "defs", "pattern", "path", "rect", "title", "text",
    ];
    assert_eq!(elements, own.into());
    assert!(!drawing.contains('\u{202e}'));
}

#[test]
fn characters_that_xml_does_not_know_break_no_drawing() {
    let text = "resource \"azurerm_virtual_network\" \"a\" {\n  name = \"a\u{fffe}b\u{ffff}c\u{1}d\"\n  address_space = [\"10.0.0.0/16\"]\n}\n";
    let drawing = draw(text, CapacityForm::Svg, &[]);
    assert!(Document::parse(&drawing).is_ok(), "{drawing}");
    assert!(drawing.contains("10.0.0.0/16"));
}

#[test]
fn a_question_has_a_map_of_its_own() {
    let page = map("overlaps", "html", &["--model", "azure-cni-node-subnet"]);
    assert!(page.contains("what if"), "{page}");
    let (today, instead) = page.split_once("what if").expect("two maps");
    let pods = "<code class=\"cidr\">10.1.128.0/18</code>";
    assert!(today.contains(pods) && !instead.contains(pods));
}

#[test]
fn a_comparison_has_no_map() {
    let project = Project::fixture("map/scales");
    for format in ["svg", "html"] {
        let run = project.run(&["capacity", "--format", format, "--compare-models"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("--compare-models"), "{}", run.err);
    }
}

#[test]
fn nothing_to_draw_is_said() {
    let page = draw("locals {}\n", CapacityForm::Html, &[]);
    assert!(page.contains("Nothing here is about AKS"), "{page}");
}

/// Returns a VNet with subnets.
fn network(space: (u32, u8), subnets: &[(u32, u8)]) -> String {
    let range =
        |(address, prefix): (u32, u8)| format!("{}/{prefix}", std::net::Ipv4Addr::from(address));
    let mut text = format!(
        "resource \"azurerm_virtual_network\" \"v\" {{\n  name = \"v\"\n  address_space = [\"{}\"]\n}}\n",
        range(space)
    );
    for (number, subnet) in subnets.iter().enumerate() {
        let _ = write!(
            text,
            "resource \"azurerm_subnet\" \"s{number}\" {{\n  name = \"s{number}\"\n  virtual_network_name = \
             azurerm_virtual_network.v.name\n  address_prefixes = [\"{}\"]\n}}\n",
            range(*subnet)
        );
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_runs_out_of_the_view(
        prefix in 8u8..=24,
        subnets in proptest::collection::vec((any::<u32>(), 16u8..=29, any::<bool>()), 0..40),
    ) {
        let space = (0x0a00_0000, prefix);
        let near = |(address, prefix, near): (u32, u8, bool)| {
            let address = if near { address & 0xffff } else { address & 0xff_ffff };
            (0x0a00_0000 | address, prefix)
        };
        let subnets: Vec<(u32, u8)> = subnets.into_iter().map(near).collect();
        let drawing = draw(&network(space, &subnets), CapacityForm::Svg, &[]);
        let read = Document::parse(&drawing).expect("the drawing is XML");
        let number = |node: roxmltree::Node<'_, '_>, name: &str| -> f64 {
            node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(0.0)
        };
        let root = read.root_element();
        let view = (number(root, "width"), number(root, "height"));
        let place = |node| ["x", "y", "width", "height"].map(|name| number(node, name));
        let shapes = root.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "rect")) || node.parent() == Some(root) && node.has_tag_name(("http://www.w3.org/2000/svg", "svg")));
        let mut ranges: Vec<[f64; 4]> = Vec::new();
        for node in shapes {
            let [x, y, width, height] = place(node);
            prop_assert!(x >= 0.0 && y >= 0.0 && width > 0.0 && height > 0.0);
            prop_assert!(x + width <= view.0 + 0.01 && y + height <= view.1);
            if node.attribute("class").is_some_and(|class| class.starts_with("range ")) {
                ranges.push([x, y, width, height]);
            }
        }
        for (at, [x, y, width, height]) in ranges.iter().enumerate() {
            for [other_x, other_y, other_width, other_height] in &ranges[at + 1..] {
                let apart = x + width <= other_x + 0.02 || other_x + other_width <= x + 0.02
                    || y + height <= *other_y || other_y + other_height <= *y;
                prop_assert!(apart);
            }
        }
    }
}
