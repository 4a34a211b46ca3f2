//! Which attributes a field of the model is read from.

/// A field of the model and the attributes that it is read from, the one that wins first.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// The model's name.
    pub name: &'static str,
    others: &'static [&'static str],
}

impl From<&'static str> for Field {
    fn from(name: &'static str) -> Self {
        Field { name, others: &[] }
    }
}

impl<const N: usize> From<(&'static str, &'static [&'static str; N])> for Field {
    fn from((name, others): (&'static str, &'static [&'static str; N])) -> Self {
        Field { name, others }
    }
}

impl Field {
    /// Returns the attributes, the one that wins first.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let own = self.others.is_empty().then_some(self.name);
        own.into_iter().chain(self.others.iter().copied())
    }
}
