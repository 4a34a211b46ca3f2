//! Names and values from files say nothing in our name: in no format is there a raw control character, a command for a CI
//! service, Markdown, HTML or XML that is not ours.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag};
use regex::Regex;
use serde_json::Value;

use super::{all_reports, json, list, text};
use crate::support::cli::{Project, aksnet_with};

/// What somebody may write who wants to be taken for aksnet.
const WORDS: [&str; 18] = [
    "\n::error::a",
    "x ::add-mask::a",
    "\r\n##vso[task.complete result=Failed;]done",
    "##[error]a",
    "##[add-mask]e",
    "\u{1b}[31mred",
    "\u{1b}]8;;https://x\u{7}",
    "\u{202e}txet\u{2066}",
    "a]]>b<![CDATA[c",
    "</failure></script><img src=x onerror=a>",
    "```\n# a\n`b` |c| *d* _e_ ~~f~~",
    "a\"b'c\\d",
    "ü 日本 🦀 a\u{301}",
    "100% %0A %25 %AZP25 %5D; ,:",
    "[a](https://x) ![b](1) {0} ${c}",
    "@me #1 www.example.org https://example.org",
    "main.tf:1:1: error[AKS101] b",
    "\u{2028}::warning file=a::b",
];

/// Returns a text as HCL writes it in quotes.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    let text = text.replace("${", "$${").replace('\n', "\\n");
    format!("\"{}\"", text.replace('\r', "\\r"))
}

/// A cluster whose key, name and faulty values hold a text, in a file and a folder that are called so.
fn project(word: &str) -> Project {
    let word_quoted = |head: &str| quoted(&format!("{head}{word}"));
    let main = format!(
        "resource \"azurerm_kubernetes_cluster\" \"main\" {{\n  for_each = {{ {} = 1, {} = 2 }}\n  name = {}\n  network_profile {{ # {}\n    \
         network_plugin = \"kubenet\"\n    service_cidr   = \"10.0.0.0/16\"\n    dns_service_ip = {}\n    pod_cidr = {}\n  }}\n}}\n# aksnet: allow AKS202 -- {}\n",
        word_quoted("k"),
        word_quoted("l"),
        word_quoted("n"),
        word.replace(['\n', '\r'], " "),
        word_quoted(""),
        word_quoted("10.0.0.0/16"),
        word.replace(['\n', '\r'], " "),
    );
    Project::new(&[(&file(word), &main)])
}

/// Returns the name of a file that is called after a text, as far as the system allows.
fn file(word: &str) -> String {
    let allowed = |c: char| cfg!(unix) || !(c.is_control() || "<>:\"/\\|?*".contains(c));
    let name: String = word.chars().filter(|c| *c != '/' && allowed(*c)).collect();
    format!("{name}.tf")
}

fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("it is a pattern")
}

/// Returns the lines that GitHub Actions or Azure Pipelines would obey.
fn commands(report: &str) -> Vec<&str> {
    let github = Regex::new(r"^\s*::[A-Za-z-]+( [^:]*)?::").expect("it is a pattern");
    let obeyed =
        |line: &&str| github.is_match(line) || line.contains("##[") || line.contains("##vso[");
    report.lines().filter(obeyed).collect()
}

/// All reports of the project of each text.
static TOLD: LazyLock<Vec<(&str, BTreeMap<&str, String>)>> = LazyLock::new(|| {
    let reports = |word| (word, all_reports(&project(word)));
    WORDS.into_iter().map(reports).collect()
});

/// Returns the findings of the JSON report, which holds every text as it is.
fn findings(reports: &BTreeMap<&str, String>) -> Vec<Value> {
    list(&json(&reports["json"]), "findings").to_vec()
}

#[test]
fn the_words_do_reach_the_reports() {
    for (word, reports) in &*TOLD {
        let findings = findings(reports);
        // Some messages spell a value as the author did.
        let spelled = [(*word).to_owned(), quoted(word), format!("{word:?}")];
        let spelled = spelled.map(|text| text.trim_matches('"').to_owned());
        let says = |f: &Value| spelled.iter().any(|s| text(&f["message"]).contains(s));
        assert!(findings.iter().any(says), "{word:?}: {findings:?}");
        let subject = |f: &Value| text(&f["subject"]).contains("[\"k");
        assert!(findings.iter().any(subject), "{word:?}: {findings:?}");
    }
}

#[test]
fn nothing_is_obeyed() {
    for (word, reports) in &*TOLD {
        for (format, report) in reports {
            let raw: Vec<&str> = report.lines().filter(|l| l.contains(is_obeyed)).collect();
            assert_eq!(raw, [""; 0], "{format} {word:?}");
            let ours = |line: &&str| match *format {
                "github" => {
                    let head = ["::error ", "::warning ", "::notice "];
                    head.iter().any(|head| line.starts_with(head)) && !line.contains("##")
                }
                "azure-pipelines" => {
                    line.starts_with("##vso[task.") && line.matches("##").count() == 1
                }
                _ => false,
            };
            let theirs: Vec<&str> = commands(report).into_iter().filter(|l| !ours(l)).collect();
            assert_eq!(theirs, [""; 0], "{format} {word:?}");
        }
    }
}

