//! Addresses as Terraform prints them, taken apart.

use crate::source::Symbol;
use crate::value::Key;

/// A name in an address, and the key behind it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Part {
    /// `module`, `azurerm_subnet`, `nodes`.
    pub(super) name: Symbol,
    /// `["a"]`, `[0]`, or nothing.
    pub(super) key: Key,
}

/// Takes an address apart: `module.net["a"].azurerm_subnet.nodes[0].id`. `None` if it is none.
pub(super) fn parts(address: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = address;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(end);
        if name.is_empty() {
            return None;
        }
        let (key, tail) = match tail.strip_prefix('[') {
            Some(inside) => key(inside)?,
            None => (Key::None, tail),
        };
        parts.push(Part {
            name: name.into(),
            key,
        });
        // A second index goes into the value, not to another instance.
        let tail = tail.trim_start_matches(|c| c != '.');
        match tail.strip_prefix('.') {
            Some(next) => rest = next,
            None => return Some(parts),
        }
    }
}

/// Reads a key up to behind its closing bracket.
fn key(inside: &str) -> Option<(Key, &str)> {
    if !inside.starts_with('"') {
        let (digits, tail) = inside.split_once(']')?;
        return Some((Key::Index(digits.parse().ok()?), tail));
    }
    let mut escaped = false;
    let end = inside.char_indices().skip(1).find_map(|(at, c)| match c {
        '"' if !escaped => Some(at + 1),
        '\\' => {
            escaped = !escaped;
            None
        }
        _ => {
            escaped = false;
            None
        }
    })?;
    let (quoted, tail) = inside.split_at(end);
    // Terraform escapes `${` and `%{` as in its own strings.
    let quoted = quoted.replace("$${", "${").replace("%%{", "%{");
    let name: String = serde_json::from_str(&quoted).ok()?;
    Some((Key::Name(name.into()), tail.strip_prefix(']')?))
}

/// Splits the module instances off an address: their calls and keys, outermost first, and the rest.
pub(super) fn split_modules(parts: &[Part]) -> (Vec<Part>, &[Part]) {
    let mut modules = Vec::new();
    let mut rest = parts;
    while let [first, call, tail @ ..] = rest
        && first.name.as_str() == "module"
        && first.key == Key::None
    {
        modules.push(call.clone());
        rest = tail;
    }
    (modules, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(address: &str) -> Option<Vec<String>> {
        let shown = |part: Part| format!("{}{}", part.name, part.key);
        Some(parts(address)?.into_iter().map(shown).collect())
    }

    #[test]
    fn keys_may_hold_anything() {
        assert_eq!(
            shown(r#"module.net["a.b]\"c"].azurerm_subnet.nodes[0].id"#).unwrap(),
            [
                "module",
                r#"net["a.b]\"c"]"#,
                "azurerm_subnet",
                "nodes[0]",
                "id"
            ]
        );
        assert_eq!(shown(r#"module.m.ids["a"][0]"#).unwrap()[2], r#"ids["a"]"#);
        assert_eq!(shown("a..b"), None);
        assert_eq!(shown("a[\"b"), None);
        assert_eq!(shown("a[x]"), None);
        assert_eq!(shown(""), None);
    }

    #[test]
    fn modules_are_split_off() {
        let all = parts("module.a[1].module.b.x.y").unwrap();
        let (modules, rest) = split_modules(&all);
        assert_eq!(modules.len(), 2);
        assert_eq!(rest.len(), 2);
    }
}
