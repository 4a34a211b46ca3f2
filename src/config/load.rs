//! Reads aksnet.toml. What it does not understand is an error with its place: a misspelt key must not pass for silence.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::allow::{address_glob, path_glob};
use super::disk::{below, inside, read, shown};
use super::nearest::did_you_mean;
use super::ranges::{self, WrittenRange};
use super::said::{WrittenFact, WrittenTerraform};
use super::{Allow, Catalogue, Config, ConfigFile, Error, options, selection};
use crate::finding::{RuleId, Severity};
use crate::source::FilePath;

/// The name of the file at the project root.
const FILE_NAME: &str = "aksnet.toml";

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    select: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    severity: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    allow: Vec<WrittenAllow>,
    #[serde(default)]
    terraform: WrittenTerraform,
    #[serde(default)]
    facts: Vec<WrittenFact>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, WrittenOptions>,
    #[serde(default)]
    ranges: Vec<WrittenRange>,
    #[serde(rename = "module-cache")]
    module_cache: Option<String>,
}

/// A table of `[rules]` as it is written.
type WrittenOptions = BTreeMap<Spanned<String>, Spanned<toml::Value>>;

/// An entry of `[[allow]]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAllow {
    rule: Spanned<String>,
    reason: Spanned<String>,
    path: Option<Spanned<String>>,
    address: Option<Spanned<String>>,
    until: Option<Spanned<toml::Value>>,
}

impl Config {
    /// Reads the given file, else aksnet.toml at the project root if there is one. `isolated` reads none.
    pub fn load(file: Option<&Path>, isolated: bool, project_root: &Path) -> Result<Self, Error> {
        if isolated {
            return Ok(Config::default());
        }
        let default = project_root.join(FILE_NAME);
        let disk = match file {
            Some(file) => file,
            None if default.is_file() => inside(&default, project_root)?,
            None => return Ok(Config::default()),
        };
        let name = shown(disk);
        let text = match read(disk) {
            Ok(text) => text,
            Err(source) => return Err(Error::Read { name, source }),
        };
        let mut config = Config::parse(&text, &name)?;
        config.module_cache = config.module_cache.map(|cache| from_home(&cache, disk));
        config.file = Some(ConfigFile {
            name,
            disk: disk.to_owned(),
            text,
            path: below(disk, project_root),
        });
        Ok(config)
    }

    /// Reads a text; `name` is the file as shown.
    pub fn parse(text: &str, name: &str) -> Result<Self, Error> {
        Config::parse_over(text, name, Catalogue::default())
    }

    /// Reads a text that speaks of these rules.
    pub(crate) fn parse_over(text: &str, name: &str, catalogue: Catalogue) -> Result<Self, Error> {
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        let reader = Reader {
            text: bare,
            name,
            catalogue,
        };
        let written: Written = toml::from_str(bare).map_err(|error| reader.refused(&error))?;
        let mut config = reader.understand(&written)?;
        config.file = Some(ConfigFile {
            name: name.to_owned(),
            disk: PathBuf::new(),
            text: text.to_owned(),
            path: FilePath::new(name),
        });
        Ok(config)
    }
}

/// Returns a folder as the file means it: below the home folder behind `~/`, else from the folder of the file.
fn from_home(folder: &Path, file: &Path) -> PathBuf {
    match (folder.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => file.parent().unwrap_or(Path::new("")).join(folder),
    }
}

/// A text on the way to a [`Config`].
pub(super) struct Reader<'a> {
    text: &'a str,
    name: &'a str,
    catalogue: Catalogue,
}

