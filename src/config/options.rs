//! `[rules.AKS318]`: what a site sets for single rules. Which options there are is the rules' to say.

use toml::{Spanned, Value};

use super::nearest::did_you_mean;
use crate::cidr::Cidr;
use crate::finding::RuleId;
use crate::rules::options::{self, RuleOption, Setting, Takes};

/// Returns the option that a key of a rule means, or what is wrong with the key.
pub(super) fn find(rule: RuleId, key: &str) -> Result<&'static RuleOption, String> {
    if let Some(option) = options::of(rule).find(|option| option.key == key) {
        return Ok(option);
    }
    let keys: Vec<&str> = options::of(rule).map(|option| option.key).collect();
    if keys.is_empty() {
        return Err(format!("{rule} has no options"));
    }
    let near = match did_you_mean(key, keys.iter().copied()) {
        none if none.is_empty() => format!("; {rule} has {}", keys.join(", ")),
        near => near,
    };
    Err(format!("{rule} has no option {key:?}{near}"))
}

/// Reads what is set for an option, or says what is wrong with it.
pub(super) fn read(option: &RuleOption, value: &Spanned<Value>) -> Result<Setting, String> {
    let key = option.key;
    let list = value.get_ref().as_array();
    let texts: Option<Vec<&str>> = list.and_then(|items| items.iter().map(Value::as_str).collect());
    let Some(texts) = texts else {
        return Err(format!("{key} takes a list of strings"));
    };
    match option.takes {
        Takes::Words(_) if texts.is_empty() => Err(format!("{key} is empty")),
        Takes::Words(known) => {
            let words = texts.into_iter().map(|text| word(text, known));
            words.collect::<Result<_, _>>().map(Setting::Words)
        }
        Takes::Ranges => {
            let range = |text| Cidr::parse(text).map_err(|problem| format!("{text:?}: {problem}"));
            let ranges = texts.into_iter().map(range);
            ranges.collect::<Result<_, _>>().map(Setting::Ranges)
        }
    }
}

fn word(text: &str, known: &[&str]) -> Result<String, String> {
    if known.contains(&text) {
        return Ok(text.to_owned());
    }
    let near = match did_you_mean(text, known.iter().copied()) {
        none if none.is_empty() => format!("; the words are {}", known.join(", ")),
        near => near,
    };
    Err(format!("unknown word {text:?}{near}"))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::finding::RuleId;
    use crate::rules::options::Setting;

    fn refusal(text: &str) -> String {
        let error = Config::parse(text, "aksnet.toml").expect_err("it is wrong");
        error.to_string()
    }

    #[test]
    fn options_are_found_by_id_and_name() {
        for name in ["AKS318", "network-policy-missing"] {
            let text = format!("[rules.{name}]\nallowed-policies = ['cilium']");
            let config = Config::parse(&text, "aksnet.toml").expect("it is right");
            let set = config.rule_options().get(RuleId(318), "allowed-policies");
            assert_eq!(set, Some(&Setting::Words(vec!["cilium".to_owned()])));
        }
    }

    #[test]
    fn what_is_not_understood_has_a_place() {
        insta::assert_snapshot!(
            [
                "[rules.AKS318]\nallowed-policy = []",
                "[rules.AKS318]\nports = []",
                "[rules.AKS101]\nallowed-policies = []",
                "[rules.AKS999]\nallowed-policies = []",
                "[rules.AKS318]\nallowed-policies = 'cilium'",
                "[rules.AKS318]\nallowed-policies = ['cillium']",
                "[rules.AKS318]\nallowed-policies = ['weave']",
                "[rules.AKS318]\nallowed-policies = []",
                "[rules.AKS601]\nallowed-ranges = ['10.0.0.0']",
                "rules = []",
            ]
            .map(refusal)
            .join("\n"),
            @r#"
            aksnet.toml:2:1: AKS318 has no option "allowed-policy"; did you mean "allowed-policies"?
            aksnet.toml:2:1: AKS318 has no option "ports"; AKS318 has allowed-policies
            aksnet.toml:2:1: AKS101 has no options
            aksnet.toml:1:8: no rule is called "AKS999"
            aksnet.toml:2:20: allowed-policies takes a list of strings
            aksnet.toml:2:20: unknown word "cillium"; did you mean "cilium"?
            aksnet.toml:2:20: unknown word "weave"; the words are none, calico, azure, cilium
            aksnet.toml:2:20: allowed-policies is empty
            aksnet.toml:2:18: "10.0.0.0": the prefix length is missing
            aksnet.toml:1:9: invalid type: sequence, expected a map
            "#
        );
    }
}
