//! `[[ranges]]`: networks that no code declares, in aksnet.toml. What meets them is the rules' to say.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::nearest::did_you_mean;
use crate::cidr::Cidr;
use crate::rules::{SiteKind, SiteRange};

/// An entry of `[[ranges]]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRange {
    name: Spanned<String>,
    cidr: Spanned<String>,
    kind: Spanned<String>,
}

/// Returns the network, or what is wrong with it and where.
pub(super) fn understand(written: &WrittenRange) -> Result<SiteRange, (Range<usize>, String)> {
    let name = written.name.get_ref().trim();
    if name.is_empty() {
        return Err((written.name.span(), "the name is empty".to_owned()));
    }
    let text = written.cidr.get_ref();
    let cidr = Cidr::parse(text).map_err(|problem| {
        let message = format!("{text:?} is malformed: {problem}");
        (written.cidr.span(), message)
    })?;
    Ok(SiteRange {
        name: name.to_owned(),
        cidr,
        kind: kind(&written.kind)?,
    })
}

fn kind(written: &Spanned<String>) -> Result<SiteKind, (Range<usize>, String)> {
    let word = written.get_ref();
    let all = SiteKind::ALL;
    all.into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| {
            let words = all.map(SiteKind::word);
            let near = did_you_mean(word, words);
            let message = format!(
                "unknown kind of network {word:?}{near}; it is {}",
                words.join(" or ")
            );
            (written.span(), message)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn refusal(text: &str) -> String {
        let error = Config::parse(text, "aksnet.toml").unwrap_err();
        error.to_string()
    }

    #[test]
    fn networks_are_read_in_order() {
        let text = "[[ranges]]\nname = 'office'\ncidr = '10.20.0.0/16'\nkind = 'on-premises'\n\
                    [[ranges]]\nname = ' hub '\ncidr = 'fd00::/48'\nkind = 'peered'\n";
        let config = Config::parse(text, "aksnet.toml").unwrap();
        let said: Vec<String> = config
            .site_ranges()
            .iter()
            .map(SiteRange::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "the on-premises network office, 10.20.0.0/16",
                "the peered network hub, fd00::/48"
            ]
        );
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let entry = |name: &str, cidr: &str, kind: &str| {
            format!("[[ranges]]\nname = '{name}'\ncidr = '{cidr}'\nkind = '{kind}'\n")
        };
        insta::assert_snapshot!(
            [
                entry("office", "10.0.0.0", "on-premises"),
                entry("office", "10.0.0.0/8", "onpremises"),
                entry("office", "10.0.0.0/8", "moon"),
                entry(" ", "10.0.0.0/8", "peered"),
                "[[ranges]]\nname = 'a'\ncidr = '10.0.0.0/8'\n".to_owned(),
                "[[ranges]]\nrange = '10.0.0.0/8'\n".to_owned(),
            ]
            .map(|text| refusal(&text))
            .join("\n"),
            @r#"
            aksnet.toml:3:8: "10.0.0.0" is malformed: the prefix length is missing
            aksnet.toml:4:8: unknown kind of network "onpremises"; did you mean "on-premises"?; it is on-premises or peered
            aksnet.toml:4:8: unknown kind of network "moon"; it is on-premises or peered
            aksnet.toml:2:8: the name is empty
            aksnet.toml:1:1: the key "kind" is missing
            aksnet.toml:2:1: unknown key "range"; the keys are name, cidr, kind
            "#
        );
    }
}
