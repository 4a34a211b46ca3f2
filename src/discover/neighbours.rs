//! Files that lie beside Terraform's and are not read: each with the reason, so that nobody wonders.

use std::collections::BTreeSet;

use super::language;
use crate::source::FilePath;

/// How the names of files of other tools end, and what they are.
const OTHERS: [(&str, &str); 12] = [
    ("terragrunt.hcl", "Terragrunt's settings"),
    (".tfstack.hcl", "a Terraform stack"),
    (".tfcomponent.hcl", "a Terraform stack"),
    (".tfdeploy.hcl", "a deployment of a Terraform stack"),
    (".tftest.hcl", "a test"),
    (".tofutest.hcl", "a test"),
    (".tftest.json", "a test"),
    (".tofutest.json", "a test"),
    (".tfmock.hcl", "mock data of tests"),
    (".tfmock.json", "mock data of tests"),
    (".tflint.hcl", "TFLint's settings"),
    (".pkr.hcl", "a Packer template"),
];

/// Why a `.tf` file is not read beside a `.tofu` file of its name.
const HAS_TOFU: &str = "OpenTofu reads the .tofu file of this name instead";

/// Returns what a file of another tool is.
pub(super) fn other_tool(path: &FilePath) -> Option<&'static str> {
    let name = path.file_name();
    let mut others = OTHERS.iter();
    others
        .find(|(end, _)| name.ends_with(end))
        .map(|(_, reason)| *reason)
}

/// Takes the files that are not read out of those that were found.
pub(super) fn take_out(found: &mut BTreeSet<FilePath>) -> Vec<(FilePath, &'static str)> {
    let reason = |path: &FilePath| {
        let in_tofu = in_tofu(path).is_some_and(|tofu| found.contains(&tofu));
        if in_tofu {
            Some(HAS_TOFU)
        } else if language(path).is_none() {
            other_tool(path)
        } else {
            None
        }
    };
    let out: Vec<(FilePath, &'static str)> = found
        .iter()
        .filter_map(|path| Some((path.clone(), reason(path)?)))
        .collect();
    for (path, _) in &out {
        found.remove(path);
    }
    out
}

/// Returns the path that is looked at before a `.tf` or `.tf.json` file.
fn in_tofu(path: &FilePath) -> Option<FilePath> {
    let text = path.as_str();
    let tofu = match text.strip_suffix(".json") {
        Some(text) => format!("{}.tofu.json", text.strip_suffix(".tf")?),
        None => format!("{}.tofu", text.strip_suffix(".tf")?),
    };
    FilePath::new(&tofu)
}
