//! Pages of `rules/`: their sections, examples, and the parts that tests write.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use aksnet::finding::RuleId;
use aksnet::rules::Rule;

use super::{package, updating};

/// Pages are read, changed and written by several tests at a time.
static WRITING: Mutex<()> = Mutex::new(());

/// The languages whose examples are run.
pub(crate) const LANGUAGES: [&str; 3] = ["terraform", "json", "bicep"];

/// A rule's page as it is on disk.
pub(crate) struct Page {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its whole text.
    pub(crate) text: String,
}

/// One or more files that are judged together.
#[derive(Debug)]
pub(crate) struct Example {
    /// The files, at least one.
    pub(crate) files: Vec<ExampleFile>,
}

/// A fence of a page.
#[derive(Debug)]
pub(crate) struct ExampleFile {
    /// The path below the project root.
    pub(crate) name: String,
    /// The text, without the markers.
    pub(crate) text: String,
    /// Line and rule of each marker.
    pub(crate) markers: Vec<(u32, RuleId)>,
    /// The line of the page that its first line is on, from 1.
    pub(crate) line: usize,
}

/// A fence as it is found.
struct Fence<'a> {
    /// What stands behind the opening backticks.
    info: &'a str,
    /// The name above it.
    name: Option<&'a str>,
    /// The lines inside.
    lines: Vec<&'a str>,
    /// The line of the page that the first of them is on, from 1.
    line: usize,
    /// Whether nothing but its name stands between it and the fence before.
    follows: bool,
}

impl Page {
    /// Reads a rule's page.
    pub(crate) fn of(rule: &Rule) -> Page {
        let path = package().join(format!("rules/{}-{}.md", rule.id, rule.name));
        Page::read(&path)
    }

    /// Reads a page.
    pub(crate) fn read(path: &Path) -> Page {
        let _guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        Page::load(path)
    }

    fn load(path: &Path) -> Page {
        let text =
            fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Page {
            path: path.to_owned(),
            text,
        }
    }

    /// Returns the headings of the sections, in order.
    pub(crate) fn headings(&self) -> Vec<&str> {
        self.outside_fences()
            .filter_map(|(_, line)| line.strip_prefix("## "))
            .collect()
    }

    /// Returns the examples of a section in one language.
    pub(crate) fn examples(&self, heading: &str, language: &str) -> Vec<Example> {
        let mut examples: Vec<Example> = Vec::new();
        let mut joinable = false;
        for fence in self.fences(heading) {
            if fence.language() != language {
                joinable = false;
                continue;
            }
            let file = fence.file(language);
            match examples.last_mut() {
                Some(last) if joinable && fence.follows && fence.name.is_some() => {
                    last.files.push(file);
                }
                _ => examples.push(Example { files: vec![file] }),
            }
            joinable = fence.name.is_some();
        }
        examples
    }

    /// Returns the examples of a section in the first language that it has.
    pub(crate) fn first_examples(&self, heading: &str) -> Vec<Example> {
        let all = LANGUAGES.iter().map(|one| self.examples(heading, one));
        let mut found = all.filter(|examples| !examples.is_empty());
        found.next().unwrap_or_default()
    }

    /// Returns the content of the first fence of a section with this info string.
    pub(crate) fn block(&self, heading: &str, info: &str) -> Option<String> {
        let fences = self.fences(heading);
        let fence = fences.into_iter().find(|fence| fence.info == info)?;
        Some(fence.text())
    }