#[test]
fn nothing_is_obeyed_in_the_log_of_a_service() {
    let ours = pattern(r"^(::(error|warning|notice) file=|##vso\[task\.)");
    for word in WORDS {
        let project = project(word);
        for variable in ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"] {
            let run = |args: &[&str]| {
                let run = aksnet_with(project.as_ref(), args, &[(variable, "true")]);
                run.out + &run.err
            };
            let check = run(&["check", "-v", "--undecided", "--as-of", "2026-11-22"]);
            let printed = check + &run(&["show", "-v"]) + &run(&["check", word]);
            let theirs: Vec<&str> = commands(&printed)
                .into_iter()
                .filter(|line| !ours.is_match(line) || line.matches("##").count() > 1)
                .collect();
            assert_eq!(theirs, [""; 0], "{variable} {word:?}");
        }
    }
}

#[test]
fn paths_and_values_are_read_back() {
    for (word, reports) in &*TOLD {
        let (file, findings) = (file(word), findings(reports));
        let sarif = json(&reports["sarif"]);
        for (result, finding) in list(&sarif["runs"][0], "results").iter().zip(&findings) {
            let place = &result["locations"][0]["physicalLocation"];
            let uri = text(&place["artifactLocation"]["uri"]);
            assert_eq!(decoded(uri), file);
            assert_eq!(result["ruleId"], finding["code"]);
        }
        for issue in json(&reports["gitlab"]).as_array().expect("a list") {
            assert_eq!(text(&issue["location"]["path"]), file);
        }
        for diagnostic in list(&json(&reports["rdjson"]), "diagnostics") {
            assert_eq!(text(&diagnostic["location"]["path"]), file);
        }
        let document = roxmltree::Document::parse(&reports["junit"]).expect("it is XML");
        let failures = document.descendants().filter(|n| n.has_tag_name("failure"));
        let messages: Vec<_> = failures.filter_map(|n| n.attribute("message")).collect();
        let cleaned = |f: &Value| aksnet::view::clean(text(&f["message"])).into_owned();
        let wanted: Vec<String> = findings.iter().map(cleaned).collect();
        assert_eq!(messages, wanted, "{word:?}");
    }
}

/// Returns what a percent-encoded path means.
fn decoded(uri: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
    assert!(uri.chars().all(allowed), "{uri}");
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, after) = match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digits = String::from_utf8_lossy(&[*high, *low]).into_owned();
                (u8::from_str_radix(&digits, 16).expect("two digits"), after)
            }
            _ => (*first, tail),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).expect("it was a text")
}

#[test]
fn markdown_holds_no_marks_but_ours() {
    let our_html = r"^(<!-- aksnet -->|</?details( open)?>(<summary>\d+ \w+</summary>)?|<br>)\n?$";
    let (our_html, seen) = (pattern(our_html), pattern(r"@\w|#\d|://|www\.\w"));
    for (word, reports) in &*TOLD {
        let report = &reports["markdown"];
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let mut rows = 0;
        for event in Parser::new_ext(report, options) {
            match event {
                Event::Start(Tag::TableRow) => rows += 1,
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let ours = "https://github.com/aksnet/aksnet/blob/main/rules/AKS";
                    assert!(dest_url.starts_with(ours), "{word:?}: {dest_url}");
                }
                Event::Start(
                    Tag::Image { .. }
                    | Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::CodeBlock(_),
                )
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => panic!("{word:?}: {event:?} in {report}"),
                Event::Html(html) | Event::InlineHtml(html) => {
                    assert!(our_html.is_match(&html), "{word:?}: {html}");
                }
                Event::Text(words) => {
                    assert!(!seen.is_match(&words), "{word:?}: {words}");
                }
                _ => {}
            }
        }
        assert_eq!(rows, findings(reports).len(), "{word:?}: {report}");
    }
}

#[test]
fn long_values_do_not_fill_a_report() {
    let project = project(&"é\u{1f980}".repeat(30));
    let long = project.read(&file(&"é\u{1f980}".repeat(30)));
    project.write(
        "long.tf",
        &long.replace("\"é", &format!("\"{}", "é".repeat(20_000))),
    );
    let reports = all_reports(&project);
    assert!(reports["markdown"].len() < 65_536);
    for line in reports["github"].lines() {
        let (_, message) = line.split_once(".tf:").unwrap_or(("", line));
        assert!(message.encode_utf16().count() < 4_400, "{}", line.len());
    }
}
