//! Holds the code to the table of who may use whom, and to the few habits that no lint knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Who may use whom. A module may always use itself; `main` and `lib` are outside the table.
const MAY_USE: &[(&str, &str)] = &[
    ("source", ""),
    ("truth", ""),
    ("cidr", ""),
    ("value", "source truth cidr"),
    ("finding", "source value"),
    ("azure", "cidr value finding"),
    ("discover", "source finding"),
    ("expr", "source"),
    ("syntax", "source expr finding"),
    ("project", "source value truth expr syntax finding"),
    ("resource", "source value truth project"),
    (
        "eval",
        "source value truth cidr expr syntax project resource finding",
    ),
    ("recorded", "source value truth resource project finding"),
    ("model", "source value truth cidr azure project"),
    (
        "schema",
        "source value truth cidr resource model azure finding project",
    ),
    ("capacity", "model azure value cidr truth source"),
    (
        "rules",
        "model capacity azure value cidr truth finding source",
    ),
    ("config", "rules finding source value cidr project"),
    (
        "pipeline",
        "rules config model finding source value truth project",
    ),
    (
        "engine",
        "source truth cidr value finding azure discover expr syntax project resource eval recorded model schema capacity \
         rules config pipeline",
    ),
    (
        "what_if",
        "model capacity azure value truth finding source rules config pipeline",
    ),
    ("fix", "finding source"),
    (
        "view",
        "engine what_if rules model capacity azure finding source value truth cidr project",
    ),
    ("lsp", "engine view fix config finding source"),
    (
        "cli",
        "source truth cidr value finding azure discover expr syntax project resource eval recorded model schema capacity \
         rules config pipeline engine what_if fix view lsp",
    ),
];

/// Modules that may write to standard output and standard error.
const MAY_PRINT: &[&str] = &["view", "cli"];

/// Files that may be longer than [`LINES`], and why.
const LONG_FILES: &[(&str, &str)] = &[
    (
        "schema/known_modules/azure_aks.rs",
        "a table of arguments and attributes",
    ),
    (
        "schema/known_modules/claranet_light.rs",
        "a table of arguments and attributes",
    ),
    (
        "schema/known_modules/cloudnationhq.rs",
        "a table of arguments and attributes",
    ),
    (
        "schema/known_modules/managed_cluster.rs",
        "a table of arguments and attributes",
    ),
];

/// The most lines of a file.
const LINES: usize = 400;

/// A file of `src/`.
struct File {
    /// The path below `src/`, `/` between segments.
    name: String,
    /// The module path: `["rules", "cx"]`.
    module: Vec<String>,
    text: String,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src/") {
            let path = entry.expect("an entry of src/").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(file(&root, &path));
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(files.len() > 20, "src/ was not found");
    files
}

fn file(root: &Path, path: &PathBuf) -> File {
    let below = path.strip_prefix(root).expect("a path below src/");
    let segments: Vec<String> = below
        .with_extension("")
        .iter()
        .map(|s| s.to_str().expect("a plain name").to_owned())
        .collect();
    let mut module = segments.clone();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    File {
        name: segments.join("/") + ".rs",
        module,
        text: fs::read_to_string(path).expect("a file of src/"),
    }
}

/// Returns the code without comments, strings and `#[cfg(test)]` modules, line breaks kept.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if c == '"' {
            string_end(rest)
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            0
        };
        if skipped == 0 {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            out.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
            rest = &rest[skipped..];
        }
    }
    without_tests(&out)
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

fn without_tests(code: &str) -> String {
    let Some(start) = code.find("#[cfg(test)]\nmod tests {") else {
        return code.to_owned();
    };
    code[..start].to_owned()
}

