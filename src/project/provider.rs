//! Which version of a provider a module asks for, as far as its constraint says.

use crate::source::Span;
use crate::syntax::Requirement;

/// The range of major versions that a constraint admits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ProviderVersion {
    /// The least major version; `None` when nothing says so.
    pub at_least: Option<u32>,
    /// The greatest major version; `None` when nothing says so.
    pub at_most: Option<u32>,
    /// The constraint in the code.
    pub span: Option<Span>,
}

impl ProviderVersion {
    /// Returns what a requirement says about azurerm; `None` when it is about another provider, or names no version.
    pub fn of_azurerm(requirement: &Requirement) -> Option<Self> {
        let address = requirement.address.as_deref();
        let address = address.unwrap_or("hashicorp/azurerm").to_ascii_lowercase();
        let azurerm =
            *requirement.provider.text == *"azurerm" && address.ends_with("hashicorp/azurerm");
        let version = requirement.version.as_ref().filter(|_| azurerm)?;
        Some(ProviderVersion::parse(&version.text, version.span))
    }

    /// Reads a Terraform version constraint: `~> 4.0`, `>= 3.0, < 5.0`, `4.1.0`. What it cannot read bounds nothing.
    pub fn parse(constraint: &str, span: Span) -> Self {
        let mut version = ProviderVersion {
            span: Some(span),
            ..ProviderVersion::default()
        };
        for part in constraint.split(',') {
            let part = part.trim();
            let split = part
                .find(|c: char| c.is_ascii_digit())
                .unwrap_or(part.len());
            let (operator, number) = part.split_at(split);
            let mut numbers = number.split('.').map(|n| n.trim().parse::<u32>().ok());
            let Some(major) = numbers.next().flatten() else {
                continue;
            };
            let first_of_major = numbers.flatten().all(|n| n == 0);
            let (low, high) = match operator.trim() {
                "" | "=" => (Some(major), Some(major)),
                "~>" if number.contains('.') => (Some(major), Some(major)),
                "~>" | ">=" | ">" => (Some(major), None),
                "<" if first_of_major => (None, Some(major.saturating_sub(1))),
                "<" | "<=" => (None, Some(major)),
                _ => (None, None),
            };
            version.at_least = version.at_least.max(low);
            version.at_most = match (version.at_most, high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        version
    }

    /// Returns the narrower of the two; Terraform uses one version for the root and all its modules.
    #[must_use]
    pub fn and(self, other: ProviderVersion) -> Self {
        let at_most = match (self.at_most, other.at_most) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        ProviderVersion {
            at_least: self.at_least.max(other.at_least),
            at_most,
            span: self.span.or(other.span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn constraints_bound_the_major_version() {
        let read = |text| {
            let version = ProviderVersion::parse(text, Span::new(SourceId(0), 0, 0));
            (version.at_least, version.at_most)
        };
        assert_eq!(read("~> 4.0"), (Some(4), Some(4)));
        assert_eq!(read("~> 4"), (Some(4), None));
        assert_eq!(read(">= 3.40, < 5.0.0"), (Some(3), Some(4)));
        assert_eq!(read(">=3.40, <5.1"), (Some(3), Some(5)));
        assert_eq!(read("=2.99.0"), (Some(2), Some(2)));
        assert_eq!(read("!= 3.1"), (None, None));
        assert_eq!(read("nonsense"), (None, None));
    }
}
