//! Functions that ask what is not in the code: the clock, chance, Azure, whoever runs the deployment.

use crate::eval::failure::Failure;
use crate::eval::functions::{Answer, Call};
use crate::value::{Kind, Node};

/// What is known about the result of a function that asks what is not in the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Outside {
    /// Its kind, if it has only one.
    pub kind: Option<Kind>,
    /// Whether it is a secret.
    pub secret: bool,
}

/// Functions by their names in small letters.
const FUNCTIONS: &[(&str, Option<Kind>)] = &[
    ("deployer", Some(Kind::Object)),
    ("externalinput", None),
    ("newguid", Some(Kind::Text)),
    ("pickzones", Some(Kind::List)),
    ("providers", Some(Kind::Object)),
    ("readclioption", Some(Kind::Text)),
    ("readenvironmentvariable", Some(Kind::Text)),
    ("readenvvar", Some(Kind::Text)),
    ("tologicalzone", Some(Kind::Text)),
    ("tologicalzones", Some(Kind::List)),
    ("tophysicalzone", Some(Kind::Text)),
    ("tophysicalzones", Some(Kind::List)),
    ("utcnow", Some(Kind::Text)),
];

/// Returns what is known about the result of a function, which may stand behind a value and a dot; `None` when it is none that
/// asks what is not in the code. Secrets are `getSecret` and whatever begins with `list`.
pub(crate) fn outside(name: &str) -> Option<Outside> {
    let name = name.to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or(&name);
    if let Some((_, kind)) = FUNCTIONS
        .iter()
        .find(|(known, _)| *known == super::plain(&name))
    {
        return Some(Outside {
            kind: *kind,
            secret: false,
        });
    }
    let kind = (last == "getsecret").then_some(Kind::Text);
    let secret = kind.is_some()
        || last
            .strip_prefix("list")
            .is_some_and(|rest| !rest.is_empty());
    secret.then_some(Outside { kind, secret })
}

/// `fail(message)`: the deployment is refused.
pub(super) fn fail(_: &mut Call<'_>) -> Answer {
    Err(Failure::wrong("the template refuses to go on"))
}

/// `null()`
pub(super) fn null(call: &mut Call<'_>) -> Answer {
    match call.args {
        [] => Ok(call.make(Node::Null)),
        _ => Err(call.arity()),
    }
}