/// Returns the top-level modules that a file names, with the line of the first mention.
fn uses(file: &File) -> BTreeMap<String, usize> {
    let code = code(&file.text);
    let mut found = BTreeMap::new();
    let mut depth_of = |from: usize, after: usize| {
        let line = code[..from].matches('\n').count() + 1;
        for name in heads(&code[after..]) {
            found.entry(name).or_insert(line);
        }
    };
    for (at, mark) in code.match_indices("crate::") {
        if !word_before(&code, at) {
            depth_of(at, at + mark.len());
        }
    }
    let root = "super::".repeat(file.module.len());
    for (at, _) in code.match_indices("super::") {
        let within = code[..at].ends_with("super::");
        if !within && !root.is_empty() && code[at..].starts_with(&root) {
            depth_of(at, at + root.len());
        }
    }
    found
}

fn word_before(code: &str, at: usize) -> bool {
    code[..at]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Returns the first names of a path or of each path in a group: `a::b` and `{a::b, c}`.
fn heads(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut depth = 0;
    let mut all = vec![name(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => all.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    all.retain(|name| !name.is_empty());
    all
}

#[test]
fn modules_use_only_whom_they_may() {
    let table: BTreeMap<&str, BTreeSet<&str>> = MAY_USE
        .iter()
        .map(|(module, may)| (*module, may.split_whitespace().collect()))
        .collect();
    let mut faults = Vec::new();
    for file in files() {
        let module = file.module[0].as_str();
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let Some(may) = table.get(module) else {
            faults.push(format!(
                "src/{}: module `{module}` is not in the table",
                file.name
            ));
            continue;
        };
        for (used, line) in uses(&file) {
            if used != module && !may.contains(used.as_str()) {
                faults.push(format!(
                    "src/{}:{line}: `{module}` may not use `{used}`",
                    file.name
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_table_has_no_cycle() {
    let table: BTreeMap<&str, Vec<&str>> = MAY_USE
        .iter()
        .map(|(module, may)| (*module, may.split_whitespace().collect()))
        .collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < table.len() {
        let ready: Vec<&str> = table
            .iter()
            .filter(|(module, may)| !done.contains(*module) && may.iter().all(|m| done.contains(m)))
            .map(|(module, _)| *module)
            .collect();
        let open: Vec<&&str> = table.keys().filter(|m| !done.contains(**m)).collect();
        assert!(
            !ready.is_empty(),
            "a cycle, or a name without a row, among {open:?}"
        );
        done.extend(ready);
    }
}

#[test]
fn only_views_and_commands_print() {
    let mut faults = Vec::new();
    for file in files() {
        if MAY_PRINT.contains(&file.module[0].as_str()) {
            continue;
        }
        for (number, line) in code(&file.text).lines().enumerate() {
            if ["println!", "print!"].iter().any(|m| line.contains(m)) {
                faults.push(format!("src/{}:{}: {}", file.name, number + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_are_short() {
    let mut faults = Vec::new();
    for file in files() {
        let lines = file.text.lines().count();
        let excepted = LONG_FILES.iter().any(|(name, _)| *name == file.name);
        if lines > LINES && !excepted {
            faults.push(format!("src/{}: {lines} lines, at most {LINES}", file.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn paths_are_found() {
    let file = |module: &[&str], text: &str| File {
        name: String::new(),
        module: module.iter().map(|s| (*s).to_owned()).collect(),
        text: text.to_owned(),
    };
    let used =
        |module: &[&str], text| -> Vec<String> { uses(&file(module, text)).into_keys().collect() };
    assert_eq!(
        used(
            &["a"],
            "use crate::{b::{c, d}, e};\n// crate::f\nlet x = \"crate::g\";"
        ),
        ["b", "e"]
    );
    assert_eq!(
        used(&["a", "b"], "use super::c; use super::super::d;"),
        ["d"]
    );
    assert_eq!(used(&["a"], "pub(crate) use super::{c, d::e};"), ["c", "d"]);
    assert_eq!(used(&["a"], "let c = '\"'; crate::b::c(); '\"'"), ["b"]);
}
