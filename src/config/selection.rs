//! `select` and `ignore`: words for rules and groups of rules. Knows nothing of where the words were written.

use std::collections::BTreeSet;

use super::Catalogue;
use super::nearest::did_you_mean;
use crate::finding::RuleId;
use crate::rules::Rule;

/// Returns the rules that a word means: an id, a name, `category:…`, `kind:…` or `stage:…`; an error in words if it means none.
pub(super) fn resolve(word: &str, catalogue: Catalogue) -> Result<BTreeSet<RuleId>, String> {
    let Some((group, name)) = word.split_once(':') else {
        return match catalogue.find(word) {
            Some(rule) => Ok(BTreeSet::from([rule.id])),
            None => Err(unknown_rule(word, catalogue)),
        };
    };
    let of_group: fn(&Rule) -> Option<&'static str> = match group {
        "category" => |rule| Some(rule.category.word()),
        "kind" => |rule| Some(rule.kind.word()),
        "stage" => |rule| rule.stage.map(crate::rules::Stage::word),
        _ => {
            let near = did_you_mean(group, ["category", "kind", "stage"]);
            return Err(format!("unknown group of rules {group:?}{near}"));
        }
    };
    let all = catalogue.all();
    let rules: BTreeSet<RuleId> = all
        .iter()
        .filter(|rule| of_group(rule) == Some(name))
        .map(|rule| rule.id)
        .collect();
    if rules.is_empty() {
        let near = did_you_mean(name, all.iter().filter_map(|rule| of_group(rule)));
        return Err(format!("no rule has the {group} {name:?}{near}"));
    }
    Ok(rules)
}

/// Returns the sentence about a word that names no rule.
pub(super) fn unknown_rule(word: &str, catalogue: Catalogue) -> String {
    let near = catalogue
        .nearest(word)
        .map(|near| format!("; did you mean {near:?}?"))
        .unwrap_or_default();
    format!("no rule is called {word:?}{near}")
}

/// Returns the words of a flag that may hold several, separated by commas.
pub(super) fn words(values: &[String]) -> impl Iterator<Item = &str> {
    values
        .iter()
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|word| !word.is_empty())
}
