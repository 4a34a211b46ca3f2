//! What the address of a remote module means: its name in the registry, also where it is fetched by git, and its version.

use std::cmp::Ordering;

/// The address of a module that is no folder of the project.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ModuleSource {
    /// The name in the public registry, `Azure/aks/azurerm`, with `//modules/x` behind it for a module inside, or
    /// `br/public:avm/res/network/nat-gateway` in that of Bicep; `None` for what is neither from there nor from the repository
    /// that a module of Terraform has on GitHub.
    pub registry: Option<String>,
    /// The tag or branch that git is asked for, or the version that a Bicep address ends with.
    pub reference: Option<String>,
}

/// The public registry of Bicep, in each way in which it is written.
const BICEP: [&str; 2] = ["br/public:", "br:mcr.microsoft.com/bicep/"];

/// The registry that an address without a host means.
const REGISTRIES: [&str; 2] = ["registry.terraform.io/", "registry.opentofu.org/"];

impl ModuleSource {
    /// Takes an address apart as it is written behind `source`.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if let Some((path, version)) = bicep(text) {
            return ModuleSource {
                registry: Some(format!("br/public:{path}")),
                reference: Some(version.to_owned()),
            };
        }
        let (place, query) = text.split_once('?').unwrap_or((text, ""));
        let reference = query
            .split('&')
            .find_map(|part| part.strip_prefix("ref="))
            .map(str::to_owned);
        ModuleSource {
            registry: github(place).or_else(|| registry(place)),
            reference,
        }
    }
}

/// Returns path and version of a module of Bicep's public registry; `None` for one that a digest names.
fn bicep(text: &str) -> Option<(&str, &str)> {
    let named = BICEP.iter().find_map(|start| text.strip_prefix(start))?;
    named
        .split_once(':')
        .filter(|(path, _)| !path.contains('@'))
}

/// Returns the registry name of an address of the form `namespace/name/provider`.
fn registry(place: &str) -> Option<String> {
    let place = REGISTRIES
        .iter()
        .find_map(|host| place.strip_prefix(host))
        .unwrap_or(place);
    let (package, inner) = place.split_once("//").unwrap_or((place, ""));
    let segments: Vec<&str> = package.split('/').collect();
    let plain = |segment: &&str| {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !segment.is_empty() && segment.chars().all(word)
    };
    (segments.len() == 3 && segments.iter().all(plain)).then(|| within(package, inner))
}

/// Returns the registry name of a module whose repository on GitHub is `namespace/terraform-provider-name`.
fn github(place: &str) -> Option<String> {
    let place = place.strip_prefix("git::").unwrap_or(place);
    let place = place
        .split_once("://")
        .map_or(place, |(_, behind)| behind)
        .trim_start_matches("git@");
    let path = place
        .strip_prefix("github.com/")
        .or_else(|| place.strip_prefix("github.com:"))?;
    let (package, inner) = path.split_once("//").unwrap_or((path, ""));
    let (owner, repository) = package.trim_end_matches(".git").split_once('/')?;
    let (provider, name) = repository.strip_prefix("terraform-")?.split_once('-')?;
    Some(within(&format!("{owner}/{name}/{provider}"), inner))
}

fn within(package: &str, inner: &str) -> String {
    match inner.trim_matches('/') {
        "" => package.to_owned(),
        inner => format!("{package}//{inner}"),
    }
}

/// Tells whether a version constraint allows a version; what cannot be read forbids nothing.
pub fn allows(constraint: &str, version: &str) -> bool {
    let Some(version) = numbers(version) else {
        return true;
    };
    constraint
        .split(',')
        .all(|part| part_allows(part.trim(), &version))
}

fn part_allows(part: &str, version: &[u64]) -> bool {
    let digit = part
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(part.len());
    let (operator, number) = part.split_at(digit);
    let Some(asked) = numbers(number) else {
        return true;
    };
    let order = compare(version, &asked);
    match operator.trim().trim_end_matches('v').trim() {
        "" | "=" => order.is_eq(),
        "!=" => order.is_ne(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        "~>" => {
            let fixed = asked.len().saturating_sub(1).max(1);
            order.is_ge() && version.get(..fixed) == asked.get(..fixed)
        }
        _ => true,
    }
}

/// Returns the numbers of a version; `None` for one with letters, such as a beta.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let version = version.trim().trim_start_matches('v');
    version.split('.').map(|part| part.parse().ok()).collect()
}

fn compare(a: &[u64], b: &[u64]) -> Ordering {
    let at = |numbers: &[u64], index: usize| numbers.get(index).copied().unwrap_or(0);
    let orders = (0..a.len().max(b.len())).map(|index| at(a, index).cmp(&at(b, index)));
    orders.fold(Ordering::Equal, Ordering::then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_registry_names() {
        let read = |text| ModuleSource::read(text).registry;
        let aks = Some("Azure/aks/azurerm".to_owned());
        assert_eq!(read("Azure/aks/azurerm"), aks);
        assert_eq!(read("registry.terraform.io/Azure/aks/azurerm"), aks);
        let git = "git::https://github.com/Azure/terraform-azurerm-aks.git?ref=9.1.0";
        assert_eq!(read(git), aks);
        assert_eq!(ModuleSource::read(git).reference.as_deref(), Some("9.1.0"));
        assert_eq!(read("github.com/Azure/terraform-azurerm-aks"), aks);
        assert_eq!(read("git@github.com:Azure/terraform-azurerm-aks.git"), aks);
        let v4 = Some("Azure/aks/azurerm//v4".to_owned());
        assert_eq!(read("Azure/aks/azurerm//v4"), v4);
        assert_eq!(
            read("git::ssh://git@github.com/Azure/terraform-azurerm-aks//v4?ref=x"),
            v4
        );
        assert_eq!(read("app.terraform.io/acme/aks/azurerm"), None);
        assert_eq!(read("git::https://example.com/aks.git"), None);
        assert_eq!(read("s3::https://s3.amazonaws.com/b/aks.zip"), None);
    }

    #[test]
    fn addresses_of_bicep_have_registry_names() {
        for text in [
            "br/public:avm/res/network/nat-gateway:2.1.0",
            "br:mcr.microsoft.com/bicep/avm/res/network/nat-gateway:2.1.0",
        ] {
            let read = ModuleSource::read(text);
            let name = read.registry.as_deref();
            assert_eq!(name, Some("br/public:avm/res/network/nat-gateway"));
            assert_eq!(read.reference.as_deref(), Some("2.1.0"));
        }
        for text in [
            "br:acme.azurecr.io/bicep/avm/res/network/nat-gateway:2.1.0",
            "br/acme:network/nat-gateway:2.1.0",
            "br/public:avm/res/network/nat-gateway@sha256:0123",
            "ts/acme:nat-gateway:2.1.0",
        ] {
            assert_eq!(ModuleSource::read(text).registry, None, "{text}");
        }
    }

    #[test]
    fn constraints_allow_versions() {
        assert!(allows("~> 9.0", "9.4.1"));
        assert!(!allows("~> 9.0", "10.0.0"));
        assert!(!allows("~> 9.0.1", "9.1.0"));
        assert!(allows("9.1.0", "9.1.0"));
        assert!(!allows("9.1.0", "9.1.1"));
        assert!(allows(">= 8, < 10", "9.0"));
        assert!(!allows(">= 8, < 10", "10.0.0"));
        assert!(allows("nonsense", "10.0.0"));
    }
}
