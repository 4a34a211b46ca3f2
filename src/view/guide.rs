//! Guides: the pages that `explain` has beside those of the rules. Each is a file of `rules/guide/`.

use std::io::{self, Write};

use serde::Serialize;

use super::Style;
use super::harmless::write_json;
use super::page::{Shape, write_for_terminal};

/// A page that is no rule's.
#[derive(Debug)]
pub struct Guide {
    /// What `explain` finds it by.
    pub name: &'static str,
    page: &'static str,
}

/// Every guide, by name.
static GUIDES: &[Guide] = &[Guide {
    name: "models",
    page: include_str!("../../rules/guide/models.md"),
}];

#[derive(Serialize)]
struct GuideJson {
    name: &'static str,
    title: &'static str,
    summary: &'static str,
    url: String,
    page: &'static str,
}

/// Returns every guide, sorted by name.
pub fn guides() -> &'static [Guide] {
    GUIDES
}

impl Guide {
    /// Returns the guide with this name, in any letter case.
    pub fn find(name: &str) -> Option<&'static Guide> {
        GUIDES
            .iter()
            .find(|guide| guide.name.eq_ignore_ascii_case(name))
    }

    /// Returns the first line, without its mark.
    fn title(&self) -> &'static str {
        let first = self.page.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// Returns the first paragraph, which is one line.
    fn summary(&self) -> &'static str {
        let text = |line: &&str| !line.is_empty() && !line.starts_with('#');
        self.page.lines().find(text).unwrap_or_default()
    }

    /// Returns the address of the page.
    fn url(&self) -> String {
        format!(
            "https://github.com/aksnet/aksnet/blob/main/rules/guide/{}.md",
            self.name
        )
    }
}

/// Writes a guide.
pub fn write_guide(
    guide: &Guide,
    shape: Shape,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match shape {
        Shape::Markdown => out.write_all(guide.page.as_bytes()),
        Shape::Human => write_for_terminal(guide.page, style, out),
        Shape::Json => {
            let json = GuideJson {
                name: guide.name,
                title: guide.title(),
                summary: guide.summary(),
                url: guide.url(),
                page: guide.page,
            };
            write_json(&json, out)
        }
    }
}