impl Reader<'_> {
    fn understand(&self, written: &Written) -> Result<Config, Error> {
        let mut config = Config {
            catalogue: self.catalogue,
            ..Config::default()
        };
        for word in written.select.iter().flatten() {
            let rules = self.group(word)?;
            config.selected.get_or_insert_default().extend(rules);
        }
        for word in &written.ignore {
            config.ignored.extend(self.group(word)?);
        }
        for (rule, severity) in &written.severity {
            let word = severity.get_ref();
            let severity: Severity = word.parse().map_err(|()| {
                let near = did_you_mean(word, ["error", "warning", "advice"]);
                self.error(
                    severity.span(),
                    format!("unknown severity {word:?}{near}; it is error, warning or advice"),
                )
            })?;
            config.severities.insert(self.rule(rule)?, severity);
        }
        for entry in &written.allow {
            config.allows.push(self.allow(entry)?);
        }
        config.roots = self.roots(&written.terraform)?;
        config.facts = self.facts(&written.facts)?;
        for (rule, options) in &written.rules {
            self.options(self.rule(rule)?, options, &mut config)?;
        }
        for entry in &written.ranges {
            let understood = ranges::understand(entry);
            let range = understood.map_err(|(place, message)| self.error(place, message))?;
            config.site_ranges.push(range);
        }
        config.module_cache = written.module_cache.as_ref().map(PathBuf::from);
        Ok(config)
    }

    fn options(
        &self,
        rule: RuleId,
        written: &WrittenOptions,
        config: &mut Config,
    ) -> Result<(), Error> {
        for (key, value) in written {
            let option = options::find(rule, key.get_ref())
                .map_err(|message| self.error(key.span(), message))?;
            let setting = options::read(option, value)
                .map_err(|message| self.error(value.span(), message))?;
            config.options.set(option, setting);
        }
        Ok(())
    }

    fn allow(&self, entry: &WrittenAllow) -> Result<Allow, Error> {
        if entry.reason.get_ref().trim().is_empty() {
            let message = "the reason is empty".to_owned();
            return Err(self.error(entry.reason.span(), message));
        }
        Ok(Allow {
            rule: self.rule(&entry.rule)?,
            reason: entry.reason.get_ref().clone(),
            path: self.glob(entry.path.as_ref(), path_glob)?,
            address: self.glob(entry.address.as_ref(), address_glob)?,
            until: entry
                .until
                .as_ref()
                .map(|until| self.date(until))
                .transpose()?,
            place: entry.rule.span(),
        })
    }

    fn glob<G>(
        &self,
        text: Option<&Spanned<String>>,
        compile: fn(&str) -> Result<G, globset::Error>,
    ) -> Result<Option<G>, Error> {
        let compiled = |text: &Spanned<String>| {
            compile(text.get_ref()).map_err(|error| {
                self.error(text.span(), format!("not a pattern: {}", error.kind()))
            })
        };
        text.map(compiled).transpose()
    }

    /// Reads a day, in quotes or without.
    fn date(&self, until: &Spanned<toml::Value>) -> Result<Date, Error> {
        let text = match until.get_ref() {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        text.parse().map_err(|_| {
            let message = format!("{text} is not a day; write it as 2027-03-31");
            self.error(until.span(), message)
        })
    }

    fn rule(&self, word: &Spanned<String>) -> Result<RuleId, Error> {
        let rule = self.catalogue.find(word.get_ref());
        rule.map(|rule| rule.id).ok_or_else(|| {
            let message = selection::unknown_rule(word.get_ref(), self.catalogue);
            self.error(word.span(), message)
        })
    }

    fn group(&self, word: &Spanned<String>) -> Result<impl Iterator<Item = RuleId>, Error> {
        selection::resolve(word.get_ref(), self.catalogue)
            .map(IntoIterator::into_iter)
            .map_err(|message| self.error(word.span(), message))
    }

    /// Puts what the TOML reader refuses into our words.
    fn refused(&self, error: &toml::de::Error) -> Error {
        let message = error.message().trim_end_matches('\n');
        let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let message = match quoted.split_first() {
            Some((key, known)) if message.starts_with("unknown field") => {
                let near = match did_you_mean(key, known.iter().copied()) {
                    none if none.is_empty() => format!("; the keys are {}", known.join(", ")),
                    near => near,
                };
                format!("unknown key {key:?}{near}")
            }
            Some((key, _)) if message.starts_with("missing field") => {
                format!("the key {key:?} is missing")
            }
            _ => message.replace('\n', ", "),
        };
        self.error(error.span().unwrap_or(0..0), message)
    }

    pub(super) fn error(&self, range: Range<usize>, message: String) -> Error {
        Error::at(self.name, self.text, range, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::catalogue;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse_over(text, "aksnet.toml", catalogue()).map_err(|error| error.to_string())
    }

    fn refusal(text: &str) -> String {
        parse(text).unwrap_err()
    }

    #[test]
    fn selection_severity_and_allow() {
        let config = parse(
            "select = ['category:addressing', 'kind:capacity']\nignore = ['dns-ip-odd']\n\
             [severity]\nAKS104 = 'advice'\n\
             [[allow]]\nrule = 'aks101'\nreason = 'because'\npath = 'envs/**'\nuntil = 2027-03-31\n\
             [[allow]]\nrule = 'subnet-full'\nreason = 'small'\naddress = 'azurerm_subnet.*'\nuntil = '2027-04-01'\n",
        )
        .unwrap();
        let runs: Vec<u16> = [4, 101, 104, 108, 201]
            .into_iter()
            .filter(|id| config.runs(RuleId(*id)))
            .collect();
        assert_eq!(runs, [101, 104, 201]);
        assert_eq!(config.severity_of(RuleId(104)), Severity::Advice);
        assert_eq!(config.severity_of(RuleId(101)), Severity::Error);
        let days: Vec<String> = config
            .allows()
            .iter()
            .filter_map(|allow| allow.until.map(|day| day.to_string()))
            .collect();
        assert_eq!(days, ["2027-03-31", "2027-04-01"]);
        assert_eq!(config.allows()[0].rule, RuleId(101));
    }

    #[test]
    fn misspelt_words_have_a_place() {
        insta::assert_snapshot!(
            [
                "\nignore = []\nselct = []",
                "[[allow]]\nrule = 'AKS101'\nreason = 'x'\nadress = 'y'",
                "[[allow]]\nrule = 'AKS101'",
                "[[allow]]\nrule = 'AKS101'\nreason = ' '",
                "ignore = ['AKS101', 'AKS999']",
                "ignore = ['dns-ip-outsid']",
                "select = ['category:adressing']",
                "select = ['categori:addressing']",
                "select = 'AKS101'",
                "[severity]\nAKS104 = 'off'",
                "[severity]\ncidr-malformd = 'error'",
                "[[allow]]\nrule = 'AKS101'\nreason = 'ä'\nuntil = 2027",
                "[[allow]]\nrule = 'AKS101'\nreason = 'ä'\npath = 'a[b'",
                "select = [",
                "\u{feff}words = []",
            ]
            .map(refusal)
            .join("\n"),
            @r#"
            aksnet.toml:3:1: unknown key "selct"; did you mean "select"?
            aksnet.toml:4:1: unknown key "adress"; did you mean "address"?
            aksnet.toml:1:1: the key "reason" is missing
            aksnet.toml:3:10: the reason is empty
            aksnet.toml:1:21: no rule is called "AKS999"
            aksnet.toml:1:11: no rule is called "dns-ip-outsid"; did you mean "dns-ip-outside"?
            aksnet.toml:1:11: no rule has the category "adressing"; did you mean "addressing"?
            aksnet.toml:1:11: unknown group of rules "categori"; did you mean "category"?
            aksnet.toml:1:10: invalid type: string "AKS101", expected a sequence
            aksnet.toml:2:10: unknown severity "off"; it is error, warning or advice
            aksnet.toml:2:1: no rule is called "cidr-malformd"; did you mean "cidr-malformed"?
            aksnet.toml:4:9: 2027 is not a day; write it as 2027-03-31
            aksnet.toml:4:8: not a pattern: unclosed character class; missing ']'
            aksnet.toml:1:11: unclosed array, expected `]`
            aksnet.toml:1:1: unknown key "words"; the keys are select, ignore, severity, allow, terraform, facts, rules, ranges, module-cache
            "#
        );
    }

    #[test]
    fn flags_replace_the_selection_and_add_to_what_is_ignored() {
        let mut config = parse("select = ['AKS101']\nignore = ['AKS104']").unwrap();
        config
            .select(&["AKS104, dns-ip-odd".to_owned(), "AKS201".to_owned()])
            .unwrap();
        config.ignore(&["kind:capacity".to_owned()]).unwrap();
        config.select(&[]).unwrap();
        let runs: Vec<u16> = [101, 104, 108, 201]
            .into_iter()
            .filter(|id| config.runs(RuleId(*id)))
            .collect();
        assert_eq!(runs, [108]);
        assert_eq!(
            config
                .ignore(&["stage:validat".to_owned()])
                .unwrap_err()
                .to_string(),
            "--ignore: no rule has the stage \"validat\"; did you mean \"validate\"?"
        );
    }

    #[test]
    fn the_floor_hides_what_is_below() {
        let mut config = parse("").unwrap();
        assert!(config.shows(Severity::Advice));
        config.min_severity(Severity::Warning);
        assert!(!config.shows(Severity::Advice));
        assert!(config.shows(Severity::Warning));
    }

    #[test]
    fn the_file_at_the_project_root_is_read_unless_isolated() {
        let root = std::env::temp_dir().join(format!("aksnet-config-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let none = Config::load(None, false, &root).unwrap();
        std::fs::write(root.join(FILE_NAME), "selct = []").unwrap();
        let found = Config::load(None, false, &root);
        let isolated = Config::load(None, true, &root);
        let missing = Config::load(Some(&root.join("other.toml")), false, &root);
        std::fs::remove_dir_all(&root).unwrap();
        assert!(none.file.is_none());
        assert!(matches!(found, Err(Error::Text { line: 1, .. })));
        assert!(isolated.is_ok());
        assert!(matches!(missing, Err(Error::Read { .. })));
    }
}
