//! `[[allow]]`: a suppression in aksnet.toml. Whether it is needed is the pipeline's to say.

use std::ops::Range;

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;

use crate::finding::RuleId;
use crate::source::FilePath;

/// An entry of `[[allow]]`. Without path and address it covers everything.
#[derive(Clone, Debug)]
pub struct Allow {
    /// What is suppressed.
    pub rule: RuleId,
    /// Why; never empty.
    pub reason: String,
    /// The files, or folders, below the project root.
    pub(crate) path: Option<GlobMatcher>,
    /// The addresses of resources.
    pub(crate) address: Option<GlobMatcher>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// The bytes in aksnet.toml that name the rule.
    pub(crate) place: Range<usize>,
}

impl Allow {
    /// Tells whether it covers a file, by its own path or by a folder that holds it.
    pub(crate) fn covers_file(&self, path: Option<&FilePath>) -> bool {
        let Some(glob) = &self.path else { return true };
        let Some(path) = path else { return false };
        let folders = path.as_str().match_indices('/').map(|(end, _)| end);
        folders
            .chain([path.as_str().len()])
            .any(|end| glob.is_match(&path.as_str()[..end]))
    }

    /// Tells whether it covers the resource with this address.
    pub(crate) fn covers_address(&self, address: &str) -> bool {
        self.address
            .as_ref()
            .is_none_or(|glob| glob.is_match(address))
    }
}

/// Returns the matcher of a path: `*` stops at `/`, `**` does not.
pub(super) fn path_glob(text: &str) -> Result<GlobMatcher, globset::Error> {
    let text = text.trim_start_matches("./").trim_end_matches('/');
    let glob = GlobBuilder::new(text).literal_separator(true).build()?;
    Ok(glob.compile_matcher())
}

/// Returns the matcher of an address: `*` is anything, and nothing else is special, for brackets belong to addresses.
pub(super) fn address_glob(text: &str) -> Result<GlobMatcher, globset::Error> {
    let parts: Vec<String> = text.split('*').map(globset::escape).collect();
    let glob = GlobBuilder::new(&parts.join("*"))
        .literal_separator(false)
        .build()?;
    Ok(glob.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_of_addresses_are_letters() {
        let glob = address_glob(r#"module.*.azurerm_subnet.a["x"]"#).unwrap();
        assert!(glob.is_match(r#"module.net["eu/west"].azurerm_subnet.a["x"]"#));
        assert!(!glob.is_match("module.net.azurerm_subnet.ax"));
    }

    #[test]
    fn a_folder_stands_for_its_files() {
        let allow = |path: &str| Allow {
            rule: RuleId(104),
            reason: "why".to_owned(),
            path: Some(path_glob(path).unwrap()),
            address: None,
            until: None,
            place: 0..0,
        };
        let file = FilePath::new("modules/net/main.tf");
        assert!(allow("modules/net").covers_file(file.as_ref()));
        assert!(allow("./modules/").covers_file(file.as_ref()));
        assert!(allow("modules/*/*.tf").covers_file(file.as_ref()));
        assert!(allow("**/main.tf").covers_file(file.as_ref()));
        assert!(!allow("modules/n").covers_file(file.as_ref()));
        assert!(!allow("*.tf").covers_file(file.as_ref()));
        assert!(!allow("**").covers_file(None));
    }
}