    /// Compares the first fence of a section with what it should be, or writes it.
    pub(crate) fn expect_block(
        &self,
        heading: &str,
        info: &str,
        wanted: &str,
    ) -> Result<(), String> {
        let Some(found) = self.block(heading, info) else {
            return Err(format!("## {heading} has no ```{info} block"));
        };
        if found.trim_end() == wanted.trim_end() {
            return Ok(());
        }
        if !updating() {
            return Err(format!(
                "## {heading}: the ```{info} block is out of date (UPDATE=1 writes it):\n{wanted}"
            ));
        }
        self.rewrite(|page| {
            let fences = page.fences(heading);
            let fence = fences.iter().find(|fence| fence.info == info)?;
            let lines: Vec<&str> = page.text.lines().collect();
            let (before, rest) = lines.split_at(fence.line - 1);
            let after = &rest[fence.lines.len()..];
            Some(
                [
                    before,
                    &wanted.trim_end().lines().collect::<Vec<_>>(),
                    after,
                ]
                .concat()
                .join("\n")
                    + "\n",
            )
        });
        Ok(())
    }

    /// Compares a line of the page (from 1) with what it should be, or writes it.
    pub(crate) fn expect_line(&self, number: usize, wanted: &str) -> Result<(), String> {
        let found = self.text.lines().nth(number - 1).unwrap_or_default();
        if found == wanted {
            return Ok(());
        }
        if !updating() {
            return Err(format!(
                "line {number} should be (UPDATE=1 writes it): {wanted}"
            ));
        }
        self.rewrite(|page| {
            let mut lines: Vec<&str> = page.text.lines().collect();
            *lines.get_mut(number - 1)? = wanted;
            Some(lines.join("\n") + "\n")
        });
        Ok(())
    }

    fn rewrite(&self, change: impl FnOnce(&Page) -> Option<String>) {
        let _guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Page::load(&self.path);
        let text = change(&now).expect("the place to write is there");
        fs::write(&self.path, text).expect("the page can be written");
    }

    /// Returns the lines that are not inside a fence, numbered from 1.
    fn outside_fences(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut inside = false;
        self.text.lines().enumerate().filter_map(move |(at, line)| {
            if line.starts_with("```") {
                inside = !inside;
                return None;
            }
            (!inside).then_some((at + 1, line))
        })
    }

    fn fences(&self, heading: &str) -> Vec<Fence<'_>> {
        let mut fences: Vec<Fence<'_>> = Vec::new();
        let (mut here, mut inside, mut follows) = (false, false, false);
        let mut name = None;
        for (at, line) in self.text.lines().enumerate() {
            if let Some(info) = line.strip_prefix("```") {
                inside = !inside;
                if inside && here {
                    fences.push(Fence {
                        info,
                        name: name.take(),
                        lines: Vec::new(),
                        line: at + 2,
                        follows,
                    });
                    follows = true;
                }
            } else if inside {
                if let (true, Some(fence)) = (here, fences.last_mut()) {
                    fence.lines.push(line);
                }
            } else if let Some(found) = line.strip_prefix("## ") {
                (here, follows, name) = (found == heading, false, None);
            } else if let Some(found) = file_name(line) {
                name = Some(found);
            } else if !line.trim().is_empty() {
                (follows, name) = (false, None);
            }
        }
        fences
    }
}

/// Returns the file name that stands alone on a line: `` `variables.tf` ``.
fn file_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix('`')?.strip_suffix('`')?;
    let is_path = name.contains('.') && !name.contains(['`', ' ']);
    is_path.then_some(name)
}

impl Fence<'_> {
    fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// Returns the first word of the info string.
    fn language(&self) -> &str {
        self.info.split(' ').next().unwrap_or_default()
    }

    /// Returns what JSON, which has no comments, says in its info string: `json expect=AKS104@12,AKS105@3`.
    fn expected(&self) -> Vec<(u32, RuleId)> {
        let words = self.info.split(' ').skip(1);
        let lists = words.filter_map(|word| word.strip_prefix("expect="));
        let one = |marker: &str| {
            let (id, line) = marker.split_once('@')?;
            Some((line.parse().ok()?, RuleId::from_str(id).ok()?))
        };
        lists
            .flat_map(|list| list.split(','))
            .map(|marker| one(marker).unwrap_or_else(|| panic!("a broken marker: {marker}")))
            .collect()
    }

    fn file(&self, language: &str) -> ExampleFile {
        let main = match language {
            "bicep" => "main.bicep",
            "json" => "plan.json",
            _ => "main.tf",
        };
        let mut text = String::new();
        let mut markers = self.expected();
        for (number, line) in (1..).zip(&self.lines) {
            let (code, rules) = split_marker(line);
            text.push_str(code);
            text.push('\n');
            markers.extend(rules.into_iter().map(|rule| (number, rule)));
        }
        ExampleFile {
            name: self.name.unwrap_or(main).to_owned(),
            text,
            markers,
            line: self.line,
        }
    }
}

/// Takes the marker off a line: `x = 1 # <- AKS104, AKS105`.
fn split_marker(line: &str) -> (&str, Vec<RuleId>) {
    for mark in ["# <- ", "// <- "] {
        if let Some((code, ids)) = line.rsplit_once(mark) {
            let ids = ids.split(',').map(|id| RuleId::from_str(id.trim()));
            let ids = ids.collect::<Result<_, _>>();
            return (
                code.trim_end(),
                ids.unwrap_or_else(|()| panic!("a broken marker: {line}")),
            );
        }
    }
    (line, Vec::new())
}

impl Example {
    /// Returns path and text of each file.
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        self.files
            .iter()
            .map(|file| (file.name.as_str(), file.text.as_str()))
            .collect()
    }

    /// Returns the markers of one rule: file and line, sorted.
    pub(crate) fn marked(&self, rule: RuleId) -> Vec<(String, u32)> {
        let mut all: Vec<(String, u32)> = Vec::new();
        for file in &self.files {
            let of_rule = file.markers.iter().filter(|(_, id)| *id == rule);
            all.extend(of_rule.map(|(line, _)| (file.name.clone(), *line)));
        }
        all.sort();
        all
    }

    /// Returns the line of the page that the example begins on.
    pub(crate) fn line(&self) -> usize {
        self.files[0].line
    }
}

#[test]
fn markers_are_taken_off() {
    let id = RuleId(104);
    assert_eq!(split_marker("a = 1 # <- AKS104"), ("a = 1", vec![id]));
    assert_eq!(
        split_marker("a: 1 // <- AKS104, AKS105"),
        ("a: 1", vec![id, RuleId(105)])
    );
    assert_eq!(split_marker("a = 1 # why"), ("a = 1 # why", Vec::new()));
}

#[test]
fn json_says_in_its_head_what_is_expected() {
    let page = Page {
        path: PathBuf::new(),
        text: "## Fails\n\n```json expect=AKS803@2,AKS804@3\n{\n}\n```\n".to_owned(),
    };
    let examples = page.first_examples("Fails");
    let marked = |id| examples[0].marked(RuleId(id));
    assert_eq!(marked(803), [("plan.json".to_owned(), 2)]);
    assert_eq!(marked(804), [("plan.json".to_owned(), 3)]);
}

#[test]
fn named_fences_form_one_example() {
    let page = Page {
        path: PathBuf::new(),
        text: "## Fails\n\n`a.tf`\n\n```terraform\nx # <- AKS104\n```\n\n`b/c.tf`\n\n```terraform\n```\n\n```text\ny\n```\n\n\
               ```terraform\n## z\n```\n\n## Passes\n\n```terraform\n```\n"
            .to_owned(),
    };
    let examples = page.examples("Fails", "terraform");
    assert_eq!(examples.len(), 2);
    assert_eq!(examples[0].texts(), [("a.tf", "x\n"), ("b/c.tf", "")]);
    assert_eq!(examples[0].marked(RuleId(104)), [("a.tf".to_owned(), 1)]);
    assert_eq!(examples[0].line(), 6);
    assert_eq!(examples[1].texts(), [("main.tf", "## z\n")]);
    assert_eq!(page.block("Fails", "text").as_deref(), Some("y\n"));
    assert_eq!(page.headings(), ["Fails", "Passes"]);
}
